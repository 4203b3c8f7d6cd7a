"""Simultaneous `/get_exam_questions/` over HTTP, through cookies and CSRF token: never an attempt too many."""

from functools import partial

import pytest

from tests.concurrency.http.client import Answer, Line, race
from tests.concurrency.http.conftest import Open
from tests.concurrency.http.people import sign_up_candidate
from tests.concurrency.http.school import ATTEMPTS
from tests.concurrency.http.server import Site

pytestmark = [pytest.mark.concurrency, pytest.mark.xdist_group("http"), pytest.mark.timeout(300)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))

_USED_UP = (400, f"You have used all {ATTEMPTS} attempts of this exam.")


def _begin(line: Line) -> Answer:
    return line.call("POST", "/get_exam_questions/", {"tipo_examen": "final"})


def _sit(line: Line, begun: Answer, keys: dict[int, int]) -> None:
    """Answer every question of an exam, which closes it."""
    for question_id in begun.body["preguntas"]:
        place = {"examen": begun.body["examen"], "pregunta": question_id}
        assert line.call("PATCH", "/get_questions_answers/", place).status == 200
        assert line.call("PATCH", "/update_exam_answer/", place | {"respuesta": keys[question_id]}).status == 200


@rounds
def test_twenty_simultaneous_calls_at_the_last_attempt_give_exactly_one_new_exam(
    site: Site, line: Line, lines_of: Open, attempt: int
) -> None:
    lines = lines_of(sign_up_candidate(line), 20)
    for _ in range(ATTEMPTS - 1):
        _sit(lines[0], _begin(lines[0]), site.school.final_keys)
    before = {exam["id"] for exam in lines[0].call("GET", "/user_exams/").body["examenes"]}
    assert len(before) == ATTEMPTS - 1
    answers = race([partial(_begin, each) for each in lines])
    assert {answer.status for answer in answers} == {200}
    assert all(answer.body == answers[0].body for answer in answers)
    after = {exam["id"] for exam in lines[0].call("GET", "/user_exams/").body["examenes"]}
    assert after - before == {answers[0].body["examen"]}
    assert lines[0].call("GET", "/available_exams/").body["avaible_exams_final"] == 0


def test_twenty_simultaneous_calls_after_the_last_attempt_give_none(site: Site, line: Line, lines_of: Open) -> None:
    lines = lines_of(sign_up_candidate(line), 20)
    for _ in range(ATTEMPTS):
        _sit(lines[0], _begin(lines[0]), site.school.final_keys)
    answers = race([partial(_begin, each) for each in lines])
    assert {answer.refusal for answer in answers} == {_USED_UP}
    assert len(lines[0].call("GET", "/user_exams/").body["examenes"]) == ATTEMPTS


def test_without_the_token_twenty_simultaneous_calls_begin_nothing(site: Site, line: Line, lines_of: Open) -> None:
    alice = sign_up_candidate(line)
    del alice.headers["X-CSRFToken"]
    lines = lines_of(alice, 20)
    answers = race([partial(_begin, each) for each in lines])
    assert {answer.status for answer in answers} == {403}
    assert lines[0].call("GET", "/user_exams/").body == {"examenes": []}
