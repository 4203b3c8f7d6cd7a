"""POST /classes/{id}/students/add/."""

from typing import Any

import pytest

from examhall.store.models import Enrolment
from tests.builders import World
from tests.facades.rest.api import Answer, Api


def add(who: Api, world: World, email: str) -> Answer:
    return who.post(f"/classes/{world.group.pk}/students/add/", {"student_email": email})


def test_a_teacher_puts_a_student_into_the_own_class(teacher: Api, charlie: Api, world: World) -> None:
    answer = add(teacher, world, world.charlie.email.swapcase())
    assert (answer.status, answer.message) == (201, "Student added to class successfully")
    assert (answer.data["student"]["id"], answer.data["joined_at"]) == (
        world.charlie.pk,
        "2026-03-10T09:30:15.123456Z",
    )
    assert answer.data["id"] == Enrolment.objects.get(student=world.charlie).pk
    assert charlie.get(f"/classes/{world.group.pk}/").status == 200


def test_an_admin_puts_students_into_any_class(admin: Api, world: World) -> None:
    assert add(admin, world, world.charlie.email).status == 201


def test_a_student_is_put_into_a_class_once(teacher: Api, world: World) -> None:
    assert add(teacher, world, world.charlie.email).status == 201
    answer = add(teacher, world, world.charlie.email)
    assert answer.refused(400, "Student is already in this class")
    assert answer.errors == {"student_email": ["Student is already in this class"]}
    assert Enrolment.objects.filter(student=world.charlie).count() == 1


@pytest.mark.parametrize("email", ["nobody@school.example", "no address", "", "  "])
def test_an_unknown_student_is_refused(teacher: Api, world: World, email: str) -> None:
    answer = add(teacher, world, email)
    assert answer.refused(400, "Student with this email does not exist")
    assert list(answer.errors) == ["student_email"]


def test_a_teacher_is_no_student(teacher: Api, world: World) -> None:
    answer = add(teacher, world, world.other_teacher.email)
    assert answer.refused(400, "Student with this email does not exist")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "student_email"),
        ({"student_email": None}, "student_email"),
        ({"student_email": ["a@b.example"]}, "student_email"),
        ({"student_email": "a" * 256}, "student_email"),
        ({"student_email": "a\x00@b.example"}, "student_email"),
        ({"student_email": "a@b.example", "role": "teacher"}, "role"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, body: Any, field: str) -> None:
    answer = teacher.post(f"/classes/{world.group.pk}/students/add/", body)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]


def test_another_teachers_class_is_theirs(other_teacher: Api, world: World) -> None:
    answer = add(other_teacher, world, world.charlie.email)
    assert answer.refused(403, "You can only add students to your own classes")


def test_students_add_nobody(alice: Api, charlie: Api, world: World) -> None:
    for who in (alice, charlie):
        assert add(who, world, world.charlie.email).refused(403, "Only teachers can add students to classes")


def test_a_missing_class_is_not_found(teacher: Api, world: World) -> None:
    answer = teacher.post("/classes/4611686018427387904/students/add/", {"student_email": world.charlie.email})
    assert answer.refused(404, "Class not found")


def test_nobody_adds_students(nobody: Api, world: World) -> None:
    assert add(nobody, world, world.charlie.email).status == 401
