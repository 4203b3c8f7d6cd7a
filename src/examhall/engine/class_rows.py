"""Querysets of classes and the way from their rows to snapshots."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from examhall.domain.timing import exam_status
from examhall.domain.words import Role
from examhall.engine.access import Person
from examhall.engine.row_counts import annotated, count_of
from examhall.engine.snapshot_builders import class_snapshot, user_snapshot
from examhall.engine.snapshots_classes import ClassExam, ClassRow, Member
from examhall.store.models import Enrolment, Exam, ExamQuestion, SchoolClass


def is_member(who: Person, *, class_id: str = "pk", open_field: str = "open_enrolment") -> Q:
    """Return the condition that a student is in a class: put into it, or it is open to every student.

    ``class_id`` and ``open_field`` name the class's key and openness as the queried rows reach them.
    """
    enrolled = Enrolment.objects.filter(class_obj_id=OuterRef(class_id), student_id=who.user_id)
    return Q(**{open_field: True}) | Q(Exists(enrolled))


def classes_of(who: Person) -> QuerySet[SchoolClass]:
    """Return the classes that are a person's own: joined, taught, or, for an admin, all."""
    match who.role:
        case Role.ADMIN:
            return SchoolClass.objects.all()
        case Role.TEACHER:
            return SchoolClass.objects.filter(teacher_id=who.user_id)
        case Role.STUDENT:
            return SchoolClass.objects.filter(is_member(who))


def with_counts(rows: QuerySet[SchoolClass]) -> QuerySet[SchoolClass]:
    """Add what :func:`class_rows` reads: the teacher and the two counts."""
    return rows.select_related("teacher").annotate(
        student_count=count_of(Enrolment.objects.filter(class_obj=OuterRef("pk")), by="class_obj"),
        exam_count=count_of(Exam.objects.filter(class_obj=OuterRef("pk")), by="class_obj"),
    )


def class_rows(rows: Iterable[SchoolClass]) -> Iterator[ClassRow]:
    """Turn the rows of :func:`with_counts` into snapshots."""
    for row in rows:
        yield ClassRow(
            class_obj=class_snapshot(row),
            student_count=annotated(row, "student_count"),
            exam_count=annotated(row, "exam_count"),
        )


def members(*, class_id: int) -> QuerySet[Enrolment]:
    """Return who was put into a class, in the order in which they came."""
    return Enrolment.objects.filter(class_obj_id=class_id).select_related("student").order_by("joined_at", "id")


def member_rows(rows: Iterable[Enrolment]) -> Iterator[Member]:
    """Turn the rows of :func:`members` into snapshots."""
    for row in rows:
        yield Member(id=row.pk, student=user_snapshot(row.student), joined_at=row.joined_at)


def class_exams(*, class_id: int, now: datetime) -> tuple[ClassExam, ...]:
    """Return the exams of a class, the latest first."""
    places = ExamQuestion.objects.filter(exam=OuterRef("pk"), removed_at=None)
    rows = Exam.objects.filter(class_obj_id=class_id).annotate(question_count=count_of(places, by="exam"))
    return tuple(
        ClassExam(
            id=row.pk,
            title=row.title,
            description=row.description,
            total_score=row.total_score,
            minutes=row.minutes,
            start_time=row.start_time,
            end_time=row.end_time,
            created_at=row.created_at,
            question_count=annotated(row, "question_count"),
            status=exam_status(starts_at=row.start_time, ends_at=row.end_time, now=now),
        )
        for row in rows.order_by("-start_time", "-id")
    )
