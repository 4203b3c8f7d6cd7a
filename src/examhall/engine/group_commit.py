"""Group commit: calls that come together are written together, each acknowledged only after the common commit.

The first caller leads: it takes everybody who is waiting and does the work for all of them; whoever arrives meanwhile waits
for the next group, which one of them leads. Nobody waits for company: a call that finds no leader goes at once. The groups
grow by themselves when commits take longer than calls arrive. The line is also fair: first come, first written, which is
what SQLite's own lock is not.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

I = TypeVar("I")  # noqa: E741 - item
O = TypeVar("O")  # noqa: E741 - outcome


class _Entry(Generic[I, O]):
    """One caller in the line; ``turn`` is released when the outcome is there or when the caller has to lead."""

    __slots__ = ("item", "outcome", "settled", "turn")

    def __init__(self, item: I) -> None:
        self.item = item
        self.outcome: O | BaseException | None = None
        self.settled = False
        self.turn = threading.Lock()
        self.turn.acquire()

    def settle(self, outcome: O | BaseException) -> None:
        """Note the outcome and wake the caller."""
        self.outcome, self.settled = outcome, True
        self.turn.release()


class GroupCommit(Generic[I, O]):
    """A line of callers whose items are written in groups of at most ``most``.

    ``write`` takes a group and returns an outcome or an exception for each item, in their order. Should it raise, nothing of
    the group was written, and each item is written alone, so that one caller's trouble stays its own.
    """

    def __init__(self, write: Callable[[Sequence[I]], Sequence[O | BaseException]], *, most: int) -> None:
        self._write = write
        self._most = most
        self._line: deque[_Entry[I, O]] = deque()
        self._led = False
        self._guard = threading.Lock()

    def __call__(self, item: I) -> O:
        """Write an item, together with others if there are any, and return its outcome.

        :raises Exception: what ``write`` gave or raised for this item.
        """
        entry: _Entry[I, O] = _Entry(item)
        with self._guard:
            self._line.append(entry)
            leads = not self._led
            self._led = True
        if not leads:
            entry.turn.acquire()
        if not entry.settled:
            self._lead()
        if isinstance(entry.outcome, BaseException):
            raise entry.outcome
        return entry.outcome  # type: ignore[return-value]  # settled, so it holds an outcome

    @property
    def waiting(self) -> int:
        """Return how many callers stand in the line."""
        return len(self._line)

    def _lead(self) -> None:
        """Write one group, of which the caller is the first, then hand the lead on."""
        with self._guard:
            group = [self._line.popleft() for _ in range(min(self._most, len(self._line)))]
        try:
            self._settle(group)
        finally:
            with self._guard:
                follower = self._line[0] if self._line else None
                self._led = follower is not None
            if follower is not None:
                follower.turn.release()

    def _settle(self, group: Sequence[_Entry[I, O]]) -> None:
        try:
            settled = list(zip(group, self._outcomes([entry.item for entry in group]), strict=True))
        except BaseException:
            # The leader's own end, or a fault of ours: whoever waits for this group must not wait for ever.
            for entry in group:
                entry.settle(RuntimeError("nobody can say whether this was written"))
            raise
        for entry, outcome in settled:
            entry.settle(outcome)

    def _outcomes(self, items: Sequence[I]) -> Sequence[O | BaseException]:
        try:
            return self._write(items)
        except Exception as error:
            if len(items) == 1:
                return [error]
            return [outcome for item in items for outcome in self._outcomes([item])]
