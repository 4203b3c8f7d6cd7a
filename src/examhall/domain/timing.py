"""Time: when a session and a question end and why, in UTC instants only; the clock itself is read elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from examhall.domain.words import ExamStatus

_LAST_INSTANT = datetime.max.replace(tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


class TermKind(StrEnum):
    """What may end a session."""

    LIMIT = "limit"
    WINDOW = "window"


class Phase(StrEnum):
    """Where an instant lies with respect to a session's end."""

    RUNNING = "running"
    LATE = "late"
    OVER = "over"


class QuestionState(StrEnum):
    """How far a question of a session has come."""

    UNSERVED = "unserved"
    RUNNING = "running"
    ANSWERED = "answered"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing that ends a session: ``at`` is ``base`` lengthened by ``extra``; both are in UTC."""

    kind: TermKind
    base: datetime
    extra: timedelta
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnd:
    """The end of a session with the terms that made it; ``decided_by`` is the earlier one, the limit when they tie."""

    at: datetime
    terms: tuple[Term, ...]
    decided_by: TermKind

    @property
    def limit_at(self) -> datetime:
        """Return where the sitting's own time ends, whatever the exam's window."""
        return next(term.at for term in self.terms if term.kind is TermKind.LIMIT)


def session_end(
    *,
    started_at: datetime,
    minutes: int,
    window_end: datetime,
    limit_extra: timedelta = timedelta(0),
    window_extra: timedelta = timedelta(0),
) -> SessionEnd:
    """Compute when a session ends: ``min(start + minutes, exam.end_time)``, each side lengthened by its extra.

    Instants are taken to UTC before anything is added, so a night on which clocks change takes nothing and gives nothing.

    :raises ValueError: when a datetime is naive.
    """
    limit = _later(_instant(started_at), by=timedelta(minutes=minutes))
    window = _instant(window_end)
    terms = (
        Term(kind=TermKind.LIMIT, base=limit, extra=limit_extra, at=_later(limit, by=limit_extra)),
        Term(kind=TermKind.WINDOW, base=window, extra=window_extra, at=_later(window, by=window_extra)),
    )
    first = min(terms, key=lambda term: term.at)
    return SessionEnd(at=first.at, terms=terms, decided_by=first.kind)


def phase(*, ends_at: datetime, now: datetime, grace: timedelta) -> Phase:
    """Say whether ``now`` is before the end, late by at most ``grace`` (inclusive), or after that.

    :raises ValueError: when a datetime is naive.
    """
    late_by = _instant(now) - _instant(ends_at)
    if late_by < timedelta(0):
        return Phase.RUNNING
    return Phase.LATE if late_by <= grace else Phase.OVER


def seconds_remaining(*, ends_at: datetime, now: datetime) -> int:
    """Count the whole seconds left, rounded down, never below 0.

    :raises ValueError: when a datetime is naive.
    """
    return max(0, (_instant(ends_at) - _instant(now)) // _SECOND)


def exam_status(*, starts_at: datetime, ends_at: datetime, now: datetime) -> ExamStatus:
    """Place ``now`` with respect to an exam's window, which includes its start and excludes its end.

    :raises ValueError: when a datetime is naive.
    """
    at = _instant(now)
    if at < _instant(starts_at):
        return ExamStatus.UPCOMING
    return ExamStatus.ONGOING if at < _instant(ends_at) else ExamStatus.COMPLETED


def question_state(
    *, served_at: datetime | None, answered_at: datetime | None, seconds: int | None, now: datetime
) -> QuestionState:
    """Say how far a question has come; its clock runs ``seconds`` from the first serving, without grace.

    Without a clock (``seconds`` is ``None``) a question is running until it is answered, served or not.

    :raises ValueError: when a datetime is naive.
    """
    if answered_at is not None:
        return QuestionState.ANSWERED
    if seconds is None:
        return QuestionState.RUNNING
    if served_at is None:
        return QuestionState.UNSERVED
    elapsed = _instant(now) - _instant(served_at)
    return QuestionState.RUNNING if elapsed < timedelta(seconds=seconds) else QuestionState.EXPIRED


def all_questions_done_at(
    *, questions: Iterable[tuple[datetime | None, datetime | None]], seconds: int | None
) -> datetime | None:
    """Say when the last question of a session with a question clock was answered or ran out.

    ``questions`` are pairs of (served at, answered at). ``None`` while one was never served, and without a clock.

    :raises ValueError: when a datetime is naive.
    """
    if seconds is None:
        return None
    done_at: datetime | None = None
    for served_at, answered_at in questions:
        if answered_at is not None:
            at = _instant(answered_at)
        elif served_at is not None:
            at = _later(_instant(served_at), by=timedelta(seconds=seconds))
        else:
            return None
        done_at = at if done_at is None else max(done_at, at)
    return done_at


def minutes_taken(*, started_at: datetime, ended_at: datetime) -> int:
    """Count the whole minutes between two instants, rounded down, never below 0.

    :raises ValueError: when a datetime is naive.
    """
    return max(0, (_instant(ended_at) - _instant(started_at)) // _MINUTE)


def _instant(value: datetime) -> datetime:
    """Take an aware datetime to UTC: arithmetic and comparison within one zone follow the wall clock, not time."""
    if value.tzinfo is UTC:
        return value
    if value.utcoffset() is None:
        message = f"an aware datetime is needed, not {value.isoformat()}"
        raise ValueError(message)
    return value.astimezone(UTC)


def _later(at: datetime, *, by: timedelta) -> datetime:
    """Add, but stop at the last instant there is: a window "for ever" (year 9999) may be lengthened too."""
    return at + by if by <= _LAST_INSTANT - at else _LAST_INSTANT
