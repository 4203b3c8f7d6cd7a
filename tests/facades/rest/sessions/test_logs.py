"""GET /sessions/{id}/logs/"""

from datetime import timedelta
from typing import Any

import time_machine

from tests.builders import World
from tests.facades.rest.api import Api
from tests.queries import assert_queries_at_most


def test_everything_that_happened_is_listed_in_order(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    place = world.questions[0].pk
    clock.shift(timedelta(seconds=30))
    alice.post(f"/sessions/{session['id']}/answers/", {"exam_question_id": place, "selected_answer_id": world.key()})
    clock.shift(timedelta(seconds=30))
    alice.post(f"/sessions/{session['id']}/submit/")
    data = alice.get(f"/sessions/{session['id']}/logs/").data
    assert data["session"] == {
        "id": session["id"],
        "code": session["code"],
        "student": {"id": world.alice.pk, "fullName": "Alice Owner"},
    }
    assert [(log["actions"], log["timestamp"], log["detail"]) for log in data["logs"]] == [
        ("exam_started", "2026-03-10T09:30:15.123456Z", "Student started the exam"),
        ("answer_submitted", "2026-03-10T09:30:45.123456Z", "Answered question P1"),
        ("exam_submitted", "2026-03-10T09:31:15.123456Z", "Student submitted the exam"),
    ]


def test_staff_of_the_class_read_it(teacher: Api, admin: Api, alice: Api, session: dict[str, Any]) -> None:
    own = alice.get(f"/sessions/{session['id']}/logs/")
    for staff in (teacher, admin):
        assert staff.get(f"/sessions/{session['id']}/logs/").body == own.body


def test_a_time_out_is_logged_once(alice: Api, session: dict[str, Any], clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=2))
    first = alice.get(f"/sessions/{session['id']}/logs/").data["logs"]
    assert [log["actions"] for log in first] == ["exam_started", "exam_abandoned"]
    assert alice.get(f"/sessions/{session['id']}/logs/").data["logs"] == first


def test_somebody_elses_log_does_not_exist(bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]) -> None:
    for other in (bob, charlie, other_teacher):
        assert other.get(f"/sessions/{session['id']}/logs/").refused(404, "Session not found")


def test_without_credentials_it_is_not_shown(nobody: Api, session: dict[str, Any]) -> None:
    assert nobody.get(f"/sessions/{session['id']}/logs/").refused(401)


def test_the_log_of_an_unknown_session_does_not_exist(alice: Api) -> None:
    assert alice.get("/sessions/999999/logs/").refused(404, "Session not found")


def test_it_takes_at_most_six_statements(alice: Api, session: dict[str, Any]) -> None:
    with assert_queries_at_most(6):
        assert alice.get(f"/sessions/{session['id']}/logs/").status == 200
