"""Reading exams: a teacher's list, one exam in detail, its statistics."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from examhall.domain import statistics
from examhall.domain.access import Actor
from examhall.domain.errors import ExamNotFound
from examhall.domain.statistics import StatusCounts
from examhall.domain.words import Action, ExamStatus, SessionStatus
from examhall.engine import closing, exam_question_rows
from examhall.engine.access import STAFF, Person, person, require_role
from examhall.engine.exam_rows import exam_row, exam_rows, exams_of, of_status, with_counts
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.row_counts import annotated, count_of
from examhall.engine.searching import containing
from examhall.engine.session_lists import session_rows_of_exam
from examhall.engine.snapshots_exams import ExamDetail, ExamRow, ExamStatistics
from examhall.store.models import Enrolment, Exam, ExamQuestion, ExamResult, ExamSession, FavoriteExam


def list_exams(
    *,
    actor: Actor,
    page: PageRequest,
    now: datetime,
    class_id: int | None = None,
    search: str | None = None,
    status: ExamStatus | None = None,
) -> Page[ExamRow]:
    """Return the exams of a teacher's classes, or all for an admin, the latest first.

    ``search`` looks into title and description.

    :raises RoleForbidden: when the actor is a student.
    :raises InvalidPage: when there is no such page.
    """
    who = person(actor)
    require_role(who, *STAFF, action=Action.LIST_EXAMS)
    rows = exams_of(who)
    if class_id is not None:
        rows = rows.filter(class_obj_id=class_id)
    if status is not None:
        rows = rows.filter(of_status(status, now=now))
    if search:
        rows = rows.filter(containing(search, "title", "description"))
    ordered = with_counts(rows).order_by("-start_time", "-id")
    return paginate(ordered, page=page, build=lambda found: exam_rows(found, now=now))


def get_exam(*, actor: Actor, exam_id: int, now: datetime) -> ExamDetail:
    """Return an exam; to a student without keys, and only with what the student sat of it.

    :raises ExamNotFound: when there is none, or it is of a class that the actor neither joined nor teaches.
    """
    return exam_detail(person(actor), exam_id, now=now)


def exam_detail(who: Person, exam_id: int, *, now: datetime) -> ExamDetail:
    """Return an exam as :func:`get_exam` does, for somebody who was read already."""
    favorites = FavoriteExam.objects.filter(exam=OuterRef("pk"))
    row = (
        with_counts(exams_of(who))
        .annotate(
            favorites_count=count_of(favorites, by="exam"),
            is_favorited=Exists(favorites.filter(user_id=who.user_id)),
        )
        .filter(pk=exam_id)
        .first()
    )
    if row is None:
        raise ExamNotFound
    if who.is_staff:
        questions = exam_question_rows.for_staff(ExamQuestion.objects.filter(exam_id=exam_id, removed_at=None))
    else:
        questions = exam_question_rows.for_student(exam_id=exam_id, student_id=who.user_id)
    return ExamDetail(
        row=exam_row(row, now=now),
        exam_questions=questions,
        sessions=session_rows_of_exam(
            exam_id=exam_id, student_id=None if who.is_staff else who.user_id, staff=who.is_staff, now=now
        ),
        favorites_count=annotated(row, "favorites_count"),
        is_favorited=bool(annotated(row, "is_favorited")),
        staff=who.is_staff,
    )


def get_exam_statistics(*, actor: Actor, exam_id: int, now: datetime) -> ExamStatistics:
    """Return how an exam went so far; sessions whose time is up are closed first.

    :raises RoleForbidden: when the actor is a student.
    :raises ExamNotFound: when there is none, or it is of another teacher's class.
    """
    who = person(actor)
    require_role(who, *STAFF, action=Action.SEE_EXAM_STATISTICS)
    exam = exams_of(who).filter(pk=exam_id).first()
    if exam is None:
        raise ExamNotFound
    closing.close_due_sessions(now=now, only=Q(exam_id=exam_id))
    counts = _counts(exam_id)
    results = list(ExamResult.objects.filter(exam_id=exam_id).values_list("total_score", "percentage"))
    return ExamStatistics(
        exam_id=exam.pk,
        title=exam.title,
        total_score=exam.total_score,
        minutes=exam.minutes,
        total_students=_student_count(exam),
        counts=counts,
        scores=statistics.summarise([score for score, _ in results]),
        completion_rate=statistics.completion_rate(counts),
        score_distribution=statistics.score_distribution(percentage for _, percentage in results),
    )


def _counts(exam_id: int) -> StatusCounts:
    rows = ExamSession.objects.filter(exam_id=exam_id).order_by().values_list("status").annotate(number=Count("pk"))
    by_status: dict[str, int] = dict(rows)
    return StatusCounts(
        total=sum(by_status.values()),
        completed=by_status.get(SessionStatus.COMPLETED, 0),
        in_progress=by_status.get(SessionStatus.IN_PROGRESS, 0),
        abandoned=by_status.get(SessionStatus.ABANDONED, 0),
        timeout=by_status.get(SessionStatus.TIMEOUT, 0),
    )


def _student_count(exam: Exam) -> int:
    """Count who could sit an exam: in its class now, or having sat it before leaving (or in an open class)."""
    enrolled = Enrolment.objects.filter(class_obj_id=exam.class_obj_id).order_by().values("student_id")
    return enrolled.union(ExamSession.objects.filter(exam=exam).order_by().values("student_id")).count()
