"""Querysets of exams and the way from their rows to snapshots."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet

from examhall.domain.authoring import ExamValues
from examhall.domain.timing import exam_status
from examhall.domain.words import ExamStatus, RevealPolicy, Role, Weighting
from examhall.engine.access import Person
from examhall.engine.class_rows import is_member
from examhall.engine.row_counts import annotated, count_of
from examhall.engine.snapshot_builders import class_snapshot, user_snapshot
from examhall.engine.snapshots_classes import ClassRow
from examhall.engine.snapshots_exams import ExamRow
from examhall.store.models import Enrolment, Exam, ExamQuestion, ExamSession


def exams_of(who: Person) -> QuerySet[Exam]:
    """Return the exams that a person may know of: those of the own classes, joined or taught, or, for an admin, all."""
    match who.role:
        case Role.ADMIN:
            return Exam.objects.all()
        case Role.TEACHER:
            return Exam.objects.filter(class_obj__teacher_id=who.user_id)
        case Role.STUDENT:
            return Exam.objects.filter(is_member(who, class_id="class_obj_id", open_field="class_obj__open_enrolment"))


def with_counts(rows: QuerySet[Exam]) -> QuerySet[Exam]:
    """Add what :func:`exam_rows` reads: class, teacher, author and the counts."""
    in_class = OuterRef("class_obj_id")
    return rows.select_related("class_obj__teacher", "created_by").annotate(
        question_count=count_of(ExamQuestion.objects.filter(exam=OuterRef("pk"), removed_at=None), by="exam"),
        session_count=count_of(ExamSession.objects.filter(exam=OuterRef("pk")), by="exam"),
        student_count=count_of(Enrolment.objects.filter(class_obj_id=in_class), by="class_obj"),
        class_exam_count=count_of(Exam.objects.filter(class_obj_id=in_class), by="class_obj"),
    )


def of_status(status: ExamStatus, *, now: datetime) -> Q:
    """Return the condition that an exam stands so by the clock (domain.timing.exam_status, for a query)."""
    match status:
        case ExamStatus.UPCOMING:
            return Q(start_time__gt=now)
        case ExamStatus.ONGOING:
            return Q(start_time__lte=now, end_time__gt=now)
        case ExamStatus.COMPLETED:
            return Q(end_time__lte=now)


def exam_rows(rows: Iterable[Exam], *, now: datetime) -> Iterator[ExamRow]:
    """Turn the rows of :func:`with_counts` into snapshots."""
    return (exam_row(row, now=now) for row in rows)


def exam_row(row: Exam, *, now: datetime) -> ExamRow:
    """Turn one row of :func:`with_counts` into a snapshot."""
    student_count = annotated(row, "student_count")
    return ExamRow(
        id=row.pk,
        values=exam_values(row),
        created_at=row.created_at,
        class_obj=ClassRow(
            class_obj=class_snapshot(row.class_obj),
            student_count=student_count,
            exam_count=annotated(row, "class_exam_count"),
        ),
        created_by=user_snapshot(row.created_by),
        question_count=annotated(row, "question_count"),
        student_count=student_count,
        session_count=annotated(row, "session_count"),
        status=exam_status(starts_at=row.start_time, ends_at=row.end_time, now=now),
    )


def exam_values(row: Exam) -> ExamValues:
    """Return what the author set of an exam."""
    return ExamValues(
        title=row.title,
        description=row.description,
        total_score=row.total_score,
        minutes=row.minutes,
        start_time=row.start_time,
        end_time=row.end_time,
        reveal_policy=RevealPolicy(row.reveal_policy),
        max_attempts=row.max_attempts,
        draw_count=row.draw_count,
        question_seconds=row.question_seconds,
        shuffle=row.shuffle,
        partial_credit=row.partial_credit,
        weighting=Weighting(row.weighting),
        pass_mark=row.pass_mark,
    )
