"""POST /exam_result/"""

from datetime import timedelta

import pytest

from tests.certification import FINAL, Certification, begin, sit
from tests.facades.examenes.bodies import NO_EXAM, UNKNOWN
from tests.facades.examenes.browser import Browser

RESULT = "/exam_result/"


def test_a_finished_exam_shows_its_grade_and_when_it_was_begun(world: Certification, alice: Browser) -> None:
    exam = sit(world.alice, FINAL, right=4, at=timedelta(seconds=-15, microseconds=-123456))
    assert alice.post(RESULT, {"examen": exam.id}).body == {
        "examen": {
            "tipo_examen": "final",
            "calificacion": 100.0,
            "nivel": "avanzado",
            "fecha": "2026-03-10T09:30:00Z",
            "aprobado": True,
        }
    }


def test_a_running_exam_has_no_grade(world: Certification, alice: Browser) -> None:
    exam = begin(world.alice)
    assert alice.post(RESULT, {"examen": exam.id}).body == {
        "examen": {
            "tipo_examen": "prueba",
            "calificacion": None,
            "nivel": None,
            "fecha": "2026-03-10T09:30:15.123456Z",
            "aprobado": None,
        }
    }


@pytest.mark.parametrize("exam_id", UNKNOWN)
def test_an_unknown_exam_does_not_exist(alice: Browser, exam_id: int) -> None:
    assert alice.post(RESULT, {"examen": exam_id}).refused(400, "Exam not found.")


def test_somebody_elses_exam_does_not_exist(
    world: Certification, bob: Browser, teacher: Browser, admin: Browser
) -> None:
    exam = sit(world.alice, right=2)
    for other in (bob, teacher, admin):
        assert other.post(RESULT, {"examen": exam.id}).refused(400, "Exam not found.")


@pytest.mark.parametrize(("body", "error"), NO_EXAM)
def test_a_body_that_names_no_exam_is_refused(alice: Browser, body: object, error: str) -> None:
    assert alice.post(RESULT, body).refused(400, error)


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.post(RESULT, {"examen": 1}).refused(401, "Authentication required.")


def test_only_post(alice: Browser) -> None:
    assert alice.get(RESULT).refused(405, "Method not allowed.")
