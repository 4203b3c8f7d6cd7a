"""PATCH /get_questions_answers/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.engine.snapshots_certification import StartedExam
from examhall.store.models import Question, QuestionAnswer, StudentAnswer, User
from tests.builders import NOW
from tests.certification import CLOCK, FINAL, INSTANT, Certification, answer, begin, make_certification, sit
from tests.facades.examenes.bodies import UNKNOWN
from tests.facades.examenes.browser import Answer, Browser, browser_of
from tests.queries import assert_queries_at_most

SERVE = "/get_questions_answers/"


def fetch(browser: Browser, exam: StartedExam, index: int = 0) -> Answer:
    return browser.patch(SERVE, {"examen": exam.id, "pregunta": exam.question_ids[index]})


def test_a_question_comes_with_its_options_and_without_its_key(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    answer_of = fetch(alice, exam, 1)
    assert (answer_of.status, list(answer_of.body)) == (200, ["pregunta"])
    shown = answer_of.body["pregunta"]
    assert list(shown) == ["id", "descripcion", "imagen", "respuestas"]
    assert (shown["id"], shown["descripcion"]) == (
        exam.question_ids[1],
        Question.objects.get(pk=exam.question_ids[1]).question_text,
    )
    assert {one["id"]: one["descripcion"] for one in shown["respuestas"]} == dict(
        QuestionAnswer.objects.filter(question_id=exam.question_ids[1]).values_list("id", "text")
    )
    assert {tuple(one) for one in shown["respuestas"]} == {("id", "descripcion")}


def test_the_image_is_an_absolute_address_or_null(world: Certification, alice: Browser) -> None:
    seen: dict[int, str | None] = {}
    for person, browser in ((world.alice, alice), (world.bob, browser_of(world.bob))):
        exam = begin(person, FINAL)
        for index, question_id in enumerate(exam.question_ids):
            seen[question_id] = fetch(browser, exam, index).body["pregunta"]["imagen"]
    images: dict[int, str] = {
        world.bank[0].pk: "http://testserver/media/tablas/colores.svg",
        world.bank[1].pk: "https://imagenes.example/colores.png",
    }
    assert seen == {question_id: images.get(question_id) for question_id in seen}


def test_fetching_it_again_while_it_runs_gives_the_same_and_no_time(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice)
    first = fetch(alice, exam)
    clock.move_to(NOW + CLOCK - INSTANT)
    assert fetch(alice, exam).body == first.body
    clock.move_to(NOW + CLOCK)
    assert fetch(alice, exam).refused(400, "Time limit exceeded.")


def test_the_clock_runs_from_the_first_time(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    fetch(alice, exam)
    served = StudentAnswer.objects.filter(session_id=exam.id).exclude(served_at=None)
    assert list(served.values_list("exam_question__question_id", "served_at")) == [(exam.question_ids[0], NOW)]


def test_an_answered_question_is_refused(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    fetch(alice, exam)
    answer(world.alice, exam)
    assert fetch(alice, exam).refused(400, "This question has already been answered.")


def test_a_question_that_was_not_drawn_is_refused(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    others = [question.pk for question in world.bank if question.pk not in exam.question_ids]
    for question_id in (*others, *UNKNOWN):
        answer_of = alice.patch(SERVE, {"examen": exam.id, "pregunta": question_id})
        assert answer_of.refused(400, "This question does not belong to the exam.")


@pytest.mark.parametrize("exam_id", UNKNOWN)
def test_an_unknown_exam_does_not_exist(alice: Browser, exam_id: int) -> None:
    assert alice.patch(SERVE, {"examen": exam_id, "pregunta": 1}).refused(400, "Exam not found.")


def test_somebody_elses_exam_does_not_exist_and_its_clocks_stand(world: Certification, bob: Browser) -> None:
    exam = begin(world.alice)
    assert fetch(bob, exam).refused(400, "Exam not found.")
    assert not StudentAnswer.objects.exclude(served_at=None).exists()


def test_staff_are_served_nothing(world: Certification, teacher: Browser, admin: Browser) -> None:
    exam = begin(world.alice)
    for staff in (teacher, admin):
        assert fetch(staff, exam).refused(403, "Only students can take exams.")


def test_an_exam_that_is_over_serves_nothing(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice)
    clock.move_to(NOW + timedelta(hours=2))
    assert fetch(alice, exam).refused(400, "This exam is over.")
    assert fetch(alice, exam).refused(400, "This exam is over.")


def test_a_finished_exam_serves_nothing(world: Certification, alice: Browser) -> None:
    assert fetch(alice, sit(world.alice, right=1)).refused(400, "This question has already been answered.")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"pregunta": 1}, "examen: This field is required."),
        ({"examen": 1}, "pregunta: This field is required."),
        ({"examen": "1", "pregunta": 1}, "examen: Expected a whole number."),
        ({"examen": 1, "pregunta": None}, "pregunta: Expected a whole number."),
        ({"examen": 1, "pregunta": 0}, "pregunta: Must be at least 1."),
        ({"examen": 1, "pregunta": 2**63}, "pregunta: Must be at most 9223372036854775807."),
        ({"examen": 1, "pregunta": 1, "respuesta": 1}, "respuesta: Unknown field."),
        ([], "Expected an object."),
        (b"{", "The body is not valid JSON."),
    ],
)
def test_a_body_that_names_no_question_is_refused(alice: Browser, body: Any, error: str) -> None:
    assert alice.patch(SERVE, body).refused(400, error)


def test_nobody_is_told_to_sign_in(world: Certification) -> None:
    exam = begin(world.alice)
    assert fetch(Browser(), exam).refused(401, "Authentication required.")


def test_a_deactivated_candidate_is_nobody(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert fetch(alice, exam).status == 401
    assert not StudentAnswer.objects.exclude(served_at=None).exists()


def test_only_patch(alice: Browser) -> None:
    assert alice.get(SERVE).refused(405, "Method not allowed.")
    assert alice.post(SERVE).refused(405, "Method not allowed.")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [2, 12])
def test_it_takes_six_statements_whatever_the_paper(questions: int) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    exam, alice = begin(world.alice), browser_of(world.alice)
    token, body = alice.token(), {"examen": exam.id, "pregunta": exam.question_ids[0]}
    with assert_queries_at_most(6):
        assert alice.send("PATCH", SERVE, body, token=token).status == 200
