"""Group commit: calls that come together are written together, each acknowledged only after the common commit.

One thread of the process writes, with one database connection; it takes everybody who is waiting and does the work for all of
them, and whoever arrives meanwhile is in the next group. Nobody waits for company: a lone call is written at once. The groups
grow by themselves when commits take longer than calls arrive. The line is also fair: first come, first written, which is
what SQLite's own lock is not.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

I = TypeVar("I")  # noqa: E741 - item
O = TypeVar("O")  # noqa: E741 - outcome

logger = logging.getLogger(__name__)

IDLE_SECONDS = 60.0


Settled = Callable[[O | BaseException], None]
"""What is called, in the thread that writes, with the outcome of an item; it must neither wait nor raise."""


class _Waiting(Generic[O]):
    """A caller who waits for the outcome."""

    __slots__ = ("outcome", "settled")

    def __init__(self) -> None:
        self.outcome: O | BaseException | None = None
        self.settled = threading.Lock()
        self.settled.acquire()

    def __call__(self, outcome: O | BaseException) -> None:
        """Note the outcome and wake the caller."""
        self.outcome = outcome
        self.settled.release()


class GroupCommit(Generic[I, O]):
    """A line of callers whose items are written in groups of at most ``most``, by a thread that is there while it is needed.

    ``write`` takes a group and returns an outcome or an exception for each item, in their order. Should it raise, nothing of
    the group was written, and each item is written alone, so that one caller's trouble stays its own. ``rest`` is called in
    the writing thread before that ends, which it does when nobody has come for ``idle_seconds``.
    """

    def __init__(
        self,
        write: Callable[[Sequence[I]], Sequence[O | BaseException]],
        *,
        most: int,
        rest: Callable[[], object] = lambda: None,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._write = write
        self._rest = rest
        self._most = most
        self._idle_seconds = idle_seconds
        self._line: deque[tuple[I, Settled[O]]] = deque()
        # Only the writer ever waits for it, where the line is empty.
        self._arrival = threading.Condition(threading.Lock())
        self._writer: threading.Thread | None = None
        self._closing = False

    def __call__(self, item: I) -> O:
        """Write an item, together with others if there are any, and return its outcome.

        :raises Exception: what ``write`` gave or raised for this item.
        """
        waiting = _Waiting[O]()
        self.later(item, waiting)
        waiting.settled.acquire()
        if isinstance(waiting.outcome, BaseException):
            raise waiting.outcome
        return waiting.outcome  # type: ignore[return-value]  # settled, so it holds an outcome

    def later(self, item: I, settled: Settled[O]) -> None:
        """Put an item into the line; ``settled`` is called with its outcome, or with what ``write`` raised for it.

        :raises RuntimeError: when there is no thread that writes and none can be started.
        """
        with self._arrival:
            if self._writer is None:
                writer = threading.Thread(target=self._work, name="examhall-writer", daemon=True)
                # It may fail; then nothing has been put into the line.
                writer.start()
                self._writer = writer
            self._line.append((item, settled))
            self._arrival.notify()

    @property
    def waiting(self) -> int:
        """Return how many callers stand in the line."""
        return len(self._line)

    def close(self) -> None:
        """Let the writing thread end once the line is empty, and wait for that; the next call starts another."""
        with self._arrival:
            writer, self._closing = self._writer, True
            self._arrival.notify()
        if writer is not None:
            writer.join()
        self._closing = False

    def _work(self) -> None:
        """Write group after group."""
        try:
            while group := self._next_group():
                self._settle(group)
        finally:
            with self._arrival:
                if self._writer is threading.current_thread():
                    self._writer = None
            self._rest()

    def _next_group(self) -> list[tuple[I, Settled[O]]]:
        """Wait for callers and take them out of the line; none when nobody has come for long, and the thread is to end."""
        with self._arrival:
            while not self._line:
                if self._closing or (not self._arrival.wait(self._idle_seconds) and not self._line):
                    self._writer = None
                    return []
            return [self._line.popleft() for _ in range(min(self._most, len(self._line)))]

    def _settle(self, group: Sequence[tuple[I, Settled[O]]]) -> None:
        try:
            outcomes = self._outcomes([item for item, _ in group])
            settled: list[tuple[tuple[I, Settled[O]], O | BaseException]] = list(zip(group, outcomes, strict=True))
        except BaseException as error:
            unknown = RuntimeError(f"nobody can say whether this was written: {error!r}")
            settled = [(entry, unknown) for entry in group]
        for (_, settle), outcome in settled:
            try:
                settle(outcome)
            except Exception:
                # One who cannot be told must not keep the others waiting.
                logger.exception("an outcome could not be delivered")

    def _outcomes(self, items: Sequence[I]) -> Sequence[O | BaseException]:
        try:
            return self._write(items)
        except Exception as error:
            if len(items) == 1:
                return [error]
            return [outcome for item in items for outcome in self._outcomes([item])]
