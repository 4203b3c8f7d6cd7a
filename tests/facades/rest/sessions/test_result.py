"""GET /sessions/{id}/result/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.builders import World, make_world
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most


def _answer(api: Api, world: World, session: dict[str, Any]) -> None:
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key()}
    assert api.post(f"/sessions/{session['id']}/answers/", body).status == 201


def test_the_result_is_what_the_hand_in_answered(world: World, alice: Api, session: dict[str, Any]) -> None:
    _answer(alice, world, session)
    handed_in = alice.post(f"/sessions/{session['id']}/submit/")
    answer = alice.get(f"/sessions/{session['id']}/result/")
    assert answer.body == {"success": True, "data": handed_in.data}


def test_staff_of_the_class_see_it_whole_whatever_the_policy(db: None) -> None:
    world = make_world(reveal_policy="never")
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    _answer(alice, world, session)
    alice.post(f"/sessions/{session['id']}/submit/")
    own = alice.get(f"/sessions/{session['id']}/result/").data
    assert (own["percentage"], own["answers_summary"][0]["correct_answer"]) == (None, None)
    for staff in (api_of(world.teacher), api_of(world.admin)):
        data = staff.get(f"/sessions/{session['id']}/result/").data
        assert (data["percentage"], data["answers_summary"][0]["correct_answer"]) == ("33.34", "23")


def test_a_running_session_has_none(alice: Api, teacher: Api, session: dict[str, Any]) -> None:
    for viewer in (alice, teacher):
        assert viewer.get(f"/sessions/{session['id']}/result/").refused(404, "Result not found")


def test_a_session_that_the_clock_ended_has_one(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    _answer(alice, world, session)
    clock.shift(timedelta(hours=1))
    data = alice.get(f"/sessions/{session['id']}/result/").data
    assert data["session"]["status"] == "timeout"
    assert (data["time_taken"], data["unanswered_count"], data["total_score"]) == (45, 2, "26.67")
    assert data["submitted_at"] == "2026-03-10T10:15:15.123456Z"


def test_an_abandoned_session_has_none(alice: Api, session: dict[str, Any], clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=1))
    assert alice.get(f"/sessions/{session['id']}/result/").refused(404, "Result not found")


def test_somebody_elses_result_does_not_exist(
    alice: Api, bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    for other in (bob, charlie, other_teacher):
        assert other.get(f"/sessions/{session['id']}/result/").refused(404, "Session not found")


def test_without_credentials_it_is_not_shown(nobody: Api, session: dict[str, Any]) -> None:
    assert nobody.get(f"/sessions/{session['id']}/result/").refused(401)


@pytest.mark.usefixtures("world")
def test_the_result_of_an_unknown_session_does_not_exist(alice: Api) -> None:
    assert alice.get("/sessions/999999/result/").refused(404, "Session not found")


def test_it_takes_at_most_six_statements(alice: Api, session: dict[str, Any]) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    with assert_queries_at_most(6):
        assert alice.get(f"/sessions/{session['id']}/result/").status == 200
