"""POST /questions/{id}/answers/."""

from typing import Any

import pytest

from tests.builders import World
from tests.facades.rest.api import Api

BODY = {"text": "29", "is_correct": True}


def path(world: World) -> str:
    return f"/questions/{world.questions[0].question_id}/answers/"


def test_a_teacher_adds_an_answer_to_the_own_question(teacher: Api, world: World) -> None:
    answer = teacher.post(path(world), BODY)
    assert (answer.status, answer.message) == (201, "Answer added successfully")
    data = answer.data
    assert data["question"] == {
        "id": world.questions[0].question_id,
        "question_text": "Which one of row 1 is prime?",
    }
    assert (data["text"], data["is_correct"]) == ("29", True)
    assert data["created_at"] == data["updated_at"] == "2026-03-10T09:30:15.123456Z"
    listed = teacher.get(f"/questions/{world.questions[0].question_id}/").data["answers"]
    assert (listed[-1]["id"], len(listed)) == (data["id"], 4)


def test_the_same_answer_twice_is_refused(admin: Api, world: World) -> None:
    assert admin.post(path(world), BODY).status == 201
    answer = admin.post(path(world), BODY)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == ["answers"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "29"}, "is_correct"),
        ({"is_correct": True}, "text"),
        ({**BODY, "text": " "}, "answers"),
        ({**BODY, "text": "x" * 10_001}, "text"),
        ({**BODY, "text": "a\x00"}, "text"),
        ({**BODY, "is_correct": 1}, "is_correct"),
        ({**BODY, "tolerance": "wide"}, "tolerance"),
        ({**BODY, "tolerance": "1"}, "answers"),
        ({**BODY, "id": 1}, "id"),
        ([BODY], "non_field_errors"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, body: Any, field: str) -> None:
    answer = teacher.post(path(world), body)
    assert answer.refused(400, "Invalid data")
    assert field in answer.errors
    assert len(teacher.get(f"/questions/{world.questions[0].question_id}/").data["answers"]) == 3


def test_another_teachers_question_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.post(path(world), BODY)
    assert answer.refused(403, "You can only add answers to your own questions")


def test_students_add_no_answers(alice: Api, world: World) -> None:
    assert alice.post(path(world), BODY).refused(403, "Only teachers can add answers to questions")


def test_a_missing_question_is_not_found(teacher: Api) -> None:
    assert teacher.post("/questions/4611686018427387904/answers/", BODY).refused(404, "Question not found")


def test_nobody_adds_answers(nobody: Api, world: World) -> None:
    assert nobody.post(path(world), BODY).status == 401
