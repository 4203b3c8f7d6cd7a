"""GET /user_exams/"""

from datetime import timedelta

import pytest
import time_machine

from tests.builders import NOW
from tests.certification import FINAL, Certification, begin, sit
from tests.facades.examenes.browser import Browser
from tests.queries import assert_queries_at_most


def test_every_exam_is_listed_with_a_word_for_passed(world: Certification, alice: Browser) -> None:
    passed = sit(world.alice, right=3, at=timedelta(hours=-2))
    failed = sit(world.alice, FINAL, right=1, at=timedelta(hours=-1))
    running = begin(world.alice)
    assert alice.get("/user_exams/").body == {
        "examenes": [
            {
                "id": passed.id,
                "tipo_examen": "prueba",
                "calificacion": 100.0,
                "nivel": "avanzado",
                "fecha": "2026-03-10T07:30:15.123456Z",
                "aprobado": "Aprobado",
            },
            {
                "id": failed.id,
                "tipo_examen": "final",
                "calificacion": 25.0,
                "nivel": "basico",
                "fecha": "2026-03-10T08:30:15.123456Z",
                "aprobado": "Reprobado",
            },
            {
                "id": running.id,
                "tipo_examen": "prueba",
                "calificacion": None,
                "nivel": None,
                "fecha": "2026-03-10T09:30:15.123456Z",
                "aprobado": None,
            },
        ]
    }


def test_grades_are_numbers(world: Certification, alice: Browser) -> None:
    sit(world.alice, FINAL, right=3)
    (listed,) = alice.get("/user_exams/").body["examenes"]
    assert (type(listed["calificacion"]), listed["calificacion"], listed["nivel"]) == (float, 75.0, "intermedio")


def test_an_exam_whose_time_ran_out_is_closed_by_looking(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    begin(world.alice)
    clock.move_to(NOW + timedelta(hours=3))
    (listed,) = alice.get("/user_exams/").body["examenes"]
    assert (listed["calificacion"], listed["nivel"], listed["aprobado"]) == (0.0, "basico", "Reprobado")


def test_exams_of_others_are_not_listed(world: Certification, alice: Browser, teacher: Browser) -> None:
    sit(world.bob, right=1)
    assert alice.get("/user_exams/").body == {"examenes": []}
    assert teacher.get("/user_exams/").body == {"examenes": []}


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.get("/user_exams/").refused(401, "Authentication required.")


def test_only_get(alice: Browser) -> None:
    assert alice.post("/user_exams/").refused(405, "Method not allowed.")


@pytest.mark.parametrize("attempts", [1, 6])
def test_it_takes_five_statements_whatever_the_exams(world: Certification, alice: Browser, attempts: int) -> None:
    for _ in range(attempts):
        sit(world.alice, right=2)
    with assert_queries_at_most(5):
        assert len(alice.get("/user_exams/").body["examenes"]) == attempts
