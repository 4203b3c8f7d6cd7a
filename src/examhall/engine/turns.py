"""Turns: a lock that is fair. First come, first served, whoever else would be quicker to take it."""

import threading
from collections import deque
from types import TracebackType


class Turns:
    """A lock for ``with``; whoever leaves hands it to the one who has waited longest.

    A plain lock goes to whoever asks at the right moment, which is often the thread that has just given it back.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        """Wait for the turn."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        turn.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hand the turn on."""
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._taken = False
