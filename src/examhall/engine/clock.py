"""When a session ends and whether its time is up: the settings and rows that domain.timing needs, in one place."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from examhall.domain import timing
from examhall.domain.timing import Phase, SessionEnd
from examhall.domain.words import SessionStatus
from examhall.engine.papers import paper_by_id
from examhall.store.models import ExamSession, StudentAnswer


def grace() -> timedelta:
    """Return how late an answer may arrive and still count."""
    return timedelta(seconds=settings.EXAMHALL_GRACE_SECONDS)


def session_end(session: ExamSession, *, window_end: datetime) -> SessionEnd:
    """Return when a session ends, and why then."""
    minutes = paper_by_id(session.paper_id).minutes
    return timing.session_end(started_at=session.start_time, minutes=minutes, window_end=window_end)


def new_session_limit(paper_id: int, *, started_at: datetime, window_end: datetime) -> datetime:
    """Return the end of a new session's own time, to be stored with it: what queries for due sessions look at."""
    minutes = paper_by_id(paper_id).minutes
    return timing.session_end(started_at=started_at, minutes=minutes, window_end=window_end).limit_at


def ends_at(session: ExamSession, *, window_end: datetime) -> datetime:
    """Return when a session ends."""
    return session_end(session, window_end=window_end).at


def phase(session: ExamSession, *, window_end: datetime, now: datetime) -> Phase:
    """Say whether a running session is in time, late within the grace, or over."""
    return timing.phase(ends_at=ends_at(session, window_end=window_end), now=now, grace=grace())


def is_due(session: ExamSession, *, window_end: datetime, now: datetime) -> bool:
    """Say whether a session still counts as running although its time, grace included, is over."""
    running = session.status == SessionStatus.IN_PROGRESS
    return running and phase(session, window_end=window_end, now=now) is Phase.OVER


def may_be_due(session: ExamSession, *, window_end: datetime, now: datetime) -> bool:
    """Say whether a session may have to be closed now: its time is up, or it has question clocks that may all be over."""
    if is_due(session, window_end=window_end, now=now):
        return True
    return session.status == SessionStatus.IN_PROGRESS and paper_by_id(session.paper_id).question_seconds is not None


def due(*, now: datetime) -> Q:
    """Return the condition of a session that may have to be closed now, for a query over sessions.

    It holds for each session of which :func:`is_due` is true, and for each with question clocks that has no question
    left to serve: whether the last of them ran out, only its answer rows can tell.
    """
    limit = now - grace()
    over = Q(limit_at__lt=limit) | Q(exam__end_time__lt=limit)
    unserved = StudentAnswer.objects.filter(session=OuterRef("pk"), served_at=None, answered_at=None)
    nothing_to_serve = Q(exam__question_seconds__isnull=False) & Q(~Exists(unserved))
    return Q(status=SessionStatus.IN_PROGRESS.value) & (over | nothing_to_serve)


def seconds_remaining(session: ExamSession, *, window_end: datetime, now: datetime) -> int:
    """Return the whole seconds that a running session has left; 0 for a closed one."""
    if session.status != SessionStatus.IN_PROGRESS:
        return 0
    return timing.seconds_remaining(ends_at=ends_at(session, window_end=window_end), now=now)
