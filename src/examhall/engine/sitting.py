"""The session a student works in, locked: the first statement of everything that changes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, CharField, DateTimeField, OuterRef, QuerySet, Subquery

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
from examhall.engine.kept_queries import kept_query
from examhall.store.models import Exam, ExamSession, User

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A locked session of its own student, with what the rules need to know of its exam."""

    session: ExamSession
    window_end: datetime
    policy: RevealPolicy
    account_active: bool = True
    account_role: Role = Role.STUDENT


def active_key(*, exam_id: int, student_id: int) -> str:
    """Return the value of ``ExamSession.active_key`` while a student's session of an exam runs."""
    return f"{exam_id}:{student_id}"


class NotTheirs(Exception):
    """The session is not the actor's own: what to say of that takes a look that no lock should wait for."""


def lock(*, actor: Actor, session_id: int) -> Sitting:
    """Lock a session for its student, in one statement that also reads whether the student may act at all.

    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when the actor may see the session but is not its student.
    :raises AccountDisabled: when the account was switched off.
    """
    try:
        return check_theirs(lock_many([session_id]).get(session_id), actor)
    except NotTheirs:
        raise refusal(actor, session_id) from None


def lock_many(session_ids: Sequence[int]) -> dict[int, Sitting]:
    """Lock sessions in the order of their ids, in one statement; those that do not exist are left out.

    ``session_ids`` must be in ascending order. Who may act in them is for :func:`check_theirs` to say.
    """
    # A number that no id can be names nothing; SQLite could not even take it as a parameter.
    known = [session_id for session_id in session_ids if 0 < session_id <= LARGEST_ID]
    rows = kept_query(_locking, len(known)).rows(known) if known else []
    return {held.session.pk: held for held in map(_sitting, rows)}


def check_theirs(held: Sitting | None, actor: Actor) -> Sitting:
    """Return a locked session if it is the actor's own and the actor may act.

    :raises NotTheirs: when there is none, or it is somebody else's.
    :raises AccountDisabled: when the account was switched off.
    :raises StaffCannotSit: when the student has become staff since.
    """
    if held is None or held.session.student_id != actor.user_id:
        raise NotTheirs
    if not held.account_active:
        raise AccountDisabled
    if held.account_role != Role.STUDENT:
        raise StaffCannotSit
    return held


def refusal(actor: Actor, session_id: int) -> DomainError:
    """Return what to say to somebody who is not the session's student.

    :raises AccountDisabled: when the actor's account was switched off.
    """
    who = person(actor)
    seen = who.is_staff and visible_sessions(who).filter(pk=session_id).exists()
    return StaffCannotSit() if seen else SessionNotFound()


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


_COLUMNS = [field.attname for field in ExamSession._meta.concrete_fields]


def _locking(size: int) -> QuerySet[ExamSession, tuple[Any, ...]]:
    """Build the locking query.

    The account and the exam come through subqueries: a join would lock their rows as well (MariaDB has no
    ``FOR UPDATE OF``), and all students of an exam would wait for one another.
    """
    account = User.objects.filter(pk=OuterRef("student_id"))
    exam = Exam.objects.filter(pk=OuterRef("exam_id"))
    return (
        ExamSession.objects.select_for_update()
        .filter(pk__in=range(1, size + 1))
        .order_by("pk")
        .values_list(
            *_COLUMNS,
            Subquery(account.values("is_active")[:1], output_field=BooleanField()),
            Subquery(account.values("role")[:1], output_field=CharField()),
            Subquery(exam.values("end_time")[:1], output_field=DateTimeField()),
            Subquery(exam.values("reveal_policy")[:1], output_field=CharField()),
        )
    )


def _sitting(row: tuple[Any, ...]) -> Sitting:
    account_active, account_role, window_end, policy = row[-4:]
    return Sitting(
        session=ExamSession.from_db("default", _COLUMNS, row[:-4]),
        window_end=window_end,
        policy=RevealPolicy(policy),
        account_active=account_active,
        account_role=Role(account_role),
    )
