"""Admission: a bounded line in front of the application, so that too much load is refused at once instead of slowing everybody.

The server gives each request a thread of its own, which costs little while it only waits. A few requests at a time are let
through to the working threads, which hold the database connections, the others wait in a line of bounded length, and whoever
finds the line full is told so at once.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from examhall.facades.httpkit.places import Places
from examhall.facades.httpkit.wsgi import Answer, Environ, Refuse, StartResponse, WsgiApplication


class Admission:
    """Run ``application`` in ``workers`` threads with a line of at most ``line`` requests before them.

    ``refuse`` answers whoever finds the line full.
    """

    def __init__(self, application: WsgiApplication, *, workers: int, line: int, refuse: Refuse) -> None:
        self._application = application
        self._refuse = refuse
        self._workers = workers
        self._places = Places(workers + line)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="examhall")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        if not self._places.take():
            return self._refuse(environ).send(start_response)
        try:
            answer = self._pool.submit(_whole_answer, self._application, environ).result()
        finally:
            self._places.give_back()
        return answer.send(start_response)

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the line."""
        return max(0, self._places.taken - self._workers)


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
