"""The same sitting through both doors leaves the same in the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from examhall.store.models import ExamLog, ExamResult, ExamSession, StudentAnswer, User
from tests.builders import NOW
from tests.certification import CLOCK, Certification, key_of, make_certification, wrong_of
from tests.facades.examenes.browser import browser_of
from tests.facades.rest.api import api_of

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
# What happens to each question of the paper: rightly or wrongly answered after so many seconds, or let run out.
DEEDS: tuple[tuple[int, bool] | None, ...] = ((3, True), (7, False), (15, True), (64, True), None, (20, True), None)
DAY = timedelta(days=1)


@contextmanager
def _at(moment: timedelta) -> Iterator[None]:
    with time_machine.travel(NOW + moment, tick=False):
        yield


def _sat_here(world: Certification, student: User) -> int:
    """Sit the exam through the certification API, every question fetched at the start; return the session's id."""
    with _at(timedelta(0)):
        browser = browser_of(student)
        body = browser.post("/get_exam_questions/", {"tipo_examen": "prueba"}).body
        exam_id: int = body["examen"]
        questions: list[int] = body["preguntas"]
        for question_id in questions:
            browser.patch("/get_questions_answers/", {"examen": exam_id, "pregunta": question_id})
    for seconds, question_id, option_id in _answers(questions):
        with _at(seconds * SECOND):
            saved = {"examen": exam_id, "pregunta": question_id, "respuesta": option_id}
            assert browser.patch("/update_exam_answer/", saved).status == 200
    with _at(DAY):
        assert browser.post("/exam_result/", {"examen": exam_id}).body["examen"]["calificacion"] is not None
    return exam_id


def _sat_there(world: Certification, student: User) -> int:
    """Sit the exam through the Sessions API, which serves every question at the start; return the session's id."""
    with _at(timedelta(0)):
        api = api_of(student)
        data = api.post("/sessions/start/", {"exam_id": world.practice.pk}).data
    places = {row["exam_question"]["question"]["id"]: row["exam_question"]["id"] for row in data["answers"]}
    for seconds, question_id, option_id in _answers(list(places)):
        with _at(seconds * SECOND):
            saved = {"exam_question_id": places[question_id], "selected_answer_id": option_id}
            assert api.post(f"/sessions/{data['id']}/answers/", saved).status == 201
    with _at(DAY - timedelta(hours=1)):
        assert api.get(f"/sessions/{data['id']}/result/").data["percentage"] is not None
    session_id: int = data["id"]
    return session_id


def _answers(questions: list[int]) -> list[tuple[int, int, int]]:
    """Return (seconds, question, option) in the order of time."""
    given = [
        (deed[0], question_id, key_of(question_id) if deed[1] else wrong_of(question_id))
        for question_id, deed in zip(questions, DEEDS, strict=True)
        if deed is not None
    ]
    return sorted(given)


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _kept(session_id: int) -> dict[str, Any]:
    """Return all that the store holds of a sitting but for ids, the code, the seed and whose it is."""
    session = ExamSession.objects.get(pk=session_id)
    result = ExamResult.objects.get(session=session)
    return {
        "session": _fields(
            session,
            "exam_id",
            "paper_id",
            "status",
            "start_time",
            "end_time",
            "limit_at",
            "submitted_at",
            "total_score",
            "attempt_number",
            "active_key",
        ),
        "result": _fields(
            result,
            "exam_id",
            "total_score",
            "percentage",
            "correct_count",
            "wrong_count",
            "unanswered_count",
            "submitted_at",
            "status",
        ),
        "answers": [
            _fields(
                row,
                "position",
                "exam_question_id",
                "points",
                "score",
                "served_at",
                "answered_at",
                "is_correct",
                "selected_answer_id",
                "selected_answer_ids",
                "answer_text",
            )
            for row in StudentAnswer.objects.filter(session=session).order_by("position")
        ],
        "log": [
            _fields(row, "actions", "timestamp", "detail")
            for row in ExamLog.objects.filter(session=session).order_by("id")
        ],
    }


def test_score_log_and_result_are_the_same() -> None:
    # Neither drawn nor shuffled, so that both sit the very same questions in the same order.
    world = make_certification(bank=len(DEEDS), draw_count=None, shuffle=False)
    here, there = _kept(_sat_here(world, world.alice)), _kept(_sat_there(world, world.bob))
    assert here == there
    assert [line["actions"] for line in here["log"]] == [
        "exam_started",
        *["answer_submitted"] * 5,
        "exam_submitted",
    ]
    assert (here["session"]["status"], here["session"]["end_time"]) == ("completed", NOW + CLOCK)
    assert (here["result"]["percentage"], here["result"]["correct_count"]) == (Decimal("57.15"), 4)


def test_an_exam_begun_there_is_gone_on_with_here() -> None:
    world = make_certification()
    with _at(timedelta(0)):
        data = api_of(world.alice).post("/sessions/start/", {"exam_id": world.practice.pk}).data
        browser = browser_of(world.alice)
        body = browser.post("/get_exam_questions/", {"tipo_examen": "prueba"}).body
    assert body["examen"] == data["id"]
    assert body["preguntas"] == [row["exam_question"]["question"]["id"] for row in data["answers"]]
    with _at(64 * SECOND):
        asked = {"examen": body["examen"], "pregunta": body["preguntas"][0]}
        assert browser.patch("/get_questions_answers/", asked).status == 200
        saved = {**asked, "respuesta": key_of(body["preguntas"][0])}
        assert browser.patch("/update_exam_answer/", saved).status == 200
    with _at(65 * SECOND):
        late = {"examen": body["examen"], "pregunta": body["preguntas"][1]}
        assert browser.patch("/get_questions_answers/", late).refused(400, "Time limit exceeded.")


def test_an_exam_begun_here_is_gone_on_with_there() -> None:
    world = make_certification(bank=3)
    with _at(timedelta(0)):
        browser = browser_of(world.alice)
        body = browser.post("/get_exam_questions/", {"tipo_examen": "prueba"}).body
        asked = {"examen": body["examen"], "pregunta": body["preguntas"][0]}
        browser.patch("/get_questions_answers/", asked)
    api = api_of(world.alice)
    with _at(SECOND):
        rows = api.get(f"/sessions/{body['examen']}/").data["answers"]
        answers = {row["exam_question"]["question"]["id"]: row["exam_question"]["id"] for row in rows}
        shown = {row["exam_question"]["question"]["id"]: row["exam_question"]["question"] for row in rows}
        served, unserved = body["preguntas"][:2]
        assert (bool(shown[served]["question_text"]), len(shown[served]["answers"])) == (True, 4)
        hidden: dict[str, object] = {"question_text": None, "image_url": None, "answers": []}
        assert {name: shown[unserved][name] for name in hidden} == hidden
        path = f"/sessions/{body['examen']}/answers/"
        saved = {"exam_question_id": answers[served], "selected_answer_id": key_of(served)}
        assert api.post(path, saved).status == 201
        early = {"exam_question_id": answers[unserved], "selected_answer_id": key_of(unserved)}
        assert api.post(path, early).refused(400, "This question has not been served yet")
