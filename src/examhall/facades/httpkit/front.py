"""The front: what a request meets first, in the thread of the event loop.

Its body is read to its end and its moment is noted before it waits for anything. Otherwise somebody could send the head of a
save in time and its answer when the time is long over, a few slow senders could stop everybody, and the time that a student's
answer waits for a free thread would count as the student's.
"""

import io
import logging
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Protocol

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # the library's own name for it

from examhall.facades.httpkit.environ import Scope, environ_of
from examhall.facades.httpkit.observe import ARRIVED
from examhall.facades.httpkit.places import Places
from examhall.facades.httpkit.requests import note_moment
from examhall.facades.httpkit.wsgi import BODY, Answer, Environ, Refuse

logger = logging.getLogger(__name__)

# Bodies up to this size may be read as many at a time as there are connections; of larger ones, up to ``largest``, there are
# only a few at a time, or slow senders of them could fill the memory.
SMALL_BODY = 64 * 1024
LARGE_BODIES = 16


class Lane(Protocol):
    """Where a request waits for its turn and is served."""

    async def __call__(self, environ: Environ) -> Answer:
        """Answer one request."""

    @property
    def full(self) -> bool:
        """Say whether whoever came now would be refused."""

    @property
    def waiting(self) -> int:
        """Return how many requests wait."""


class Connection(Protocol):
    """The server's side of one request."""

    def __call__(self) -> Awaitable[bytes]:
        """Return the whole body."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send the answer."""


class Front:
    """Send each request to the lane that ``lane_of`` its method and path names.

    Bodies of more than ``largest`` bytes, and those that do not tell their length, are left unread: the application refuses
    them. ``refuse`` answers those whose lane is full, before anything of theirs is read.
    """

    def __init__(self, lane_of: Callable[[str, str], Lane], *, largest: int, refuse: Refuse) -> None:
        self._lane_of = lane_of
        self._largest = largest
        self._refuse = refuse
        self._large = Places(LARGE_BODIES)

    async def __rsgi__(self, scope: Scope, connection: Connection) -> None:
        """Answer one request, as the server asks (RSGI 1.6)."""
        arrived = perf_counter()
        lane = self._lane_of(scope.method, scope.path)
        if lane.full:
            answer = self._refuse(scope.path)
        else:
            answer = await self._answer(scope, connection, lane, arrived)
        connection.response_bytes(answer.status, answer.headers, answer.body)

    async def _answer(self, scope: Scope, connection: Connection, lane: Lane, arrived: float) -> Answer:
        length = _length(scope.headers.get("content-length"))
        large = SMALL_BODY < length <= self._largest
        if large and not self._large.take():
            return self._refuse(scope.path)
        try:
            body = await connection() if 0 < length <= self._largest else b""
            environ = environ_of(scope)
            environ[ARRIVED] = arrived
            note_moment(environ)
            if body:
                environ[BODY], environ["wsgi.input"] = body, io.BytesIO(body)
            return await lane(environ)
        except ProtocolClosed:
            # The client has gone, and its body with it: there is nobody to tell.
            return Answer(400, [("Content-Length", "0")], b"")
        except Exception:
            logger.exception("a request was not answered")
            return Answer(500, [("Content-Length", "0")], b"")
        finally:
            if large:
                self._large.give_back()


def _length(text: str | None) -> int:
    """Return the length that a request says its body has, 0 when it says none."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() else 0
