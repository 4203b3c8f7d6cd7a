"""POST /exams/{id}/questions/."""

from typing import Any

import pytest

from examhall.store.models import ExamQuestion
from tests.builders import World, make_question
from tests.facades.rest.api import Api


def path(world: World) -> str:
    return f"/exams/{world.exam.pk}/questions/"


def test_a_teacher_puts_a_question_into_the_own_exam(teacher: Api, world: World) -> None:
    question = make_question(world.other_teacher, "Is one prime?")
    answer = teacher.post(path(world), {"question_id": question.pk, "order": 15, "code": "X", "points": "7.5"})
    assert (answer.status, answer.message) == (201, "Question added to exam successfully")
    data = answer.data
    assert (data["order"], data["code"], data["points"]) == (15, "X", "7.50")
    assert (data["question"]["id"], data["question"]["usage_count"]) == (question.pk, 1)
    assert data["question"]["teacher"]["id"] == world.other_teacher.pk
    assert [option["is_correct"] for option in data["question"]["answers"]] == [False, True, False]
    listed = teacher.get(f"/exams/{world.exam.pk}/").data["exam_questions"]
    assert [item["code"] for item in listed] == ["P1", "X", "P2", "P3"]
    assert listed[1] == data


def test_a_question_is_in_an_exam_once(admin: Api, world: World) -> None:
    question = make_question(world.teacher)
    assert admin.post(path(world), {"question_id": question.pk}).status == 201
    answer = admin.post(path(world), {"question_id": question.pk})
    assert answer.refused(400, "Question is already in this exam")
    assert answer.errors == {"question_id": ["Question is already in this exam"]}
    assert ExamQuestion.objects.filter(question=question).count() == 1


@pytest.mark.parametrize("body", [{}, {"question_id": None}, {"order": 1, "code": "Q1"}])
def test_a_question_must_be_named(teacher: Api, world: World, body: dict[str, Any]) -> None:
    answer = teacher.post(path(world), body)
    assert answer.refused(400, "question_id is required")
    assert answer.errors == {"question_id": ["question_id is required"]}


def test_a_question_that_does_not_exist_is_refused(teacher: Api, world: World) -> None:
    answer = teacher.post(path(world), {"question_id": 2**62})
    assert answer.refused(400, "Question does not exist")
    assert answer.errors == {"question_id": ["Question does not exist"]}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"question_id": "1"}, "question_id"),
        ({"question_id": 2**63}, "question_id"),
        ({"order": -1}, "order"),
        ({"order": "first"}, "order"),
        ({"code": ""}, "code"),
        ({"code": "C" * 51}, "code"),
        ({"points": "-0.5"}, "points"),
        ({"points": "80.01"}, "points"),
        ({"points": "1.005"}, "points"),
        ({"points": True}, "points"),
        ({"weight": 1}, "weight"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, values: dict[str, Any], field: str) -> None:
    answer = teacher.post(path(world), {"question_id": make_question(world.teacher).pk, **values})
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert ExamQuestion.objects.count() == 3


def test_another_teachers_exam_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.post(path(world), {"question_id": make_question(world.other_teacher).pk})
    assert answer.refused(403, "You can only add questions to your own exams")


def test_students_add_nothing(alice: Api, world: World) -> None:
    answer = alice.post(path(world), {"question_id": world.questions[0].question_id})
    assert answer.refused(403, "Only teachers can add questions to exams")


def test_a_missing_exam_is_not_found(teacher: Api, world: World) -> None:
    answer = teacher.post("/exams/4611686018427387904/questions/", {"question_id": world.questions[0].question_id})
    assert answer.refused(404, "Exam not found")


def test_nobody_adds_questions(nobody: Api, world: World) -> None:
    assert nobody.post(path(world), {"question_id": 1}).status == 401
