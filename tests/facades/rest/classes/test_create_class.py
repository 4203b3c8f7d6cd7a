"""POST /classes/."""

from typing import Any

import pytest

from examhall.store.models import SchoolClass
from tests.builders import World
from tests.facades.rest.api import Api


def test_a_teacher_makes_a_class(teacher: Api, world: World) -> None:
    answer = teacher.post("/classes/", {"className": "  Geometry 3C "})
    assert (answer.status, answer.message) == (201, "Class created successfully")
    data = answer.data
    assert (data["className"], data["teacher"]["id"]) == ("Geometry 3C", world.teacher.pk)
    assert (data["created_at"], data["student_count"], data["exam_count"]) == ("2026-03-10T09:30:15.123456Z", 0, 0)
    assert SchoolClass.objects.get(pk=data["id"]).class_name == "Geometry 3C"


def test_an_admin_makes_a_class_and_teaches_it(admin: Api, world: World) -> None:
    assert admin.post("/classes/", {"className": "Chess"}).data["teacher"]["id"] == world.admin.pk


def test_two_classes_may_have_one_name(teacher: Api) -> None:
    ids = {teacher.post("/classes/", {"className": "Algebra 2B"}).data["id"] for _ in range(2)}
    assert len(ids) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "className"),
        ({"className": ""}, "className"),
        ({"className": " \t"}, "className"),
        ({"className": "A" * 256}, "className"),
        ({"className": None}, "className"),
        ({"className": 7}, "className"),
        ({"className": "a\x00b"}, "className"),
        ({"className": "A", "teacher": 1}, "teacher"),
        ([], "non_field_errors"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, body: Any, field: str) -> None:
    answer = teacher.post("/classes/", body)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert SchoolClass.objects.count() == 1


def test_a_body_that_is_no_json_is_refused(teacher: Api) -> None:
    assert teacher.post("/classes/", b"{").refused(400, "Invalid data")


def test_students_make_no_classes(alice: Api) -> None:
    assert alice.post("/classes/", {"className": "Mine"}).refused(403, "Only teachers can create classes")


def test_nobody_makes_classes(nobody: Api) -> None:
    assert nobody.post("/classes/", {"className": "Mine"}).status == 401
