"""Who is in a class, what that shows, and what leaving keeps."""

from datetime import timedelta

import pytest

from examhall.domain.errors import AlreadyEnrolled, NotEnrolled, StudentEmailUnknown, StudentNotInClass
from examhall.domain.words import Role
from examhall.engine.classes import get_class, list_classes, list_my_classes
from examhall.engine.enrolment import add_student, list_students, remove_student
from examhall.engine.paging import PageRequest
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.store.models import Enrolment, User
from tests.builders import CREATED, NOW, World, actor, make_class, make_exam, make_user, make_world

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)


def names_of(user: User) -> set[str]:
    page = list_classes(actor=actor(user), search=None, page=PageRequest())
    return {row.class_obj.class_name for row in page.items}


@pytest.fixture
def world() -> World:
    world = make_world()
    make_class(world.other_teacher, world.charlie, name="History 1A")
    make_class(world.other_teacher, name="Practice", open_enrolment=True)
    return world


def test_everybody_lists_the_own_classes_and_an_admin_all(world: World) -> None:
    assert names_of(world.alice) == {"Algebra 2B", "Practice"}
    assert names_of(world.charlie) == {"History 1A", "Practice"}
    assert names_of(world.teacher) == {"Algebra 2B"}
    assert names_of(world.other_teacher) == {"History 1A", "Practice"}
    assert names_of(world.admin) == {"Algebra 2B", "History 1A", "Practice"}


def test_a_student_is_found_by_email_in_whatever_case(world: World) -> None:
    member = add_student(
        actor=actor(world.teacher),
        class_id=world.group.pk,
        student_email=f"  {world.charlie.email.upper()} ",
        now=LATER,
    )
    assert (member.student.id, member.joined_at) == (world.charlie.pk, LATER)
    assert "Algebra 2B" in names_of(world.charlie)


def test_only_active_students_are_put_into_a_class(world: World) -> None:
    disabled = make_user("Dora Disabled", is_active=False)
    for user in (world.other_teacher, world.admin, disabled):
        with pytest.raises(StudentEmailUnknown):
            add_student(actor=actor(world.teacher), class_id=world.group.pk, student_email=user.email, now=LATER)
    assert Enrolment.objects.filter(class_obj=world.group).count() == 2


def test_a_student_is_in_a_class_once(world: World) -> None:
    with pytest.raises(AlreadyEnrolled):
        add_student(actor=actor(world.teacher), class_id=world.group.pk, student_email=world.bob.email, now=LATER)
    assert Enrolment.objects.get(class_obj=world.group, student=world.bob).joined_at == CREATED + timedelta(days=2)


def test_leaving_a_class_keeps_what_was_sat(world: World) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    remove_student(actor=actor(world.teacher), class_id=world.group.pk, student_id=world.alice.pk)
    assert get_session_detail(actor=actor(world.alice), session_id=session.id, now=NOW).session.id == session.id
    with pytest.raises(NotEnrolled):
        get_class(actor=actor(world.alice), class_id=world.group.pk, now=NOW)


def test_nobody_leaves_a_class_twice(world: World) -> None:
    remove_student(actor=actor(world.teacher), class_id=world.group.pk, student_id=world.alice.pk)
    with pytest.raises(StudentNotInClass):
        remove_student(actor=actor(world.teacher), class_id=world.group.pk, student_id=world.alice.pk)


def test_a_class_open_to_everybody_does_not_tell_its_students_to_everybody(world: World) -> None:
    group = make_class(world.teacher, world.bob, name="Open", open_enrolment=True)
    for student in (world.alice, world.bob):
        assert get_class(actor=actor(student), class_id=group.pk, now=NOW).students == ()
        assert list_students(actor=actor(student), class_id=group.pk, page=PageRequest()).count == 0
    assert [member.student.id for member in get_class(actor=actor(world.teacher), class_id=group.pk, now=NOW).students]
    assert list_students(actor=actor(world.admin), class_id=group.pk, page=PageRequest()).count == 1


def test_my_classes_say_since_when_and_what_can_be_sat_now(world: World) -> None:
    for title, start, end in (
        ("past", NOW - timedelta(hours=2), NOW),
        ("opens now", NOW, NOW + timedelta(hours=1)),
        ("upcoming", NOW + timedelta(microseconds=1), NOW + timedelta(hours=1)),
    ):
        make_exam(world.group, title=title, start_time=start, end_time=end)
    mine = list_my_classes(actor=actor(world.alice), page=PageRequest(), now=NOW)
    by_name = {item.class_obj.class_name: item for item in mine.items}
    assert set(by_name) == {"Algebra 2B", "Practice"}
    joined = by_name["Algebra 2B"]
    assert (joined.joined_at, joined.exam_count, joined.available_exams) == (CREATED + timedelta(days=2), 4, 2)
    assert (by_name["Practice"].joined_at, by_name["Practice"].exam_count) == (None, 0)


def test_a_teacher_is_in_the_own_classes_since_they_exist(world: World) -> None:
    (mine,) = list_my_classes(actor=actor(world.teacher), page=PageRequest(), now=NOW).items
    assert (mine.class_obj.class_name, mine.joined_at) == ("Algebra 2B", CREATED)


def test_my_classes_of_an_admin_are_those_the_admin_teaches(world: World) -> None:
    ruth = make_user("Ruth Root", Role.ADMIN)
    make_class(ruth, name="Root's own")
    mine = list_my_classes(actor=actor(ruth), page=PageRequest(), now=NOW)
    assert [item.class_obj.class_name for item in mine.items] == ["Root's own"]
    assert list_my_classes(actor=actor(world.admin), page=PageRequest(), now=NOW).items == ()
