"""PUT /questions/{id}/."""

from typing import Any

import pytest

from tests.builders import World
from tests.facades.rest.api import Api
from tests.facades.rest.questions.question_bodies import CHOICE


def path(world: World) -> str:
    return f"/questions/{world.questions[0].question_id}/"


def test_a_teacher_changes_the_own_question(teacher: Api, world: World) -> None:
    first, second, _ = teacher.get(path(world)).data["answers"]
    body = {
        **CHOICE,
        "answers": [
            {"id": first["id"], "text": "27", "is_correct": True},
            {"id": second["id"], "text": "23", "is_correct": True},
            {"text": "33", "is_correct": False},
        ],
    }
    answer = teacher.put(path(world), body)
    assert (answer.status, answer.message) == (200, "Question updated successfully")
    data = answer.data
    assert (data["question_text"], data["difficulty"], data["image_url"]) == (
        CHOICE["question_text"],
        "hard",
        CHOICE["image_url"],
    )
    assert [(option["text"], option["is_correct"]) for option in data["answers"]] == [
        ("27", True),
        ("23", True),
        ("33", False),
    ]
    assert [option["id"] for option in data["answers"][:2]] == [first["id"], second["id"]]
    assert data["used_in_exams"][0]["id"] == world.exam.pk
    assert data == teacher.get(path(world)).data


def test_what_is_not_given_stays(teacher: Api, world: World) -> None:
    before = teacher.get(path(world)).data
    after = teacher.put(path(world), {"difficulty": "hard"}).data
    assert after == {**before, "difficulty": "hard"}


def test_the_same_change_twice_is_fine(admin: Api, world: World) -> None:
    body = {
        "question_text": "Again?",
        "answers": [{"text": "a", "is_correct": True}, {"text": "b", "is_correct": False}],
    }
    for _ in range(2):
        assert len(admin.put(path(world), body).data["answers"]) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"question_text": ""}, "question_text"),
        ({"question_text": None}, "question_text"),
        ({"type": "essay"}, "answers"),
        ({"type": "true_false"}, "answers"),
        ({"difficulty": 3}, "difficulty"),
        ({"image_url": "//evil.example/a.png"}, "image_url"),
        ({"answers": []}, "answers"),
        ({"answers": None}, "answers"),
        ({"answers": [{"id": 2**62, "text": "a", "is_correct": True}, {"text": "b", "is_correct": False}]}, "answers"),
        ({"answers": [{"id": 2**63, "text": "a", "is_correct": True}, {"text": "b", "is_correct": False}]}, "answers"),
        ({"answers": [{"text": "a", "is_correct": True, "hint": 1}, {"text": "b", "is_correct": False}]}, "answers"),
        ({"used_in_exams": []}, "used_in_exams"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, body: dict[str, Any], field: str) -> None:
    before = teacher.get(path(world)).data
    answer = teacher.put(path(world), body)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert teacher.get(path(world)).data == before


def test_another_teachers_question_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.put(path(world), {"question_text": "Mine"})
    assert answer.refused(403, "You can only update your own questions")


def test_students_change_nothing(alice: Api, world: World) -> None:
    assert alice.put(path(world), {"question_text": "Mine"}).refused(403, "Only teachers can update questions")


def test_a_missing_question_is_not_found(teacher: Api) -> None:
    assert teacher.put("/questions/4611686018427387904/", CHOICE).refused(404, "Question not found")


def test_nobody_changes_a_question(nobody: Api, world: World) -> None:
    assert nobody.put(path(world), CHOICE).status == 401
