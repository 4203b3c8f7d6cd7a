"""What a start reads before its transaction: who wants to sit what, and how the two stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from examhall.domain.words import SessionStatus
from examhall.engine.beside_sessions import EXAM_COLUMNS, EXAM_WIDTH, USER_COLUMNS, SatExam, exam_of, user_of
from examhall.engine.kept_queries import kept_query
from examhall.engine.sitting import LARGEST_ID
from examhall.engine.snapshots import UserSnapshot
from examhall.store.models import Enrolment, Exam, ExamSession, StartKey, User

_RUNNING = SessionStatus.IN_PROGRESS.value
# What stands in the kept queries for the value of a call; nothing has such an id or key.
_ID, _STUDENT, _KEY = -1, -2, "\N{REPLACEMENT CHARACTER}"


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
    return user_of(rows[0]) if rows else None


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
    class_is_open, max_attempts, paper_id, enrolled, last_attempt, active_id, *repeated = row[EXAM_WIDTH:]
    return Startable(
        exam=exam_of(row),
        class_is_open=class_is_open,
        max_attempts=max_attempts,
        paper_id=paper_id,
        enrolled=bool(enrolled),
        last_attempt=last_attempt,
        active_id=active_id,
        repeated_id=repeated[0] if repeated else None,
    )


def _user(_size: int) -> QuerySet[User, tuple[Any, ...]]:
    return User.objects.filter(pk=_ID).values_list(*USER_COLUMNS)


def _startable(_size: int) -> QuerySet[Exam, tuple[Any, ...]]:
    return _exams_with_standing().filter(pk=_ID)


def _startable_by_key(_size: int) -> QuerySet[Exam, tuple[Any, ...]]:
    begun = StartKey.objects.filter(student_id=_STUDENT, key=_KEY).values("session_id")[:1]
    return _exams_with_standing(begun).filter(pk=_ID)


def _exams_with_standing(*more: QuerySet[Any, Any]) -> QuerySet[Exam, tuple[Any, ...]]:
    sat = ExamSession.objects.filter(exam_id=OuterRef("pk"), student_id=_STUDENT)
    return Exam.objects.values_list(
        *EXAM_COLUMNS,
        "class_obj__open_enrolment",
        "max_attempts",
        "paper_id",
        Exists(Enrolment.objects.filter(class_obj_id=OuterRef("class_obj_id"), student_id=_STUDENT)),
        Subquery(sat.order_by("-attempt_number").values("attempt_number")[:1]),
        Subquery(sat.filter(status=_RUNNING).values("pk")[:1]),
        *[Subquery(each) for each in more],
    )
