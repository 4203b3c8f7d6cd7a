"""PATCH /update_exam_answer/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.engine.snapshots_certification import StartedExam
from examhall.store.models import ExamResult, StudentAnswer, User
from tests.builders import NOW
from tests.certification import CLOCK, INSTANT, Certification, begin, key_of, make_certification, serve, wrong_of
from tests.facades.examenes.bodies import UNKNOWN
from tests.facades.examenes.browser import Answer, Browser, browser_of
from tests.queries import assert_queries_at_most

SAVE = "/update_exam_answer/"
SAVED = {"message": "Answer saved successfully."}


def save(browser: Browser, exam: StartedExam, index: int = 0, option: int | None = None) -> Answer:
    question_id = exam.question_ids[index]
    return browser.patch(
        SAVE,
        {
            "examen": exam.id,
            "pregunta": question_id,
            "respuesta": key_of(question_id) if option is None else option,
        },
    )


def test_an_answer_is_saved(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    question_id = serve(world.alice, exam)
    answer = save(alice, exam)
    assert (answer.status, answer.body) == (200, SAVED)
    row = StudentAnswer.objects.get(session_id=exam.id, exam_question__question_id=question_id)
    assert (row.selected_answer_id, row.answered_at) == (key_of(question_id), NOW)


def test_the_answer_does_not_tell_whether_it_was_right(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    right, wrong = serve(world.alice, exam, 0), serve(world.alice, exam, 1)
    assert save(alice, exam, 0, key_of(right)).body == save(alice, exam, 1, wrong_of(wrong)).body == SAVED


def test_in_the_last_instant_it_counts_and_after_it_is_too_late(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    clock.move_to(NOW + CLOCK - INSTANT)
    assert save(alice, exam, 0).status == 200
    clock.move_to(NOW + CLOCK)
    assert save(alice, exam, 1).refused(400, "Time limit exceeded.")
    assert StudentAnswer.objects.exclude(answered_at=None).count() == 1


def test_an_answer_is_for_good(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    question_id = serve(world.alice, exam)
    save(alice, exam, option=wrong_of(question_id))
    for option in (wrong_of(question_id), key_of(question_id)):
        assert save(alice, exam, option=option).refused(400, "This question has already been answered.")
    assert StudentAnswer.objects.exclude(answered_at=None).get().selected_answer_id == wrong_of(question_id)


def test_a_question_that_was_not_served_cannot_be_answered(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    assert save(alice, exam).refused(400, "This question has not been requested yet.")


def test_a_question_that_was_not_drawn_is_refused(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    others = [question.pk for question in world.bank if question.pk not in exam.question_ids]
    for question_id in (*others, *UNKNOWN):
        answer = alice.patch(SAVE, {"examen": exam.id, "pregunta": question_id, "respuesta": 1})
        assert answer.refused(400, "This question does not belong to the exam.")


def test_an_option_of_another_question_or_of_none_is_refused(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam)
    for option in (key_of(exam.question_ids[1]), *UNKNOWN):
        assert save(alice, exam, option=option).refused(400, "This answer does not belong to the question.")


@pytest.mark.parametrize("exam_id", UNKNOWN)
def test_an_unknown_exam_does_not_exist(alice: Browser, exam_id: int) -> None:
    body = {"examen": exam_id, "pregunta": 1, "respuesta": 1}
    assert alice.patch(SAVE, body).refused(400, "Exam not found.")


def test_somebody_elses_exam_does_not_exist(world: Certification, bob: Browser) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam)
    assert save(bob, exam).refused(400, "Exam not found.")
    assert not StudentAnswer.objects.exclude(answered_at=None).exists()


def test_staff_answer_nothing(world: Certification, teacher: Browser, admin: Browser) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam)
    for staff in (teacher, admin):
        assert save(staff, exam).refused(403, "Only students can take exams.")


def test_an_exam_that_is_over_takes_no_answer(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    clock.move_to(NOW + timedelta(hours=2))
    assert save(alice, exam, 0).refused(400, "Time limit exceeded.")
    assert save(alice, exam, 1).refused(400, "This exam is over.")


def test_the_last_answer_ends_the_exam(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    for index in range(3):
        serve(world.alice, exam, index)
        assert save(alice, exam, index).status == 200
    assert ExamResult.objects.get(session_id=exam.id).percentage == 100
    assert alice.post("/exam_info/", {"examen": exam.id}).body["aprobado"] is True


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"pregunta": 1, "respuesta": 1}, "examen: This field is required."),
        ({"examen": 1, "respuesta": 1}, "pregunta: This field is required."),
        ({"examen": 1, "pregunta": 1}, "respuesta: This field is required."),
        ({"examen": 1, "pregunta": 1, "respuesta": None}, "respuesta: Expected a whole number."),
        ({"examen": 1, "pregunta": 1, "respuesta": "201"}, "respuesta: Expected a whole number."),
        ({"examen": 1, "pregunta": 1, "respuesta": [201]}, "respuesta: Expected a whole number."),
        ({"examen": 1, "pregunta": 1, "respuesta": 0}, "respuesta: Must be at least 1."),
        ({"examen": 1, "pregunta": 1, "respuesta": 2**63}, "respuesta: Must be at most 9223372036854775807."),
        ({"examen": 1, "pregunta": 1, "respuesta": 1, "correcta": True}, "correcta: Unknown field."),
        ([], "Expected an object."),
        (b"{", "The body is not valid JSON."),
    ],
)
def test_a_body_with_missing_data_is_refused(alice: Browser, body: Any, error: str) -> None:
    assert alice.patch(SAVE, body).refused(400, error)


def test_nobody_is_told_to_sign_in(world: Certification) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam)
    assert save(Browser(), exam).refused(401, "Authentication required.")


def test_a_deactivated_candidate_is_nobody(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert save(alice, exam).status == 401
    assert not StudentAnswer.objects.exclude(answered_at=None).exists()


def test_only_patch(alice: Browser) -> None:
    assert alice.get(SAVE).refused(405, "Method not allowed.")
    assert alice.post(SAVE).refused(405, "Method not allowed.")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [2, 12])
def test_it_takes_eight_statements_whatever_the_paper(questions: int) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    exam, alice = begin(world.alice), browser_of(world.alice)
    question_id = serve(world.alice, exam)
    body = {"examen": exam.id, "pregunta": question_id, "respuesta": key_of(question_id)}
    token = alice.token()
    with assert_queries_at_most(8):
        assert alice.send("PATCH", SAVE, body, token=token).status == 200
