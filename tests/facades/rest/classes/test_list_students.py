"""GET /classes/{id}/students/."""

from examhall.store.models import Enrolment
from tests.builders import World, make_class
from tests.facades.rest.api import Api


def test_members_the_teacher_and_admins_see_who_is_in_the_class(
    alice: Api, teacher: Api, admin: Api, world: World
) -> None:
    for who in (alice, teacher, admin):
        first, second = who.get(f"/classes/{world.group.pk}/students/").data["results"]
        assert [row["student"]["fullName"] for row in (first, second)] == ["Alice Owner", "Bob Member"]
        assert first["id"] == Enrolment.objects.get(student=world.alice).pk
        assert (first["student"]["id"], first["joined_at"]) == (world.alice.pk, "2026-01-31T09:30:15.123456Z")


def test_the_list_comes_in_pages(teacher: Api, world: World) -> None:
    data = teacher.get(f"/classes/{world.group.pk}/students/", page=2, page_size=1).data
    assert (data["count"], data["total_pages"], data["results"][0]["student"]["id"]) == (2, 2, world.bob.pk)
    assert teacher.get(f"/classes/{world.group.pk}/students/", page=3, page_size=1).refused(404, "Invalid page")
    assert list(teacher.get(f"/classes/{world.group.pk}/students/", page_size="all").errors) == ["page_size"]


def test_a_student_of_another_class_is_refused(charlie: Api, world: World) -> None:
    assert charlie.get(f"/classes/{world.group.pk}/students/").refused(403, "You are not enrolled in this class")


def test_another_teacher_is_refused(other_teacher: Api, world: World) -> None:
    answer = other_teacher.get(f"/classes/{world.group.pk}/students/")
    assert answer.refused(403, "You can only view students in your own classes")


def test_a_class_open_to_everybody_names_its_students_to_staff_only(alice: Api, teacher: Api, world: World) -> None:
    group = make_class(world.teacher, world.alice, world.bob, name="Practice", open_enrolment=True)
    assert alice.get(f"/classes/{group.pk}/students/").data["results"] == []
    assert teacher.get(f"/classes/{group.pk}/students/").data["count"] == 2


def test_a_missing_class_is_not_found(teacher: Api, alice: Api) -> None:
    for who in (teacher, alice):
        assert who.get("/classes/4611686018427387904/students/").refused(404, "Class not found")


def test_nobody_sees_students(nobody: Api, world: World) -> None:
    assert nobody.get(f"/classes/{world.group.pk}/students/").status == 401
