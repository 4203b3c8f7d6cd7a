"""companion-apis.md: every sentence under "Refusals" of classes, questions and exams, word for word."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor, make_question, make_world
from tests.facades.rest.api import Answer, Api, api_of

pytestmark = pytest.mark.django_db

Call = Callable[[World, dict[str, Api]], Answer]

CHOICE: dict[str, Any] = {
    "question_text": "Which?",
    "type": "multiple_choice",
    "difficulty": "easy",
    "answers": [{"text": "7", "is_correct": False}, {"text": "8", "is_correct": True}],
}


def _exam(world: World) -> dict[str, Any]:
    return {
        "class_obj": world.group.pk,
        "title": "T",
        "description": "D",
        "total_score": 10,
        "minutes": 5,
        "start_time": "2026-03-10T08:00:00Z",
        "end_time": "2026-03-11T08:00:00Z",
        "questions": [],
    }


def _add(world: World, who: Api, email: str) -> Answer:
    return who.post(f"/classes/{world.group.pk}/students/add/", {"student_email": email})


def _put_in(world: World, who: Api, body: dict[str, Any]) -> Answer:
    return who.post(f"/exams/{world.exam.pk}/questions/", body)


def _twice(act: Callable[[], Answer]) -> Answer:
    act()
    return act()


def _sat(world: World, who: Api, path: str) -> Answer:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    return who.delete(path)


REFUSALS: list[tuple[int, str, Call]] = [
    (
        403,
        "You can only add students to your own classes",
        lambda w, by: _add(w, by["other_teacher"], w.charlie.email),
    ),
    (400, "Student with this email does not exist", lambda w, by: _add(w, by["teacher"], "nobody@school.example")),
    (400, "Student is already in this class", lambda w, by: _add(w, by["teacher"], w.alice.email)),
    (403, "You are not enrolled in this class", lambda w, by: by["charlie"].get(f"/classes/{w.group.pk}/")),
    (
        403,
        "You can only view students in your own classes",
        lambda w, by: by["other_teacher"].get(f"/classes/{w.group.pk}/students/"),
    ),
    (400, "Class has exam sessions", lambda w, by: _sat(w, by["teacher"], f"/classes/{w.group.pk}/")),
    (403, "Only teachers can view all questions", lambda _, by: by["alice"].get("/questions/")),
    (
        403,
        "You can only update your own questions",
        lambda w, by: by["other_teacher"].put(f"/questions/{w.questions[0].question_id}/", CHOICE),
    ),
    (
        403,
        "You can only delete your own questions",
        lambda w, by: by["other_teacher"].delete(f"/questions/{w.questions[0].question_id}/"),
    ),
    (
        403,
        "You can only add answers to your own questions",
        lambda w, by: by["other_teacher"].post(
            f"/questions/{w.questions[0].question_id}/answers/", {"text": "9", "is_correct": False}
        ),
    ),
    (403, "Only teachers can view all exams", lambda _, by: by["alice"].get("/exams/")),
    (
        403,
        "You can only create exams for your own classes",
        lambda w, by: by["other_teacher"].post("/exams/", _exam(w)),
    ),
    (
        403,
        "You can only update your own exams",
        lambda w, by: by["other_teacher"].put(f"/exams/{w.exam.pk}/", {"title": "T"}),
    ),
    (403, "You can only delete your own exams", lambda w, by: by["other_teacher"].delete(f"/exams/{w.exam.pk}/")),
    (
        403,
        "You can only add questions to your own exams",
        lambda w, by: _put_in(w, by["other_teacher"], {"question_id": make_question(w.other_teacher).pk}),
    ),
    (
        400,
        "Question is already in this exam",
        lambda w, by: _put_in(w, by["teacher"], {"question_id": w.questions[0].question_id}),
    ),
    (
        400,
        "Exam is already in your favorites",
        lambda w, by: _twice(lambda: by["alice"].post(f"/exams/{w.exam.pk}/favorite/")),
    ),
    (400, "question_id is required", lambda w, by: _put_in(w, by["teacher"], {"order": 1, "code": "Q1"})),
    (400, "Question does not exist", lambda w, by: _put_in(w, by["teacher"], {"question_id": 987_654_321})),
    (400, "Exam has exam sessions", lambda w, by: _sat(w, by["teacher"], f"/exams/{w.exam.pk}/")),
]


@pytest.mark.parametrize(("status", "sentence", "call"), REFUSALS, ids=[sentence for _, sentence, _ in REFUSALS])
def test_a_refusal_says_what_the_contract_says(status: int, sentence: str, call: Call) -> None:
    with time_machine.travel(NOW, tick=False):
        world = make_world()
        names = ("teacher", "other_teacher", "alice", "charlie")
        answer = call(world, {name: api_of(getattr(world, name)) for name in names})
    assert answer.refused(status, sentence), answer.body
