"""POST /sessions/{id}/log-action/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.store.models import ExamLog
from tests.facades.rest.api import Answer, Api


def _log(api: Api, session: dict[str, Any], action: object = "page_leave") -> Answer:
    return api.post(f"/sessions/{session['id']}/log-action/", {"action": action})


@pytest.mark.parametrize("action", ["page_leave", "page_return", "window-resize", "a" * 100])
def test_a_page_action_is_logged(
    alice: Api, session: dict[str, Any], action: str, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(seconds=3))
    answer = _log(alice, session, action)
    assert (answer.status, answer.body) == (200, {"success": True, "message": "Action logged successfully"})
    logs = alice.get(f"/sessions/{session['id']}/logs/").data["logs"]
    assert (logs[-1]["actions"], logs[-1]["timestamp"]) == (action, "2026-03-10T09:30:18.123456Z")


def test_the_same_action_again_is_logged_again(alice: Api, session: dict[str, Any]) -> None:
    _log(alice, session)
    _log(alice, session)
    assert ExamLog.objects.filter(actions="page_leave").count() == 2


@pytest.mark.parametrize(
    "action",
    ["exam_submitted", "exam-submitted", "answer_updated", "", " ", "a" * 101, "Page leave", "x\ny", "<b>", "ñ"],
)
def test_an_action_that_is_not_the_clients_is_refused(alice: Api, session: dict[str, Any], action: str) -> None:
    answer = _log(alice, session, action)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == {"action"}
    assert ExamLog.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"action"}),
        ({"action": 1}, {"action"}),
        ({"action": None}, {"action"}),
        ({"action": "page_leave\x00"}, {"action"}),
        ({"action": "page_leave", "detail": "x"}, {"detail"}),
        (b"page_leave", {"non_field_errors"}),
    ],
)
def test_a_body_that_is_no_action_is_refused(
    alice: Api, session: dict[str, Any], body: object, fields: set[str]
) -> None:
    answer = alice.post(f"/sessions/{session['id']}/log-action/", body)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == fields


def test_a_burst_is_bounded_and_says_when_to_come_back(
    alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    assert {_log(alice, session).status for _ in range(30)} == {200}
    answer = _log(alice, session)
    assert answer.refused(429, "Too many actions; try again later")
    clock.shift(timedelta(seconds=int(answer.headers["Retry-After"])))
    assert _log(alice, session).status == 200


def test_a_closed_session_logs_no_page_actions(alice: Api, session: dict[str, Any]) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    assert _log(alice, session).refused(400, "Session is not active")


def test_somebody_elses_session_does_not_exist(
    bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    for other in (bob, charlie, other_teacher):
        assert _log(other, session).refused(404, "Session not found")


def test_staff_do_not_log_for_a_student(teacher: Api, admin: Api, session: dict[str, Any]) -> None:
    for staff in (teacher, admin):
        assert _log(staff, session).refused(403)


def test_without_credentials_nothing_is_logged(nobody: Api, session: dict[str, Any]) -> None:
    assert _log(nobody, session).refused(401)


@pytest.mark.usefixtures("world")
def test_an_unknown_session_does_not_exist(alice: Api) -> None:
    assert alice.post("/sessions/999999/log-action/", {"action": "page_leave"}).refused(404, "Session not found")
