"""HTTP/1.1 as the students speak it: one kept-alive connection, one request at a time, and no silent second sending."""

import asyncio
from dataclasses import dataclass
from typing import cast

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"
_CLOSE = b"connection: close"


class Unreachable(Exception):
    """No connection: the request was never sent."""


class Unanswered(Exception):
    """The request was sent, and no whole answer came back: nobody knows what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole answer; ``head`` is in lower case."""

    status: int
    head: bytes
    body: bytes


def content_length(head: bytes) -> int:
    """Return the length that a lower-case head of a message states, 0 without one."""
    for line in head.split(b"\r\n"):
        if line.startswith(_LENGTH):
            return int(line[len(_LENGTH) :])
    return 0


class _Channel(asyncio.Protocol):
    """One TCP connection; bytes that nobody asked for spoil it."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._waiting: asyncio.Future[Reply] | None = None
        self._transport: asyncio.Transport | None = None
        self.usable = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._waiting is None:
            self.close()
            return
        self._buffer += data
        end = self._buffer.find(_END)
        if end < 0:
            return
        head = bytes(self._buffer[:end]).lower()
        whole = end + len(_END) + content_length(head)
        if len(self._buffer) < whole:
            return
        reply = Reply(status=int(head[9:12]), head=head, body=bytes(self._buffer[end + len(_END) : whole]))
        # More than one answer came for one request: whatever follows cannot be told apart.
        spoilt = len(self._buffer) > whole or _CLOSE in head
        self._buffer.clear()
        waiting, self._waiting = self._waiting, None
        if not waiting.done():
            waiting.set_result(reply)
        if spoilt:
            self.close()

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.usable = False
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Unanswered("the connection broke"))

    def send(self, message: bytes) -> asyncio.Future[Reply]:
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(message)
        return self._waiting

    def close(self) -> None:
        self.usable = False
        if self._transport is not None:
            self._transport.abort()


class Connection:
    """A kept-alive connection to a port of this machine, opened when it is needed."""

    def __init__(self, port: int, *, timeout: float) -> None:
        self._port = port
        self.timeout = timeout
        self._channel: _Channel | None = None

    async def open(self) -> None:
        """Make sure that there is a connection.

        :raises Unreachable: when none can be made.
        """
        if self._channel is not None and self._channel.usable:
            return
        loop = asyncio.get_running_loop()
        connecting = loop.create_connection(_Channel, "127.0.0.1", self._port)
        try:
            _, self._channel = await asyncio.wait_for(connecting, self.timeout)
        except OSError as error:
            raise Unreachable(str(error)) from error

    async def exchange(self, message: bytes) -> Reply:
        """Send a whole request over the open connection and return its answer.

        :raises Unanswered: when none comes in time.
        """
        assert self._channel is not None
        channel = self._channel
        try:
            return await asyncio.wait_for(channel.send(message), self.timeout)
        except TimeoutError:
            channel.close()
            raise Unanswered("no answer in time") from None

    def close(self) -> None:
        """Drop the connection."""
        if self._channel is not None:
            self._channel.close()


def request(method: str, path: str, *, token: str, body: bytes = b"", key: str = "") -> bytes:
    """Return the bytes of a request."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    if key:
        lines.append(f"Idempotency-Key: {key}")
    return "\r\n".join(lines).encode() + _END + body
