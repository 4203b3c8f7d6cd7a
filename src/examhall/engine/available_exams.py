"""What a student can sit: the exams of the student's classes, each with whether it can be started now."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from examhall.domain.access import Actor, may_start
from examhall.domain.words import Action, ExamStatus, Role, SessionStatus
from examhall.engine import closing
from examhall.engine.access import Person, person, require_role
from examhall.engine.exam_rows import exam_row, exams_of, of_status, with_counts
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.row_counts import annotated, count_of
from examhall.engine.snapshots_exams import AvailableExam
from examhall.store.models import Exam, ExamSession, FavoriteExam


def list_available_exams(
    *, actor: Actor, page: PageRequest, now: datetime, class_id: int | None = None, status: ExamStatus | None = None
) -> Page[AvailableExam]:
    """Return the exams of the student's classes, the latest first; own sessions whose time is up are closed before.

    :raises RoleForbidden: when the actor is not a student.
    :raises InvalidPage: when there is no such page.
    """
    who = person(actor)
    require_role(who, Role.STUDENT, action=Action.LIST_AVAILABLE_EXAMS)
    closing.close_due_sessions(now=now, only=Q(student_id=who.user_id))
    rows = exams_of(who)
    if class_id is not None:
        rows = rows.filter(class_obj_id=class_id)
    if status is not None:
        rows = rows.filter(of_status(status, now=now))
    ordered = _with_own(with_counts(rows), who).order_by("-start_time", "-id")
    return paginate(ordered, page=page, build=lambda found: _available(found, now=now))


def _with_own(rows: QuerySet[Exam], who: Person) -> QuerySet[Exam]:
    own = ExamSession.objects.filter(exam=OuterRef("pk"), student_id=who.user_id)
    running = own.filter(status=SessionStatus.IN_PROGRESS.value).order_by("-attempt_number")
    return rows.annotate(
        attempts_used=count_of(own, by="exam"),
        running_id=Coalesce(Subquery(running.values("pk")[:1], output_field=BigIntegerField()), 0),
        is_favorited=Exists(FavoriteExam.objects.filter(exam=OuterRef("pk"), user_id=who.user_id)),
    )


def _available(rows: Iterable[Exam], *, now: datetime) -> Iterator[AvailableExam]:
    for row in rows:
        snapshot = exam_row(row, now=now)
        attempts_used = annotated(row, "attempts_used")
        decision = may_start(
            role=Role.STUDENT,
            enrolled=True,
            starts_at=row.start_time,
            ends_at=row.end_time,
            now=now,
            attempts_used=attempts_used,
            max_attempts=row.max_attempts,
            active_session_id=annotated(row, "running_id") or None,
        )
        yield AvailableExam(
            row=snapshot,
            # A start also needs the questions that it draws.
            can_start=decision.allowed and snapshot.question_count >= (row.draw_count or 1),
            remaining=_remaining(row, snapshot.status, now=now),
            is_favorited=bool(annotated(row, "is_favorited")),
            has_session=attempts_used > 0,
        )


def _remaining(row: Exam, status: ExamStatus, *, now: datetime) -> timedelta | None:
    match status:
        case ExamStatus.UPCOMING:
            return row.start_time - now
        case ExamStatus.ONGOING:
            return row.end_time - now
        case ExamStatus.COMPLETED:
            return None
