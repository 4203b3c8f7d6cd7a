"""POST /exam_info/"""

from datetime import timedelta

import pytest
import time_machine

from examhall.engine.sessions import start_session
from examhall.store.models import User
from tests.builders import NOW, actor, make_class, make_exam
from tests.certification import CLOCK, FINAL, INSTANT, Certification, answer, begin, serve, sit
from tests.facades.examenes.bodies import NO_EXAM, UNKNOWN
from tests.facades.examenes.browser import Browser
from tests.queries import assert_queries_at_most

INFO = "/exam_info/"


def test_a_finished_exam_shows_its_grade(world: Certification, alice: Browser) -> None:
    exam = sit(world.alice, FINAL, right=3)
    assert alice.post(INFO, {"examen": exam.id}).body == {
        "calificacion": 75.0,
        "nivel": "intermedio",
        "tipo_examen": "final",
        "aprobado": True,
    }


def test_a_running_exam_has_none(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    answer_of = alice.post(INFO, {"examen": exam.id})
    assert (answer_of.status, answer_of.body) == (
        200,
        {"calificacion": None, "nivel": None, "tipo_examen": "prueba", "aprobado": None},
    )


def test_looking_closes_it_in_the_instant_in_which_its_last_clock_is_over(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    exam = begin(world.alice)
    for index in range(3):
        serve(world.alice, exam, index)
    answer(world.alice, exam, 0)
    clock.move_to(NOW + CLOCK - INSTANT)
    assert alice.post(INFO, {"examen": exam.id}).body["aprobado"] is None
    clock.move_to(NOW + CLOCK)
    assert alice.post(INFO, {"examen": exam.id}).body["aprobado"] is False


def test_an_abandoned_exam_comes_to_zero(world: Certification, alice: Browser, clock: time_machine.Traveller) -> None:
    exam = begin(world.alice)
    clock.move_to(NOW + timedelta(hours=2))
    assert alice.post(INFO, {"examen": exam.id}).body == {
        "calificacion": 0.0,
        "nivel": "basico",
        "tipo_examen": "prueba",
        "aprobado": False,
    }


@pytest.mark.parametrize("exam_id", UNKNOWN)
def test_an_unknown_exam_does_not_exist(alice: Browser, exam_id: int) -> None:
    assert alice.post(INFO, {"examen": exam_id}).refused(400, "Exam not found.")


def test_somebody_elses_exam_does_not_exist(
    world: Certification, bob: Browser, teacher: Browser, admin: Browser
) -> None:
    exam = sit(world.alice, right=2)
    for other in (bob, teacher, admin):
        assert other.post(INFO, {"examen": exam.id}).refused(400, "Exam not found.")


def test_a_session_that_is_no_certification_exam_does_not_exist(world: Certification, alice: Browser) -> None:
    exam = make_exam(make_class(world.teacher, world.alice), *world.bank[:1])
    session = start_session(actor=actor(world.alice), exam_id=exam.pk, now=NOW)
    assert alice.post(INFO, {"examen": session.id}).refused(400, "Exam not found.")


@pytest.mark.parametrize(("body", "error"), NO_EXAM)
def test_a_body_that_names_no_exam_is_refused(alice: Browser, body: object, error: str) -> None:
    assert alice.post(INFO, body).refused(400, error)


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.post(INFO, {"examen": 1}).refused(401, "Authentication required.")


def test_a_deactivated_candidate_is_nobody(world: Certification, alice: Browser) -> None:
    exam = sit(world.alice, right=2)
    token = alice.token()
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert alice.send("POST", INFO, {"examen": exam.id}, token=token).refused(401, "Authentication required.")


def test_only_post(alice: Browser) -> None:
    assert alice.get(INFO).refused(405, "Method not allowed.")


def test_it_takes_five_statements(world: Certification, alice: Browser) -> None:
    exam, token = sit(world.alice, right=2), alice.token()
    with assert_queries_at_most(5):
        alice.send("POST", INFO, {"examen": exam.id}, token=token)
