"""The session a student works in, locked: the first statement of everything that changes one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, CharField, DateTimeField, OuterRef, Subquery

from examhall.domain.access import Actor
from examhall.domain.errors import (
    AccountDisabled,
    DomainError,
    SessionNotActive,
    SessionNotFound,
    SessionTimeUp,
    StaffCannotSit,
)
from examhall.domain.timing import Phase
from examhall.domain.words import RevealPolicy, Role, SessionStatus
from examhall.engine import clock
from examhall.engine.access import person, visible_sessions
from examhall.store.models import Exam, ExamSession, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A locked session of its own student, with what the rules need to know of its exam."""

    session: ExamSession
    window_end: datetime
    policy: RevealPolicy


def active_key(*, exam_id: int, student_id: int) -> str:
    """Return the value of ``ExamSession.active_key`` while a student's session of an exam runs."""
    return f"{exam_id}:{student_id}"


def lock(*, actor: Actor, session_id: int) -> Sitting:
    """Lock a session for its student, in one statement that also reads whether the student may act at all.

    The account and the exam come through subqueries: a join would lock their rows as well (MariaDB has no
    ``FOR UPDATE OF``), and all students of an exam would wait for one another.

    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when the actor may see the session but is not its student.
    :raises AccountDisabled: when the account was switched off.
    """
    account = User.objects.filter(pk=OuterRef("student_id"))
    exam = Exam.objects.filter(pk=OuterRef("exam_id"))
    session = (
        ExamSession.objects.select_for_update()
        .annotate(
            account_active=Subquery(account.values("is_active")[:1], output_field=BooleanField()),
            account_role=Subquery(account.values("role")[:1], output_field=CharField()),
            window_end=Subquery(exam.values("end_time")[:1], output_field=DateTimeField()),
            reveal_policy=Subquery(exam.values("reveal_policy")[:1], output_field=CharField()),
        )
        .filter(pk=session_id, student_id=actor.user_id)
        .first()
    )
    if session is None:
        raise _refusal(actor, session_id)
    if not session.account_active:
        raise AccountDisabled
    if session.account_role != Role.STUDENT:
        raise StaffCannotSit
    return Sitting(session=session, window_end=session.window_end, policy=RevealPolicy(session.reveal_policy))


def check_running(held: Sitting, *, now: datetime) -> Phase:
    """Return whether a locked session is in time or late within the grace.

    :raises SessionNotActive: when it is closed.
    :raises SessionTimeUp: when its time is over and it must be closed, after this transaction.
    """
    if held.session.status != SessionStatus.IN_PROGRESS:
        raise SessionNotActive
    phase = clock.phase(held.session, window_end=held.window_end, now=now)
    if phase is Phase.OVER:
        raise SessionTimeUp(session_id=held.session.pk)
    return phase


def _refusal(actor: Actor, session_id: int) -> DomainError:
    who = person(actor)
    seen = who.is_staff and visible_sessions(who).filter(pk=session_id).exists()
    return StaffCannotSit() if seen else SessionNotFound()
