"""Admission: a bounded line in front of the application, so that too much load is refused at once instead of slowing everybody.

The server gives each request a thread of its own, which costs little while it only waits. In that thread its body is read to
the end; then a few requests at a time are let through to the working threads, which hold the database connections, the
others wait in a line of bounded length, and whoever finds the line full is told so at once.
"""

import io
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

# Bodies up to this size may be read as many at a time as there are places; of larger ones, up to ``largest``, there are only
# a few at a time, or slow senders of them could fill the memory.
SMALL_BODY = 64 * 1024
LARGE_BODIES = 16


class Answer(NamedTuple):
    """A whole answer: status line, headers, body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Admission:
    """Run ``application`` in ``workers`` threads with a line of at most ``line`` requests before them.

    ``refuse`` answers whoever finds the line full; it must neither wait nor touch the database. Bodies of more than
    ``largest`` bytes, and those that do not tell their length, are left unread: the application refuses them.
    """

    def __init__(
        self,
        application: WsgiApplication,
        *,
        workers: int,
        line: int,
        largest: int,
        refuse: Callable[[Environ], Answer],
    ) -> None:
        self._application = application
        self._refuse = refuse
        self._most = workers + line
        self._workers = workers
        self._largest = largest
        self._inside = 0
        self._guard = threading.Lock()
        # Slow senders must leave threads of the server to those who send no body, and to refusals.
        self._small = threading.BoundedSemaphore(self._most)
        self._large = threading.BoundedSemaphore(LARGE_BODIES)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="examhall")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        length = _body_length(environ)
        if length == 0 or length > self._largest:
            answer = self._admit(environ)
        elif length <= SMALL_BODY:
            answer = self._admit(environ) if _read_in_turn(environ, length, self._small) else self._refuse(environ)
        elif self._large.acquire(blocking=False):
            # Kept until the answer is there, because the body is.
            try:
                _read_whole(environ, length)
                answer = self._admit(environ)
            finally:
                self._large.release()
        else:
            answer = self._refuse(environ)
        start_response(answer.status, answer.headers)
        return [answer.body]

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the line."""
        return max(0, self._inside - self._workers)

    def _admit(self, environ: Environ) -> Answer:
        with self._guard:
            admitted = self._inside < self._most
            self._inside += admitted
        if not admitted:
            return self._refuse(environ)
        try:
            return self._pool.submit(_whole_answer, self._application, environ).result()
        finally:
            with self._guard:
                self._inside -= 1


def _body_length(environ: Environ) -> int:
    """Return the length that a request says its body has, 0 when it says none."""
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdecimal() else 0


def _read_in_turn(environ: Environ, length: int, turns: threading.Semaphore) -> bool:
    """Read the body if there is a turn for it; say whether there was one."""
    if not turns.acquire(blocking=False):
        return False
    try:
        _read_whole(environ, length)
    finally:
        turns.release()
    return True


def _read_whole(environ: Environ, length: int) -> None:
    """Read the body before anything looks at the clock or takes a working thread.

    Otherwise somebody could send the head of a save in time and its answer when the time is long over, and a few slow
    senders could stop everybody.
    """
    source, parts = environ["wsgi.input"], []
    while length > 0 and (part := source.read(length)):
        parts.append(part)
        length -= len(part)
    environ["wsgi.input"] = io.BytesIO(b"".join(parts))


def _whole_answer(application: WsgiApplication, environ: Environ) -> Answer:
    """Run the application to its end in this thread: what it closes at the end belongs to this thread."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_exc_info: Any) -> None:
        begun.append((status, headers))

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    status, headers = begun[-1]
    return Answer(status, headers, body)
