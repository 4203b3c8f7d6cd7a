"""Deliveries: outcomes that other threads hand to the event loop, one wake-up for all that come together."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class Deliveries(Generic[T]):
    """Wait in the event loop for what other threads come to; all of one kind share one."""

    def __init__(self) -> None:
        self._ready: deque[tuple[asyncio.Future[T], T | BaseException]] = deque()
        self._woken = False

    async def wait(self, begin: Callable[[Callable[[T | BaseException], None]], None]) -> T:
        """Return the outcome of what ``begin`` begins: it is given the function to call with it, from whichever thread.

        :raises BaseException: when that is the outcome.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def settled(outcome: T | BaseException) -> None:
            self._ready.append((future, outcome))
            if not self._woken:
                self._woken = True
                # Closed: the process is ending, and there is nobody left to tell.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._deliver)

        begin(settled)
        return await future

    def _deliver(self) -> None:
        # First: what is added from now on wakes the loop once more.
        self._woken = False
        while self._ready:
            future, outcome = self._ready.popleft()
            if future.done():
                continue
            if isinstance(outcome, BaseException):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
