"""Access: may this person start, see, or act as staff, and if not, why not."""

from dataclasses import dataclass
from datetime import datetime

from examhall.domain.errors import (
    AlreadyActive,
    AttemptLimitReached,
    DomainError,
    ExamEnded,
    ExamNotStarted,
    NotEnrolled,
    StaffCannotSit,
)
from examhall.domain.timing import exam_status
from examhall.domain.words import ExamStatus, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks; the engine reads the row behind it."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StartDecision:
    """Whether a session may start; if not, the refusal, and when it may become possible (``None``: not by waiting)."""

    allowed: bool
    refusal: DomainError | None
    next_at: datetime | None


_ALLOWED = StartDecision(allowed=True, refusal=None, next_at=None)


def may_start(
    *,
    role: Role,
    enrolled: bool,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    attempts_used: int,
    max_attempts: int,
    active_session_id: int | None,
) -> StartDecision:
    """Decide whether somebody may start an exam; the first refusal of person, window and attempts stands.

    :raises ValueError: when a datetime is naive.
    """
    refusal = (
        _of_person(role=role, enrolled=enrolled)
        or _of_window(starts_at=starts_at, ends_at=ends_at, now=now)
        or _of_attempts(used=attempts_used, most=max_attempts, active_session_id=active_session_id)
    )
    if refusal is None:
        return _ALLOWED
    next_at = starts_at if isinstance(refusal, ExamNotStarted) else None
    return StartDecision(allowed=False, refusal=refusal, next_at=next_at)


def may_see_session(*, actor_id: int, role: Role, student_id: int, teacher_id: int) -> bool:
    """Say whether somebody may know of a session: who sat it (in any role since), the class's teacher, an admin."""
    return actor_id == student_id or is_staff_of(actor_id=actor_id, role=role, teacher_id=teacher_id)


def is_staff_of(*, actor_id: int, role: Role, teacher_id: int) -> bool:
    """Say whether somebody acts as staff on a class: its teacher, or an admin."""
    match role:
        case Role.ADMIN:
            return True
        case Role.TEACHER:
            return actor_id == teacher_id
        case Role.STUDENT:
            return False


def _of_person(*, role: Role, enrolled: bool) -> DomainError | None:
    if role is not Role.STUDENT:
        return StaffCannotSit()
    return None if enrolled else NotEnrolled()


def _of_window(*, starts_at: datetime, ends_at: datetime, now: datetime) -> DomainError | None:
    match exam_status(starts_at=starts_at, ends_at=ends_at, now=now):
        case ExamStatus.UPCOMING:
            return ExamNotStarted()
        case ExamStatus.COMPLETED:
            return ExamEnded()
        case ExamStatus.ONGOING:
            return None


def _of_attempts(*, used: int, most: int, active_session_id: int | None) -> DomainError | None:
    if active_session_id is not None:
        return AlreadyActive(session_id=active_session_id)
    return AttemptLimitReached(max_attempts=most) if used >= most else None
