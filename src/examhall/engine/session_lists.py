"""Lists of sessions: a student's own, a class's, an exam's with its statistics."""

from collections.abc import Iterable
from datetime import datetime
from decimal import ROUND_HALF_UP

from django.db.models import Avg, Count, Q, QuerySet

from examhall.domain import timing
from examhall.domain.access import Actor
from examhall.domain.scoring import CENT
from examhall.domain.statistics import StatusCounts, completion_rate
from examhall.domain.words import SessionStatus
from examhall.engine import closing
from examhall.engine.access import monitored_class, monitored_exam, person
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.sheets import reveal_for
from examhall.engine.snapshot_builders import user_snapshot
from examhall.engine.snapshots import ExamSessions, SessionRow, SessionStatistics
from examhall.store.models import ExamSession


def list_my_sessions(
    *, actor: Actor, page: PageRequest, now: datetime, status: SessionStatus | None = None, exam_id: int | None = None
) -> Page[SessionRow]:
    """Return the actor's own sessions, newest first."""
    who = person(actor)
    mine = Q(student_id=who.user_id)
    closing.close_due_sessions(now=now, only=mine)
    rows = _filtered(mine, status=status, exam_id=exam_id)
    return paginate(rows, page=page, build=lambda found: _rows(found, staff=False, now=now))


def list_class_sessions(
    *,
    actor: Actor,
    class_id: int,
    page: PageRequest,
    now: datetime,
    status: SessionStatus | None = None,
    exam_id: int | None = None,
) -> Page[SessionRow]:
    """Return the sessions of all exams of a class, newest first.

    :raises RoleForbidden: when the actor is a student.
    :raises ClassNotFound: when there is no such class, or it is another teacher's.
    """
    group = monitored_class(person(actor), class_id)
    scope = Q(exam__class_obj=group)
    closing.close_due_sessions(now=now, only=scope)
    rows = _filtered(scope, status=status, exam_id=exam_id)
    return paginate(rows, page=page, build=lambda found: _rows(found, staff=True, now=now))


def list_exam_sessions(
    *, actor: Actor, exam_id: int, page: PageRequest, now: datetime, status: SessionStatus | None = None
) -> ExamSessions:
    """Return the sessions of an exam, newest first, and how all of them stand; the filter leaves the statistics alone.

    :raises RoleForbidden: when the actor is a student.
    :raises ExamNotFound: when there is no such exam, or it is another teacher's.
    """
    exam = monitored_exam(person(actor), exam_id)
    scope = Q(exam=exam)
    closing.close_due_sessions(now=now, only=scope)
    rows = _filtered(scope, status=status, exam_id=None)
    return ExamSessions(
        exam_id=exam.pk,
        title=exam.title,
        total_score=exam.total_score,
        minutes=exam.minutes,
        sessions=paginate(rows, page=page, build=lambda found: _rows(found, staff=True, now=now)),
        statistics=_statistics(scope),
    )


def session_rows_of_exam(*, exam_id: int, student_id: int | None, staff: bool, now: datetime) -> tuple[SessionRow, ...]:
    """Return the sessions of an exam, newest first; ``student_id`` narrows them to one student's."""
    scope = Q(exam_id=exam_id)
    if student_id is not None:
        scope &= Q(student_id=student_id)
    closing.close_due_sessions(now=now, only=scope)
    return tuple(_rows(_filtered(scope, status=None, exam_id=None), staff=staff, now=now))


def _filtered(scope: Q, *, status: SessionStatus | None, exam_id: int | None) -> QuerySet[ExamSession]:
    rows = (
        ExamSession.objects.filter(scope)
        .select_related("student", "exam__class_obj", "result")
        .order_by("-start_time", "-id")
    )
    if status is not None:
        rows = rows.filter(status=status.value)
    if exam_id is not None:
        # By the id behind the foreign key: a number larger than any id then finds nothing, instead of overflowing in SQLite.
        rows = rows.filter(exam__pk=exam_id)
    return rows


def _rows(found: Iterable[ExamSession], *, staff: bool, now: datetime) -> Iterable[SessionRow]:
    return [_row(session, staff=staff, now=now) for session in found]


def _row(session: ExamSession, *, staff: bool, now: datetime) -> SessionRow:
    # A row shows totals only; those of earlier attempts stay visible while a further one runs.
    seen = reveal_for(session, session.exam, staff=staff, sibling_active=False, now=now)
    running = session.status == SessionStatus.IN_PROGRESS
    result = getattr(session, "result", None)
    ended_at = session.end_time
    return SessionRow(
        id=session.pk,
        exam_id=session.exam_id,
        exam_title=session.exam.title,
        class_id=session.exam.class_obj_id,
        class_name=session.exam.class_obj.class_name,
        student=user_snapshot(session.student),
        code=session.code,
        start_time=session.start_time,
        end_time=ended_at,
        total_score=session.total_score if running or seen.totals else None,
        status=SessionStatus(session.status),
        submitted_at=session.submitted_at,
        time_taken=(
            timing.minutes_taken(started_at=session.start_time, ended_at=ended_at)
            if result is not None and ended_at is not None
            else None
        ),
        percentage=result.percentage if result is not None and seen.totals else None,
    )


def _statistics(scope: Q) -> SessionStatistics:
    def standing(status: SessionStatus) -> Count:
        return Count("id", filter=Q(status=status.value))

    figures = ExamSession.objects.filter(scope).aggregate(
        total=Count("id"),
        completed=standing(SessionStatus.COMPLETED),
        in_progress=standing(SessionStatus.IN_PROGRESS),
        abandoned=standing(SessionStatus.ABANDONED),
        timeout=standing(SessionStatus.TIMEOUT),
        average=Avg("result__total_score"),
    )
    average = figures.pop("average")
    counts = StatusCounts(**figures)
    return SessionStatistics(
        total_sessions=counts.total,
        completed=counts.completed,
        in_progress=counts.in_progress,
        abandoned=counts.abandoned,
        timeout=counts.timeout,
        average_score=0.0 if average is None else float(average.quantize(CENT, rounding=ROUND_HALF_UP)),
        completion_rate=completion_rate(counts),
    )
