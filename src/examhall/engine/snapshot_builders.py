"""From rows to snapshots of people, classes and exams."""

from examhall.domain.words import Role
from examhall.engine.snapshots import ClassSnapshot, ExamSnapshot, UserSnapshot
from examhall.store.models import Exam, SchoolClass, User


def user_snapshot(user: User) -> UserSnapshot:
    """Return a person as the contracts show one."""
    return UserSnapshot(
        id=user.pk,
        email=user.email,
        full_name=user.full_name,
        role=Role(user.role),
        created_at=user.created_at,
        last_login=user.last_login,
        is_active=user.is_active,
        is_staff=user.is_staff,
        is_superuser=user.is_superuser,
    )


def class_snapshot(row: SchoolClass) -> ClassSnapshot:
    """Return a class; its ``teacher`` must be loaded."""
    return ClassSnapshot(
        id=row.pk, class_name=row.class_name, teacher=user_snapshot(row.teacher), created_at=row.created_at
    )


def exam_snapshot(exam: Exam, *, total_score: int | None = None, minutes: int | None = None) -> ExamSnapshot:
    """Return an exam; ``class_obj__teacher`` and ``created_by`` must be loaded.

    ``total_score`` and ``minutes`` are those of a session's frozen paper, where one is shown.
    """
    return ExamSnapshot(
        id=exam.pk,
        title=exam.title,
        description=exam.description,
        total_score=exam.total_score if total_score is None else total_score,
        minutes=exam.minutes if minutes is None else minutes,
        start_time=exam.start_time,
        end_time=exam.end_time,
        class_obj=class_snapshot(exam.class_obj),
        created_by=user_snapshot(exam.created_by),
    )
