"""People and exams as they stand beside a session: the columns that are read of them and what becomes of a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examhall.domain.words import Role
from examhall.engine.snapshots import ClassSnapshot, ExamSnapshot, UserSnapshot

USER_COLUMNS = ["id", "email", "full_name", "role", "created_at", "last_login", "is_active", "is_staff", "is_superuser"]
# Of a query over exams.
EXAM_COLUMNS = [
    *("id", "title", "description", "start_time", "end_time", "reveal_policy"),
    *("class_obj__id", "class_obj__class_name", "class_obj__created_at"),
    *(f"class_obj__teacher__{name}" for name in USER_COLUMNS),
    *(f"created_by__{name}" for name in USER_COLUMNS),
]
EXAM_WIDTH = len(EXAM_COLUMNS)


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


def user_of(row: Sequence[Any]) -> UserSnapshot:
    """Return the person whose ``USER_COLUMNS`` a row begins with."""
    row_id, email, full_name, role, created_at, last_login, is_active, is_staff, is_superuser = row[: len(USER_COLUMNS)]
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


def exam_of(row: Sequence[Any]) -> SatExam:
    """Return the exam whose ``EXAM_COLUMNS`` a row begins with."""
    exam_id, title, description, start_time, end_time, reveal_policy, class_id, class_name, created_at = row[:9]
    teacher = user_of(row[9:])
    author = user_of(row[9 + len(USER_COLUMNS) :])
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
