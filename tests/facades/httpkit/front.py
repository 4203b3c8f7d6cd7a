"""An event loop in a thread of its own, for tests of what stands in front of Django."""

import asyncio
import io
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from examhall.facades.httpkit.wsgi import Environ

T = TypeVar("T")

PATIENCE = 10


class Loop:
    """A running event loop; what is begun in it comes back as a future of another thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def begin(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin something; return what it will come to."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Do something to its end."""
        return self.begin(coroutine).result(PATIENCE)

    def close(self) -> None:
        """End the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()


def environ(path: str = "/", body: bytes = b"", **more: Any) -> Environ:
    """Return a request."""
    return {"REQUEST_METHOD": "POST", "PATH_INFO": path, "wsgi.input": io.BytesIO(body)} | more


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.001)
