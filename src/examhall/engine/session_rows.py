"""What closing and looking at a session read: kept queries, and rows without models around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from examhall.domain.words import LogAction, SessionStatus
from examhall.engine.answer_rows import PlainAnswer
from examhall.engine.beside_sessions import EXAM_COLUMNS, EXAM_WIDTH, USER_COLUMNS, SatExam, exam_of, user_of
from examhall.engine.kept_queries import kept_query
from examhall.engine.sitting import LARGEST_ID
from examhall.engine.snapshots import LogEntry, UserSnapshot
from examhall.store.models import ExamLog, ExamSession, StudentAnswer

_RUNNING = SessionStatus.IN_PROGRESS.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSession:
    """A session with what a detailed answer about it shows; ``others_run`` says that its student has others running."""

    session: ExamSession
    exam: SatExam
    student: UserSnapshot
    others_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSession:
    """A running session at a glance, with what the rules need to know of its exam and its student."""

    session: ExamSession
    exam_title: str
    window_end: datetime
    account_active: bool
    answered_count: int


def find_session(session_id: int) -> SeenSession | None:
    """Return a session with all that a detailed answer shows, if there is one; who may see it is for others to say."""
    if not 0 < session_id <= LARGEST_ID:
        return None
    rows = kept_query(_session, 1).rows_with({_ID: session_id})
    if not rows:
        return None
    row = rows[0]
    return SeenSession(
        exam=exam_of(row),
        student=user_of(row[EXAM_WIDTH:]),
        session=ExamSession.from_db("default", _SESSION, row[EXAM_WIDTH + len(USER_COLUMNS) : -1]),
        others_run=bool(row[-1]),
    )


def running_of(student_id: int) -> list[RunningSession]:
    """Return the sessions of a student that count as running, the one started last first, in one statement."""
    return [
        RunningSession(
            session=ExamSession.from_db("default", _SESSION, row[: len(_SESSION)]),
            exam_title=title,
            window_end=window_end,
            account_active=account_active,
            answered_count=answered_count or 0,
        )
        for *row, title, window_end, account_active, answered_count in kept_query(_running, 1).rows_with(
            {_STUDENT: student_id}
        )
    ]


def count_page_actions(sessions: Sequence[tuple[int, datetime]]) -> dict[int, int]:
    """Count by session what pages reported, for pairs of a session and the moment after which it counts."""
    adapt = connection.ops.adapt_datetimefield_value
    pairs = [value for session_id, since in sessions for value in (session_id, adapt(since))]
    return dict(kept_query(_page_actions, len(sessions)).rows([*pairs, *_SYSTEM_ACTIONS]))


def answers_of(session_id: int) -> list[PlainAnswer]:
    """Return the answer rows of a session, in no order."""
    return [PlainAnswer._make(row) for row in kept_query(_answers, 1, packed=True).rows_with({_ID: session_id})]


def logs_of(session_id: int) -> tuple[LogEntry, ...]:
    """Return the log of a session, oldest first."""
    rows = kept_query(_logs, 1, packed=True).rows_with({_ID: session_id})
    return tuple(
        [
            LogEntry(id=row_id, actions=actions, timestamp=timestamp, detail=detail)
            for timestamp, row_id, actions, detail in sorted(rows)
        ]
    )


# What stands in the kept queries for the value of a call; nothing has such an id.
_ID, _STUDENT = -1, -2
_SINCE = datetime(1, 1, 2, tzinfo=UTC)
_SYSTEM_ACTIONS = [action.value for action in LogAction]
_SESSION = [field.attname for field in ExamSession._meta.concrete_fields]
_ANSWER = ["id", *PlainAnswer._fields[1:]]


def _session(_size: int) -> QuerySet[ExamSession, tuple[Any, ...]]:
    others = ExamSession.objects.filter(student_id=OuterRef("student_id"), status=_RUNNING).exclude(pk=OuterRef("pk"))
    return ExamSession.objects.filter(pk=_ID).values_list(
        *(f"exam__{name}" for name in EXAM_COLUMNS),
        *(f"student__{name}" for name in USER_COLUMNS),
        *_SESSION,
        Exists(others),
    )


def _running(_size: int) -> QuerySet[ExamSession, tuple[Any, ...]]:
    answered = StudentAnswer.objects.filter(session_id=OuterRef("pk"), answered_at__isnull=False)
    counted = answered.order_by().values("session_id").annotate(count=Count("pk")).values("count")
    rows = ExamSession.objects.filter(student_id=_STUDENT, status=_RUNNING).order_by("-start_time", "-id")
    return rows.values_list(*_SESSION, "exam__title", "exam__end_time", "student__is_active", Subquery(counted))


def _page_actions(size: int) -> QuerySet[ExamLog, tuple[Any, ...]]:
    # Alternatives of two comparisons each: every database answers them from the index.
    recent = Q()
    for place in range(1, size + 1):
        recent |= Q(("session_id", place), ("timestamp__gt", _SINCE))
    rows = ExamLog.objects.filter(recent).exclude(actions__in=_SYSTEM_ACTIONS)
    return rows.order_by().values_list("session_id").annotate(count=Count("pk"))


def _answers(_size: int) -> QuerySet[StudentAnswer, tuple[Any, ...]]:
    return StudentAnswer.objects.filter(session_id=_ID).values_list(*_ANSWER)


def _logs(_size: int) -> QuerySet[ExamLog, tuple[Any, ...]]:
    # In this order they sort by time and then by id.
    return ExamLog.objects.filter(session_id=_ID).order_by().values_list("timestamp", "id", "actions", "detail")
