"""Admission: a bounded line in front of the application, so that too much load is refused at once instead of slowing everybody."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from examhall.facades.httpkit.places import Places
from examhall.facades.httpkit.wsgi import Answer, Environ, Refuse, WsgiApplication, whole_answer


class Admission:
    """A lane of ``workers`` threads that run ``application``, with a line of at most ``line`` requests before them.

    The threads hold the database connections; who waits costs next to nothing. ``refuse`` answers whoever finds the line full.
    """

    def __init__(self, application: WsgiApplication, *, workers: int, line: int, refuse: Refuse) -> None:
        self._application = application
        self._refuse = refuse
        self._workers = workers
        self._places = Places(workers + line)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="examhall")

    async def __call__(self, environ: Environ) -> Answer:
        """Answer one request."""
        if not self._places.take():
            return self._refuse(environ["PATH_INFO"])
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, whole_answer, self._application, environ)
        finally:
            self._places.give_back()

    @property
    def full(self) -> bool:
        """Say whether whoever came now would be refused."""
        return self._places.full

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the line."""
        return max(0, self._places.taken - self._workers)
