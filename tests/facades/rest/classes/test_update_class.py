"""PUT /classes/{id}/."""

from typing import Any

import pytest

from tests.builders import World
from tests.facades.rest.api import Api


def test_a_teacher_renames_the_own_class(teacher: Api, world: World) -> None:
    answer = teacher.put(f"/classes/{world.group.pk}/", {"className": "Algebra 2C"})
    assert (answer.status, answer.message) == (200, "Class updated successfully")
    assert answer.data == teacher.get(f"/classes/{world.group.pk}/").data
    assert (answer.data["className"], len(answer.data["students"]), len(answer.data["exams"])) == ("Algebra 2C", 2, 1)


def test_the_same_change_twice_is_fine(admin: Api, world: World) -> None:
    for _ in range(2):
        assert admin.put(f"/classes/{world.group.pk}/", {"className": "Algebra 2C"}).status == 200


def test_nothing_given_changes_nothing(teacher: Api, world: World) -> None:
    assert teacher.put(f"/classes/{world.group.pk}/", {}).data["className"] == "Algebra 2B"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"className": " "}, "className"),
        ({"className": None}, "className"),
        ({"className": "A" * 256}, "className"),
        ({"class_name": "A"}, "class_name"),
        ("x", "non_field_errors"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, body: Any, field: str) -> None:
    answer = teacher.put(f"/classes/{world.group.pk}/", body)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert teacher.get(f"/classes/{world.group.pk}/").data["className"] == "Algebra 2B"


def test_another_teachers_class_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.put(f"/classes/{world.group.pk}/", {"className": "Mine"})
    assert answer.refused(403, "You can only update your own classes")


def test_students_rename_nothing(alice: Api, world: World) -> None:
    answer = alice.put(f"/classes/{world.group.pk}/", {"className": "Mine"})
    assert answer.refused(403, "Only teachers can update classes")


def test_a_missing_class_is_not_found(teacher: Api) -> None:
    assert teacher.put("/classes/4611686018427387904/", {"className": "X"}).refused(404, "Class not found")


def test_nobody_renames_a_class(nobody: Api, world: World) -> None:
    assert nobody.put(f"/classes/{world.group.pk}/", {"className": "X"}).status == 401
