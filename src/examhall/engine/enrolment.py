"""Who is in a class: listing, adding and removing its students."""

from datetime import datetime

from examhall.domain.access import Actor
from examhall.domain.accounts import email_key
from examhall.domain.errors import (
    AlreadyEnrolled,
    ClassNotFound,
    NotEnrolled,
    NotOwner,
    StudentEmailUnknown,
    StudentNotInClass,
)
from examhall.domain.words import Action, Role
from examhall.engine.access import person
from examhall.engine.class_rows import is_member, member_rows, members
from examhall.engine.locking import unit_of_work
from examhall.engine.ownership import own_class
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.snapshot_builders import user_snapshot
from examhall.engine.snapshots_classes import Member
from examhall.store.models import Enrolment, SchoolClass, User


def list_students(*, actor: Actor, class_id: int, page: PageRequest) -> Page[Member]:
    """Return who was put into a class. A class open to every student names them to staff only.

    :raises ClassNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    :raises NotEnrolled: when the actor is a student who is not in it.
    :raises InvalidPage: when there is no such page.
    """
    who = person(actor)
    row = SchoolClass.objects.filter(pk=class_id).first()
    if row is None:
        raise ClassNotFound
    if who.role is Role.TEACHER and row.teacher_id != who.user_id:
        raise NotOwner(action=Action.LIST_STUDENTS)
    if who.role is Role.STUDENT and not SchoolClass.objects.filter(is_member(who), pk=class_id).exists():
        raise NotEnrolled
    rows = members(class_id=class_id)
    if row.open_enrolment and who.role is Role.STUDENT:
        rows = rows.none()
    return paginate(rows, page=page, build=member_rows)


@unit_of_work
def add_student(*, actor: Actor, class_id: int, student_email: str, now: datetime) -> Member:
    """Put a student into a class by e-mail address, in whatever case.

    :raises RoleForbidden: when the actor is not staff.
    :raises ClassNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    :raises StudentEmailUnknown: when no active student has this address.
    :raises AlreadyEnrolled: when the student is in the class.
    """
    row = own_class(person(actor), class_id, action=Action.ADD_STUDENT)
    student = User.objects.filter(email_key=email_key(student_email), role=Role.STUDENT.value, is_active=True).first()
    if student is None:
        raise StudentEmailUnknown(field="student_email")
    # The locked class row makes this look-up certain: whoever adds the same student at once waits for us.
    if Enrolment.objects.filter(class_obj=row, student=student).exists():
        raise AlreadyEnrolled(field="student_email")
    enrolment = Enrolment.objects.create(class_obj=row, student=student, joined_at=now)
    return Member(id=enrolment.pk, student=user_snapshot(student), joined_at=now)


@unit_of_work
def remove_student(*, actor: Actor, class_id: int, student_id: int) -> None:
    """Take a student out of a class; what the student sat stays.

    :raises RoleForbidden: when the actor is not staff.
    :raises ClassNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    :raises StudentNotInClass: when the student is not in it.
    """
    row = own_class(person(actor), class_id, action=Action.REMOVE_STUDENT)
    deleted, _ = Enrolment.objects.filter(class_obj=row, student_id=student_id).delete()
    if not deleted:
        raise StudentNotInClass
