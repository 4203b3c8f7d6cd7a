"""POST /questions/."""

from typing import Any

import pytest

from examhall.store.models import Question
from tests.builders import World
from tests.facades.rest.api import Api
from tests.facades.rest.questions.question_bodies import BLANK, CHOICE, ESSAY, TRUE_FALSE, choice

NOW_TEXT = "2026-03-10T09:30:15.123456Z"


def test_a_teacher_writes_a_question(teacher: Api, world: World) -> None:
    answer = teacher.post("/questions/", CHOICE)
    assert (answer.status, answer.message) == (201, "Question created successfully")
    data = answer.data
    assert {name: data[name] for name in ("question_text", "type", "difficulty", "image_url")} == {
        name: CHOICE[name] for name in ("question_text", "type", "difficulty", "image_url")
    }
    assert (data["teacher"]["id"], data["created_at"], data["usage_count"]) == (world.teacher.pk, NOW_TEXT, 0)
    assert {(option["text"], option["is_correct"]) for option in data["answers"]} == {("7", False), ("8", True)}
    assert {option["created_at"] for option in data["answers"]} == {NOW_TEXT}


@pytest.mark.parametrize("body", [TRUE_FALSE, BLANK, ESSAY], ids=lambda body: str(body["type"]))
def test_every_kind_can_be_written(admin: Api, body: dict[str, Any]) -> None:
    data = admin.post("/questions/", body).data
    assert sorted(option["text"] for option in data["answers"]) == sorted(item["text"] for item in body["answers"])
    assert [option.get("tolerance") for option in data["answers"]] == [
        item.get("tolerance") for item in body["answers"]
    ]


def test_an_essay_needs_no_list_of_answers(teacher: Api) -> None:
    body = {name: value for name, value in ESSAY.items() if name != "answers"}
    assert teacher.post("/questions/", body).data["answers"] == []


def test_the_same_question_twice_is_two_questions(teacher: Api) -> None:
    assert len({teacher.post("/questions/", CHOICE).data["id"] for _ in range(2)}) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question_text": ...}, "question_text"),
        ({"question_text": " "}, "question_text"),
        ({"question_text": 3}, "question_text"),
        ({"question_text": "x" * 50_001}, "question_text"),
        ({"question_text": "a\x00"}, "question_text"),
        ({"type": ...}, "type"),
        ({"type": "oral"}, "type"),
        ({"difficulty": ...}, "difficulty"),
        ({"difficulty": None}, "difficulty"),
        ({"image_url": "javascript:alert(1)"}, "image_url"),
        ({"image_url": "data:image/png;base64,AAAA"}, "image_url"),
        ({"image_url": "//evil.example/a.png"}, "image_url"),
        ({"image_url": "https://images.example/" + "a" * 500}, "image_url"),
        ({"answers": ...}, "answers"),
        ({"answers": None}, "answers"),
        ({"answers": []}, "answers"),
        ({"answers": [{"text": "8", "is_correct": True}]}, "answers"),
        ({"answers": [{"text": "7", "is_correct": False}, {"text": "8", "is_correct": False}]}, "answers"),
        ({"answers": [{"text": "8", "is_correct": True}, {"text": " 8 ", "is_correct": False}]}, "answers"),
        ({"answers": [{"text": "7"}, {"text": "8", "is_correct": True}]}, "answers"),
        ({"answers": [{"text": "", "is_correct": False}, {"text": "8", "is_correct": True}]}, "answers"),
        ({"answers": [{"text": "7", "is_correct": "no"}, {"text": "8", "is_correct": True}]}, "answers"),
        ({"answers": [{"id": 1, "text": "7", "is_correct": False}, *CHOICE["answers"]]}, "answers"),
        ({"answers": [{"text": f"{n}", "is_correct": True} for n in range(101)]}, "answers"),
        ({"answers": [*CHOICE["answers"], {"text": "9", "is_correct": True, "tolerance": 1}]}, "answers"),
        ({"type": "true_false", "answers": [*CHOICE["answers"], {"text": "9", "is_correct": False}]}, "answers"),
        ({"type": "fill_blank"}, "answers"),
        ({"type": "essay"}, "answers"),
        ({"teacher": 1}, "teacher"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, changes: dict[str, Any], field: str) -> None:
    answer = teacher.post("/questions/", choice(**changes))
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert Question.objects.count() == 3


def test_every_fault_of_a_body_is_told_at_once(teacher: Api) -> None:
    answer = teacher.post("/questions/", {"type": "oral", "image_url": 1, "answers": {}})
    assert set(answer.errors) == {"question_text", "type", "difficulty", "image_url", "answers"}


def test_students_write_no_questions(alice: Api) -> None:
    assert alice.post("/questions/", CHOICE).refused(403, "Only teachers can create questions")


def test_nobody_writes_questions(nobody: Api) -> None:
    assert nobody.post("/questions/", CHOICE).status == 401
