"""POST /exam_history/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.store.models import Question, QuestionAnswer
from tests.builders import NOW
from tests.certification import (
    CLOCK,
    FINAL,
    Certification,
    answer,
    begin,
    key_of,
    make_certification,
    serve,
    sit,
    wrong_of,
)
from tests.facades.examenes.bodies import NO_EXAM, UNKNOWN
from tests.facades.examenes.browser import Browser, browser_of
from tests.queries import assert_queries_at_most

HISTORY = "/exam_history/"
SECOND = timedelta(seconds=1)


def option(option_id: int, correct: bool | None) -> dict[str, Any]:
    return {"id": option_id, "descripcion": QuestionAnswer.objects.get(pk=option_id).text, "correcta": correct}


def test_a_finished_exam_is_shown_question_by_question(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice, FINAL)
    for index in (0, 1, 2):
        serve(world.alice, exam, index, at=index * SECOND)
    answer(world.alice, exam, 0, at=12.5 * SECOND)
    answer(world.alice, exam, 1, right=False, at=31 * SECOND)
    clock.move_to(NOW + timedelta(hours=3))
    shown = alice.post(HISTORY, {"examen": exam.id}).body
    assert list(shown) == ["examen", "historial", "resumen"]
    assert shown["examen"] == {
        "id": exam.id,
        "tipo_examen": "final",
        "calificacion": 25.0,
        "nivel": "basico",
        "fecha": "2026-03-10T09:30:15.123456Z",
        "aprobado": False,
    }
    assert shown["resumen"] == {
        "total_preguntas": 4,
        "respuestas_correctas": 1,
        "respuestas_incorrectas": 1,
        "sin_responder": 2,
    }
    right, wrong, late, never = shown["historial"]
    first, second, third, fourth = exam.question_ids
    question = Question.objects.get(pk=first)
    assert list(right) == [
        "pregunta",
        "opciones_respuesta",
        "respuesta_usuario",
        "respuesta_correcta",
        "es_correcta",
        "tiempo_inicio",
        "tiempo_fin",
        "tiempo_respuesta",
    ]
    assert (right["pregunta"]["id"], right["pregunta"]["descripcion"]) == (first, question.question_text)
    assert right["respuesta_usuario"] == right["respuesta_correcta"] == option(key_of(first), True)
    assert (right["es_correcta"], right["tiempo_inicio"], right["tiempo_fin"], right["tiempo_respuesta"]) == (
        True,
        "2026-03-10T09:30:15.123456Z",
        "2026-03-10T09:30:27.623456Z",
        12.5,
    )
    assert wrong["respuesta_usuario"] == option(wrong_of(second), False)
    assert wrong["respuesta_correcta"] == option(key_of(second), True)
    assert (wrong["es_correcta"], wrong["tiempo_respuesta"]) == (False, 30.0)
    assert late["respuesta_usuario"] is None
    assert late["respuesta_correcta"] == option(key_of(third), True)
    assert (late["es_correcta"], late["tiempo_fin"], late["tiempo_respuesta"]) == (False, None, None)
    assert late["tiempo_inicio"] == "2026-03-10T09:30:17.123456Z"
    assert never["respuesta_correcta"] == option(key_of(fourth), True)
    assert (never["es_correcta"], never["tiempo_inicio"], never["tiempo_fin"]) == (False, None, None)
    for line in shown["historial"]:
        correct = {one["id"]: one["correcta"] for one in line["opciones_respuesta"]}
        assert len(correct) == 4
        assert [one for one, is_key in correct.items() if is_key] == [key_of(line["pregunta"]["id"])]


def test_the_options_stand_in_the_order_in_which_they_were_served(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    served = [
        alice.patch("/get_questions_answers/", {"examen": exam.id, "pregunta": one}).body["pregunta"]["respuestas"]
        for one in exam.question_ids
    ]
    shown = [line["opciones_respuesta"] for line in _lines(alice, exam.id)]
    assert [[one["id"] for one in options] for options in shown] == [[one["id"] for one in row] for row in served]


def test_a_running_exam_hides_what_is_still_to_be_answered(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    answer(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    shown = alice.post(HISTORY, {"examen": exam.id}).body
    assert (shown["examen"]["calificacion"], shown["examen"]["nivel"], shown["examen"]["aprobado"]) == (None,) * 3
    answered, running, unserved = shown["historial"]
    assert answered["es_correcta"] is True
    assert answered["respuesta_correcta"]["correcta"] is True
    assert {one["correcta"] for one in running["opciones_respuesta"]} == {None}
    assert (running["respuesta_usuario"], running["respuesta_correcta"], running["es_correcta"]) == (None, None, None)
    assert unserved == {
        "pregunta": {"id": exam.question_ids[2], "descripcion": None, "imagen": None},
        "opciones_respuesta": [],
        "respuesta_usuario": None,
        "respuesta_correcta": None,
        "es_correcta": None,
        "tiempo_inicio": None,
        "tiempo_fin": None,
        "tiempo_respuesta": None,
    }


def test_no_answer_of_a_running_exam_holds_the_text_or_the_key_of_a_question_to_come(
    world: Certification, alice: Browser
) -> None:
    exam = begin(world.alice)
    texts = [Question.objects.get(pk=one).question_text for one in exam.question_ids]
    keys = [QuestionAnswer.objects.get(pk=key_of(one)).text for one in exam.question_ids]
    for path in ("/exam_history/", "/exam_info/", "/exam_result/"):
        shown = str(alice.post(path, {"examen": exam.id}).body)
        assert not [text for text in (*texts, *keys) if text in shown]
    assert "True" not in str(alice.get("/user_exams/").body)


def test_the_images_are_absolute_addresses(world: Certification, alice: Browser) -> None:
    exam = sit(world.alice, FINAL, right=4)
    shown = {line["pregunta"]["id"]: line["pregunta"]["imagen"] for line in _lines(alice, exam.id)}
    expected = {
        world.bank[0].pk: "http://testserver/media/tablas/colores.svg",
        world.bank[1].pk: "https://imagenes.example/colores.png",
    }
    assert shown == {one: expected.get(one) for one in exam.question_ids}


def test_while_the_next_attempt_runs_the_keys_are_null(world: Certification, alice: Browser) -> None:
    earlier = sit(world.alice, right=2)
    begin(world.alice)
    for line in _lines(alice, earlier.id):
        assert (line["respuesta_correcta"], line["es_correcta"]) == (None, None)
        assert {one["correcta"] for one in (*line["opciones_respuesta"], line["respuesta_usuario"])} == {None}


def test_a_question_of_a_clock_that_is_over_shows_its_key(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    clock.move_to(NOW + CLOCK)
    line = _lines(alice, exam.id)[0]
    assert (line["es_correcta"], line["respuesta_correcta"]["id"]) == (False, key_of(exam.question_ids[0]))


@pytest.mark.parametrize("exam_id", UNKNOWN)
def test_an_unknown_exam_does_not_exist(alice: Browser, exam_id: int) -> None:
    assert alice.post(HISTORY, {"examen": exam_id}).refused(400, "Exam not found.")


def test_somebody_elses_exam_does_not_exist(
    world: Certification, bob: Browser, teacher: Browser, admin: Browser
) -> None:
    exam = sit(world.alice, right=2)
    for other in (bob, teacher, admin):
        assert other.post(HISTORY, {"examen": exam.id}).refused(400, "Exam not found.")


@pytest.mark.parametrize(("body", "error"), NO_EXAM)
def test_a_body_that_names_no_exam_is_refused(alice: Browser, body: object, error: str) -> None:
    assert alice.post(HISTORY, body).refused(400, error)


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.post(HISTORY, {"examen": 1}).refused(401, "Authentication required.")


def test_only_post(alice: Browser) -> None:
    assert alice.get(HISTORY).refused(405, "Method not allowed.")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [2, 12])
def test_it_takes_six_statements_whatever_the_paper(questions: int) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    exam, alice = sit(world.alice, right=1), browser_of(world.alice)
    token = alice.token()
    with assert_queries_at_most(6):
        alice.send("POST", HISTORY, {"examen": exam.id}, token=token)


def _lines(browser: Browser, exam_id: int) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = browser.post(HISTORY, {"examen": exam_id}).body["historial"]
    return lines
