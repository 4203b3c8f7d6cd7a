"""Classes: who has which, making, renaming and deleting them."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery

from examhall.domain import authoring as rules
from examhall.domain.access import Actor
from examhall.domain.errors import ClassHasSessions, ClassNotFound, NotEnrolled
from examhall.domain.words import Action, Role
from examhall.engine import exam_removal
from examhall.engine.access import STAFF, Person, person, require_role
from examhall.engine.class_rows import (
    class_exams,
    class_rows,
    classes_of,
    is_member,
    member_rows,
    members,
    with_counts,
)
from examhall.engine.locking import unit_of_work
from examhall.engine.ownership import own_class
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.row_counts import annotated, annotated_moment, count_of
from examhall.engine.searching import containing
from examhall.engine.snapshot_builders import class_snapshot
from examhall.engine.snapshots_classes import ClassDetail, ClassRow, MyClass
from examhall.store.models import Enrolment, Exam, ExamSession, SchoolClass


def list_classes(*, actor: Actor, search: str | None, page: PageRequest) -> Page[ClassRow]:
    """Return the actor's classes, the newest first; an admin sees all.

    :raises InvalidPage: when there is no such page.
    """
    rows = with_counts(classes_of(person(actor)))
    if search:
        rows = rows.filter(containing(search, "class_name"))
    return paginate(rows.order_by("-created_at", "-id"), page=page, build=class_rows)


def list_my_classes(*, actor: Actor, page: PageRequest, now: datetime) -> Page[MyClass]:
    """Return the classes that the actor joined or teaches, with what can be sat now; the newest first.

    :raises InvalidPage: when there is no such page.
    """
    rows = _with_membership(person(actor), now=now)
    return paginate(rows.order_by("-created_at", "-id"), page=page, build=_my_classes)


def get_class(*, actor: Actor, class_id: int, now: datetime) -> ClassDetail:
    """Return a class with its students and exams. A class open to every student names them to staff only.

    :raises ClassNotFound: when there is none, or it is another teacher's.
    :raises NotEnrolled: when the actor is a student who is not in it.
    """
    who = person(actor)
    row = SchoolClass.objects.filter(pk=class_id).select_related("teacher").first()
    if row is None or (who.role is Role.TEACHER and row.teacher_id != who.user_id):
        raise ClassNotFound
    if who.role is Role.STUDENT and not SchoolClass.objects.filter(is_member(who), pk=class_id).exists():
        raise NotEnrolled
    return _detail(who, row, now=now)


@unit_of_work
def create_class(*, actor: Actor, class_name: str, now: datetime) -> ClassRow:
    """Make a class that the actor teaches.

    :raises RoleForbidden: when the actor is not staff.
    :raises ValueInvalid: when the name is blank or too long.
    """
    who = person(actor)
    require_role(who, *STAFF, action=Action.CREATE_CLASS)
    row = SchoolClass.objects.create(class_name=_checked_name(class_name), teacher_id=who.user_id, created_at=now)
    return ClassRow(class_obj=class_snapshot(row), student_count=0, exam_count=0)


@unit_of_work
def update_class(*, actor: Actor, class_id: int, class_name: str | None, now: datetime) -> ClassDetail:
    """Rename a class; ``None`` leaves its name as it is.

    :raises RoleForbidden: when the actor is not staff.
    :raises ClassNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    :raises ValueInvalid: when the name is blank or too long.
    """
    who = person(actor)
    row = own_class(who, class_id, action=Action.UPDATE_CLASS)
    if class_name is not None:
        row.class_name = _checked_name(class_name)
        row.save(update_fields=["class_name"])
    return _detail(who, row, now=now)


@unit_of_work
def delete_class(*, actor: Actor, class_id: int) -> None:
    """Delete a class with its exams, as long as nobody sat one.

    :raises RoleForbidden: when the actor is not staff.
    :raises ClassNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    :raises ClassHasSessions: when somebody sat an exam of it: what was sat is never lost by a delete.
    """
    row = own_class(person(actor), class_id, action=Action.DELETE_CLASS)
    exams = list(Exam.objects.select_for_update().filter(class_obj=row).order_by("id"))
    if ExamSession.objects.filter(exam__in=exams).exists():
        raise ClassHasSessions
    exam_removal.remove_exams(exams)
    row.delete()


def _checked_name(class_name: str) -> str:
    name = class_name.strip()
    rules.check_text(name, field="className", longest=rules.NAME_LENGTH)
    return name


def _detail(who: Person, row: SchoolClass, *, now: datetime) -> ClassDetail:
    # Who is open to everybody would otherwise tell everybody's e-mail address to everybody.
    hidden = row.open_enrolment and who.role is Role.STUDENT
    return ClassDetail(
        class_obj=class_snapshot(row),
        students=() if hidden else tuple(member_rows(members(class_id=row.pk))),
        exams=class_exams(class_id=row.pk, now=now),
    )


def _with_membership(who: Person, *, now: datetime) -> QuerySet[SchoolClass]:
    rows = SchoolClass.objects.filter(teacher_id=who.user_id) if who.is_staff else classes_of(who)
    exams = Exam.objects.filter(class_obj=OuterRef("pk"))
    joined = Enrolment.objects.filter(class_obj=OuterRef("pk"), student_id=who.user_id).values("joined_at")[:1]
    return rows.select_related("teacher").annotate(
        joined_at=F("created_at") if who.is_staff else Subquery(joined, output_field=DateTimeField()),
        exam_count=count_of(exams, by="class_obj"),
        available_exams=count_of(exams.filter(start_time__lte=now, end_time__gt=now), by="class_obj"),
    )


def _my_classes(rows: Iterable[SchoolClass]) -> Iterator[MyClass]:
    for row in rows:
        yield MyClass(
            class_obj=class_snapshot(row),
            joined_at=annotated_moment(row, "joined_at"),
            exam_count=annotated(row, "exam_count"),
            available_exams=annotated(row, "available_exams"),
        )
