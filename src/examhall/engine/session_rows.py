"""What starting, closing and looking at a session read: kept queries, and rows without models around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from examhall.domain.words import LogAction, Role, SessionStatus
from examhall.engine.answer_rows import PlainAnswer
from examhall.engine.kept_queries import kept_query
from examhall.engine.sitting import LARGEST_ID
from examhall.engine.snapshots import ClassSnapshot, ExamSnapshot, LogEntry, UserSnapshot
from examhall.store.models import Enrolment, Exam, ExamLog, ExamSession, StartKey, StudentAnswer, User

_RUNNING = SessionStatus.IN_PROGRESS.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SatExam:
    """What of an exam stands beside its sessions, as it is now."""

    id: int
    title: str
    description: str
    start_time: datetime
    end_time: datetime
    reveal_policy: str
    class_obj: ClassSnapshot
    created_by: UserSnapshot

    def snapshot(self, *, total_score: int, minutes: int) -> ExamSnapshot:
        """Return it with the figures of a session's frozen paper."""
        return ExamSnapshot(
            id=self.id,
            title=self.title,
            description=self.description,
            total_score=total_score,
            minutes=minutes,
            start_time=self.start_time,
            end_time=self.end_time,
            class_obj=self.class_obj,
            created_by=self.created_by,
        )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Startable:
    """An exam that somebody wants to start, and how the student stands with it.

    ``repeated_id`` is the session that was started under the same key, ``active_id`` the one that runs.
    """

    exam: SatExam
    class_is_open: bool
    max_attempts: int
    paper_id: int | None
    enrolled: bool
    last_attempt: int | None
    active_id: int | None
    repeated_id: int | None


def find_user(user_id: int) -> UserSnapshot | None:
    """Return a person, if there is one."""
    rows = kept_query(_user, 1).rows_with({_ID: user_id})
    return _user_of(rows[0]) if rows else None


def find_startable(*, exam_id: int, student_id: int, key: str | None) -> Startable | None:
    """Return an exam and how a student stands with it, if there is one, in one statement.

    A session that is started meanwhile is seen with its key or not at all.
    """
    if not 0 < exam_id <= LARGEST_ID:
        return None
    build = _startable if key is None else _startable_by_key
    rows = kept_query(build, 1).rows_with({_ID: exam_id, _STUDENT: student_id, _KEY: key})
    if not rows:
        return None
    row = rows[0]
    class_is_open, max_attempts, paper_id, enrolled, last_attempt, active_id, *repeated = row[_EXAM_WIDTH:]
    return Startable(
        exam=_exam_of(row),
        class_is_open=class_is_open,
        max_attempts=max_attempts,
        paper_id=paper_id,
        enrolled=bool(enrolled),
        last_attempt=last_attempt,
        active_id=active_id,
        repeated_id=repeated[0] if repeated else None,
    )


def find_session(session_id: int) -> SeenSession | None:
    """Return a session with all that a detailed answer shows, if there is one; who may see it is for others to say."""
    if not 0 < session_id <= LARGEST_ID:
        return None
    rows = kept_query(_session, 1).rows_with({_ID: session_id})
    if not rows:
        return None
    row = rows[0]
    return SeenSession(
        exam=_exam_of(row),
        student=_user_of(row[_EXAM_WIDTH:]),
        session=ExamSession.from_db("default", _SESSION, row[_EXAM_WIDTH + len(_USER) : -1]),
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


# What stands in the kept queries for the value of a call; nothing has such an id or key.
_ID, _STUDENT, _KEY = -1, -2, "\N{REPLACEMENT CHARACTER}"
_SINCE = datetime(1, 1, 2, tzinfo=UTC)
_SYSTEM_ACTIONS = [action.value for action in LogAction]
_USER = ["id", "email", "full_name", "role", "created_at", "last_login", "is_active", "is_staff", "is_superuser"]
_EXAM = [
    *("id", "title", "description", "start_time", "end_time", "reveal_policy"),
    *("class_obj__id", "class_obj__class_name", "class_obj__created_at"),
    *(f"class_obj__teacher__{name}" for name in _USER),
    *(f"created_by__{name}" for name in _USER),
]
_EXAM_WIDTH = len(_EXAM)
_SESSION = [field.attname for field in ExamSession._meta.concrete_fields]
_ANSWER = ["id", *PlainAnswer._fields[1:]]


def _user_of(row: Sequence[Any]) -> UserSnapshot:
    row_id, email, full_name, role, created_at, last_login, is_active, is_staff, is_superuser = row[: len(_USER)]
    return UserSnapshot(
        id=row_id,
        email=email,
        full_name=full_name,
        role=Role(role),
        created_at=created_at,
        last_login=last_login,
        is_active=is_active,
        is_staff=is_staff,
        is_superuser=is_superuser,
    )


def _exam_of(row: Sequence[Any]) -> SatExam:
    exam_id, title, description, start_time, end_time, reveal_policy, class_id, class_name, created_at = row[:9]
    teacher = _user_of(row[9:])
    author = _user_of(row[9 + len(_USER) :])
    return SatExam(
        id=exam_id,
        title=title,
        description=description,
        start_time=start_time,
        end_time=end_time,
        reveal_policy=reveal_policy,
        class_obj=ClassSnapshot(id=class_id, class_name=class_name, teacher=teacher, created_at=created_at),
        created_by=author,
    )


def _user(_size: int) -> QuerySet[User, tuple[Any, ...]]:
    return User.objects.filter(pk=_ID).values_list(*_USER)


def _startable(_size: int) -> QuerySet[Exam, tuple[Any, ...]]:
    return _exams_with_standing().filter(pk=_ID)


def _startable_by_key(_size: int) -> QuerySet[Exam, tuple[Any, ...]]:
    begun = StartKey.objects.filter(student_id=_STUDENT, key=_KEY).values("session_id")[:1]
    return _exams_with_standing(begun).filter(pk=_ID)


def _exams_with_standing(*more: QuerySet[Any, Any]) -> QuerySet[Exam, tuple[Any, ...]]:
    sat = ExamSession.objects.filter(exam_id=OuterRef("pk"), student_id=_STUDENT)
    return Exam.objects.values_list(
        *_EXAM,
        "class_obj__open_enrolment",
        "max_attempts",
        "paper_id",
        Exists(Enrolment.objects.filter(class_obj_id=OuterRef("class_obj_id"), student_id=_STUDENT)),
        Subquery(sat.order_by("-attempt_number").values("attempt_number")[:1]),
        Subquery(sat.filter(status=_RUNNING).values("pk")[:1]),
        *[Subquery(each) for each in more],
    )


def _session(_size: int) -> QuerySet[ExamSession, tuple[Any, ...]]:
    others = ExamSession.objects.filter(student_id=OuterRef("student_id"), status=_RUNNING).exclude(pk=OuterRef("pk"))
    return ExamSession.objects.filter(pk=_ID).values_list(
        *(f"exam__{name}" for name in _EXAM), *(f"student__{name}" for name in _USER), *_SESSION, Exists(others)
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
