"""GET /sessions/active/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.builders import World
from tests.facades.rest.api import Api
from tests.queries import assert_queries_at_most

ACTIVE = "/sessions/active/"


def test_the_running_session_is_shown_at_a_glance(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    place = world.questions[1].pk
    alice.post(f"/sessions/{session['id']}/answers/", {"exam_question_id": place, "selected_answer_id": world.key(1)})
    clock.shift(timedelta(minutes=10, seconds=0.5))
    assert alice.get(ACTIVE).data == {
        "id": session["id"],
        "exam": {"id": world.exam.pk, "title": "Primes and factors", "minutes": 45},
        "code": session["code"],
        "start_time": "2026-03-10T09:30:15.123456Z",
        "status": "in_progress",
        "time_remaining": 35 * 60 - 1,
        "answered_count": 1,
        "total_questions": 3,
        "progress_percentage": 33.33,
    }


def test_whoever_sits_nothing_has_none(world: World, alice: Api) -> None:
    assert world.exam.pk
    assert alice.get(ACTIVE).refused(404, "No active session found")


def test_another_students_session_is_not_shown(session: dict[str, Any], bob: Api) -> None:
    assert session["id"]
    assert bob.get(ACTIVE).refused(404)


def test_a_session_that_was_handed_in_is_not_active(session: dict[str, Any], alice: Api) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    assert alice.get(ACTIVE).refused(404)


@pytest.mark.usefixtures("session")
def test_a_session_whose_time_is_up_is_not_active(alice: Api, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=46))
    assert alice.get(ACTIVE).refused(404)


@pytest.mark.django_db
def test_without_credentials_nothing_is_shown(nobody: Api) -> None:
    assert nobody.get(ACTIVE).refused(401)


@pytest.mark.usefixtures("session")
def test_it_takes_at_most_six_statements(alice: Api) -> None:
    with assert_queries_at_most(6):
        assert alice.get(ACTIVE).status == 200
