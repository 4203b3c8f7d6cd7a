"""Admission: a bounded line in front of the application, so that too much load is refused at once instead of slowing everybody.

The server gives each request a thread of its own, which costs little while it only waits. A few of them at a time are let
through to the working threads, which hold the database connections; the others wait in a line of bounded length, and
whoever finds the line full is told so at once.
"""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApplication = Callable[[Environ, StartResponse], Iterable[bytes]]


class Answer(NamedTuple):
    """A whole answer: status line, headers, body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Admission:
    """Run ``application`` in ``workers`` threads with a line of at most ``line`` requests before them.

    ``refuse`` answers whoever finds the line full; it must neither wait nor touch the database.
    """

    def __init__(
        self, application: WsgiApplication, *, workers: int, line: int, refuse: Callable[[Environ], Answer]
    ) -> None:
        self._application = application
        self._refuse = refuse
        self._most = workers + line
        self._workers = workers
        self._inside = 0
        self._guard = threading.Lock()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="examhall")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        with self._guard:
            admitted = self._inside < self._most
            self._inside += admitted
        if not admitted:
            answer = self._refuse(environ)
        else:
            try:
                answer = self._pool.submit(_whole_answer, self._application, environ).result()
            finally:
                with self._guard:
                    self._inside -= 1
        start_response(answer.status, answer.headers)
        return [answer.body]

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the line."""
        return max(0, self._inside - self._workers)


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
