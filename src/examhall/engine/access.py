"""Fetch or refuse: the only way to a person, a session or an exam that not everybody may see."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q, QuerySet

from examhall.domain.access import Actor
from examhall.domain.errors import AccountDisabled, ClassNotFound, ExamNotFound, RoleForbidden
from examhall.domain.words import Action, Role
from examhall.store.models import Exam, ExamSession, SchoolClass, User

STAFF = (Role.TEACHER, Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The active account behind an actor."""

    user_id: int
    role: Role
    email: str
    full_name: str

    @classmethod
    def of(cls, user: User) -> Self:
        """Return the person of a row.

        :raises AccountDisabled: when the account is switched off.
        """
        if not user.is_active:
            raise AccountDisabled
        return cls(user_id=user.pk, role=Role(user.role), email=user.email, full_name=user.full_name)

    @property
    def is_staff(self) -> bool:
        """Say whether this is a teacher or an admin."""
        return self.role in STAFF


def person(actor: Actor) -> Person:
    """Return who acts, as the database has it now: a change of role or a deactivation counts at once.

    :raises AccountDisabled: when the account is switched off or gone.
    """
    user = User.objects.filter(pk=actor.user_id).only("email", "full_name", "role", "is_active").first()
    if user is None:
        raise AccountDisabled
    return Person.of(user)


def require_role(who: Person, *roles: Role, action: Action) -> None:
    """Refuse an action to everybody but these roles.

    :raises RoleForbidden: when the person has none of them.
    """
    if who.role not in roles:
        raise RoleForbidden(action=action)


def visible_sessions(who: Person) -> QuerySet[ExamSession]:
    """Return the sessions that a person may see: the own ones, those of the own classes, or all."""
    if who.role is Role.ADMIN:
        return ExamSession.objects.all()
    own = Q(student_id=who.user_id)
    if who.role is Role.TEACHER:
        own |= Q(exam__class_obj__teacher_id=who.user_id)
    return ExamSession.objects.filter(own)


def monitored_class(who: Person, class_id: int) -> SchoolClass:
    """Return a class whose sessions this person may follow.

    :raises RoleForbidden: when the person is not staff.
    :raises ClassNotFound: when there is none, or it is another teacher's.
    """
    require_role(who, *STAFF, action=Action.MONITOR_SESSIONS)
    rows = SchoolClass.objects.filter(pk=class_id)
    if who.role is Role.TEACHER:
        rows = rows.filter(teacher_id=who.user_id)
    found = rows.first()
    if found is None:
        raise ClassNotFound
    return found


def monitored_exam(who: Person, exam_id: int) -> Exam:
    """Return an exam whose sessions this person may follow.

    :raises RoleForbidden: when the person is not staff.
    :raises ExamNotFound: when there is none, or it is another teacher's.
    """
    require_role(who, *STAFF, action=Action.MONITOR_SESSIONS)
    rows = Exam.objects.filter(pk=exam_id)
    if who.role is Role.TEACHER:
        rows = rows.filter(class_obj__teacher_id=who.user_id)
    found = rows.first()
    if found is None:
        raise ExamNotFound
    return found
