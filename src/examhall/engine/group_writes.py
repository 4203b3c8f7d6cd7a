"""What sitting students write all the time, in groups: each call checked alone, all of a group committed together.

Whoever calls needs no database connection: one thread writes, with its own, and another finds out what to say to those who
may not write.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db import Error, IntegrityError, connection

from examhall.domain.access import Actor
from examhall.domain.errors import DomainError, SessionNotActive, SessionTimeUp
from examhall.engine import closing, sitting
from examhall.engine.group_commit import GroupCommit, Settled
from examhall.engine.locking import unit_of_work
from examhall.engine.own_connection import OwnConnection

# Larger groups would let the first of them wait too long for its acknowledgement.
MOST_CALLS = 64


class SessionCall(Protocol):
    """What somebody wants written into a session, as far as it is the same for all."""

    @property
    def actor(self) -> Actor:
        """Return who calls."""

    @property
    def session_id(self) -> int:
        """Return the session."""

    @property
    def now(self) -> datetime:
        """Return the moment of the call."""


C = TypeVar("C", bound=SessionCall)
O = TypeVar("O")  # noqa: E741 - outcome


class GroupWrites(Generic[C, O]):
    """A line of calls that ``write`` writes in groups: in a transaction that it is given, an outcome or a refusal for each.

    Should the connection break, the group is written once more, but only as long as its commit was not asked for. After that
    nobody knows whether it is written: somebody else may have written since, and only the student can say what counts. So
    everybody is told of the trouble, and a client asks again.
    """

    def __init__(self, write: Callable[[Sequence[C]], Sequence[O | BaseException]]) -> None:
        # Of the thread that writes: whether nothing but the commit was left to do.
        self._at_commit = False

        def written(calls: Sequence[C]) -> Sequence[O | BaseException]:
            self._at_commit = False
            outcomes = write(calls)
            self._at_commit = True
            return outcomes

        self._write, self._write_here = unit_of_work(written), unit_of_work(write)
        self._own = OwnConnection()
        self._line: GroupCommit[C, O] = GroupCommit(self.write_in_turn, most=MOST_CALLS, rest=self._own.rest)
        _lines.append(self._line)

    def __call__(self, call: C) -> O:
        """Write a call, together with whoever else is writing; return its outcome after the commit.

        :raises SessionNotFound: when there is no such session, or it is somebody else's.
        :raises StaffCannotSit: when the actor may see the session but is not its student.
        :raises AccountDisabled: when the account was switched off.
        :raises SessionNotActive: when it is closed or its time, grace included, is over.
        :raises DomainError: whatever else ``write`` gave.
        """
        # Inside somebody's transaction there is nobody to wait for: it is that one which commits.
        alone = connection.in_atomic_block
        try:
            return self._write_alone(call) if alone else self._line(call)
        except (sitting.NotTheirs, SessionTimeUp) as refused:
            raise (_explain([(call, refused)])[0] if alone else _EXPLAINER((call, refused))) from None

    def later(self, call: C, settled: Settled[O]) -> None:
        """Write a call without waiting for it; ``settled`` is called after the commit, with its outcome or its refusal.

        For callers outside of any transaction. It is called in another thread, and must neither wait nor raise.
        """

        def explained(outcome: O | BaseException) -> None:
            if not isinstance(outcome, (sitting.NotTheirs, SessionTimeUp)):
                settled(outcome)
                return
            try:
                _EXPLAINER.later((call, outcome), settled)
            except RuntimeError as error:
                # No thread can be started any more.
                settled(error)

        self._line.later(call, explained)

    def write_in_turn(self, calls: Sequence[C]) -> Sequence[O | BaseException]:
        """Write a group in the thread that writes."""
        try:
            return self._try(calls)
        except Error as error:
            if self._is_unknown_after(error):
                return [error] * len(calls)
            if not self._own.is_lost():
                raise
        try:
            return self._try(calls)
        except Error as error:
            # Without a database each of them alone would only wait for it as long again.
            if self._is_unknown_after(error) or self._own.is_lost():
                return [error] * len(calls)
            raise

    def _try(self, calls: Sequence[C]) -> Sequence[O | BaseException]:
        self._at_commit = False
        self._own.look_after()
        return self._write(calls)

    def _is_unknown_after(self, error: Error) -> bool:
        """Say whether nobody knows if a group is written that ended with this error."""
        return self._at_commit and not isinstance(error, IntegrityError)

    def _write_alone(self, call: C) -> O:
        outcome = self._write_here([call])[0]
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


def close_all() -> None:
    """End the threads that write, and their connections; the next call starts them again."""
    for line in _lines:
        line.close()


Refused = tuple[SessionCall, Exception]


def _explain_in_turn(refused: Sequence[Refused]) -> list[DomainError]:
    """Explain refusals in a thread of its own: looking them up should not keep the others from being written."""
    _explainers_connection.look_after()
    return _explain(refused)


def _explain(refused: Sequence[Refused]) -> list[DomainError]:
    """Return what to say of calls that are not the session's student's, or that came when its time was over."""
    late = [call for call, why in refused if isinstance(why, SessionTimeUp)]
    if late:
        closing.close_all_when_due({call.session_id for call in late}, now=max(call.now for call in late))
    return [SessionNotActive() if isinstance(why, SessionTimeUp) else _whose(call) for call, why in refused]


def _whose(call: SessionCall) -> DomainError:
    try:
        return sitting.refusal(call.actor, call.session_id)
    except DomainError as refusal:
        return refusal


_lines: list[GroupCommit[Any, Any]] = []
_explainers_connection = OwnConnection()
_EXPLAINER: GroupCommit[Refused, DomainError] = GroupCommit(
    _explain_in_turn, most=MOST_CALLS, rest=_explainers_connection.rest
)
_lines.append(_EXPLAINER)
