"""A proxy that does to HTTP what bad networks and clever middle boxes do."""

import asyncio
import contextlib
import random
from collections import Counter
from enum import StrEnum
from types import TracebackType

from tests.chaos.wire import content_length

_END = b"\r\n\r\n"
_READ_LIMIT = 1 << 20


class Mischief(StrEnum):
    """What may happen to one call."""

    NONE = "passed"
    LOST_REQUEST = "request lost"
    LOST_REPLY = "reply lost"
    CUT_REPLY = "reply cut"
    LATE_REQUEST = "request delayed"
    LATE_REPLY = "reply delayed"
    TWICE = "request sent twice at once"
    AGAIN_LATER = "request sent again later"
    TWO_REPLIES = "reply sent twice"


_WEIGHTS = {
    Mischief.NONE: 70,
    Mischief.LOST_REQUEST: 4,
    Mischief.LOST_REPLY: 6,
    Mischief.CUT_REPLY: 3,
    Mischief.LATE_REQUEST: 3,
    Mischief.LATE_REPLY: 3,
    Mischief.TWICE: 5,
    Mischief.AGAIN_LATER: 4,
    Mischief.TWO_REPLIES: 2,
}
# A copy may overtake a later change unless the call says which is newer, or which intent it belongs to.
_SAFE_TO_COPY = (b'"revision"', b"idempotency-key:")
# From "hardly noticed" to "longer than the student waits".
_DELAY = (0.05, 3.0)


class BadProxy:
    """A proxy of the loopback address in front of one port."""

    def __init__(self, upstream: int, lot: random.Random) -> None:
        self._upstream = upstream
        self._lot = lot
        self._server: asyncio.Server | None = None
        self._copies: set[asyncio.Task[None]] = set()
        self._students: set[asyncio.Task[None]] = set()
        self.done: Counter[Mischief] = Counter()

    async def __aenter__(self) -> int:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=_READ_LIMIT)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        # Copies that are still to come reach the server before it is looked at.
        if self._copies:
            await asyncio.wait(self._copies, timeout=2 * _DELAY[1])
        left = self._copies | self._students
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _keep(self._students, asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream = _Upstream(self._upstream)
        try:
            while True:
                message = await _read_message(reader)
                if not await self._pass_on(message, writer, upstream):
                    return
        except (OSError, EOFError, asyncio.LimitOverrunError):
            return
        finally:
            upstream.close()
            writer.close()

    async def _pass_on(self, message: bytes, writer: asyncio.StreamWriter, upstream: "_Upstream") -> bool:
        """Pass one call on, more or less; say whether the student's connection goes on."""
        mischief = self._choose(message)
        self.done[mischief] += 1
        if mischief is Mischief.LOST_REQUEST:
            return False
        if mischief is Mischief.LATE_REQUEST:
            await self._wait()
        if mischief is Mischief.TWICE:
            self._copy(message, after=0.0)
        if mischief is Mischief.AGAIN_LATER:
            self._copy(message, after=self._lot.uniform(*_DELAY))
        reply = await upstream.exchange(message)
        if mischief is Mischief.LATE_REPLY:
            await self._wait()
        if mischief is Mischief.LOST_REPLY:
            return False
        if mischief is Mischief.CUT_REPLY:
            reply = reply[: self._lot.randrange(len(reply))]
        if mischief is Mischief.TWO_REPLIES:
            reply += reply
        writer.write(reply)
        await writer.drain()
        return mischief not in {Mischief.CUT_REPLY, Mischief.TWO_REPLIES}

    def _choose(self, message: bytes) -> Mischief:
        mischief = self._lot.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        copied = mischief in {Mischief.TWICE, Mischief.AGAIN_LATER}
        if copied and not any(mark in message or mark in message.lower() for mark in _SAFE_TO_COPY):
            return Mischief.NONE
        return mischief

    def _copy(self, message: bytes, *, after: float) -> None:
        _keep(self._copies, asyncio.create_task(self._send_copy(message, after)))

    async def _send_copy(self, message: bytes, after: float) -> None:
        await asyncio.sleep(after)
        with contextlib.closing(_Upstream(self._upstream)) as line, contextlib.suppress(OSError, EOFError):
            await line.exchange(message)

    async def _wait(self) -> None:
        await asyncio.sleep(self._lot.uniform(*_DELAY))


def _keep(tasks: set[asyncio.Task[None]], task: asyncio.Task[None]) -> None:
    """Hold on to a task until it is done: the loop itself would let it go."""
    tasks.add(task)
    task.add_done_callback(tasks.discard)


class _Upstream:
    """A connection to the server, opened when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def exchange(self, message: bytes) -> bytes:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=_READ_LIMIT)
        reader, writer = self._streams
        writer.write(message)
        await writer.drain()
        return await _read_message(reader)

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


async def _read_message(reader: asyncio.StreamReader) -> bytes:
    """Return one whole request or reply.

    :raises EOFError: when the connection ends before it does.
    """
    head = await reader.readuntil(_END)
    return head + await reader.readexactly(content_length(head.lower()))
