"""GET /sessions/{id}/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.builders import World, make_world
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most


def _options(data: dict[str, Any]) -> set[bool | None]:
    return {
        option["is_correct"] for answer in data["answers"] for option in answer["exam_question"]["question"]["answers"]
    }


def test_the_owner_sees_the_session_with_its_log(alice: Api, session: dict[str, Any]) -> None:
    data = alice.get(f"/sessions/{session['id']}/").data
    assert set(data) == {
        "id", "exam", "student", "code", "start_time", "end_time", "total_score", "status", "submitted_at", "answers",
        "logs",
    }  # fmt: skip
    assert data["answers"] == session["answers"]
    assert data["exam"] == session["exam"]
    (log,) = data["logs"]
    assert (log["actions"], log["timestamp"]) == ("exam_started", "2026-03-10T09:30:15.123456Z")
    assert log["detail"] == "Student started the exam"


def test_the_owner_sees_no_key_while_it_runs(alice: Api, session: dict[str, Any]) -> None:
    assert _options(alice.get(f"/sessions/{session['id']}/").data) == {None}


def test_the_owner_sees_the_key_after_handing_in(alice: Api, session: dict[str, Any]) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    data = alice.get(f"/sessions/{session['id']}/").data
    assert _options(data) == {True, False}
    assert {answer["is_correct"] for answer in data["answers"]} == {False}
    assert data["status"] == "completed"


def test_staff_of_the_class_always_see_the_key(teacher: Api, admin: Api, session: dict[str, Any]) -> None:
    for staff in (teacher, admin):
        assert _options(staff.get(f"/sessions/{session['id']}/").data) == {True, False}


def test_a_look_closes_a_session_whose_time_is_up(
    teacher: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=1))
    data = teacher.get(f"/sessions/{session['id']}/").data
    assert data["status"] == "abandoned"
    assert data["end_time"] == "2026-03-10T10:15:15.123456Z"


def test_somebody_elses_session_does_not_exist(
    bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    for other in (bob, charlie, other_teacher):
        assert other.get(f"/sessions/{session['id']}/").refused(404, "Session not found")


def test_without_credentials_it_is_not_shown(nobody: Api, session: dict[str, Any]) -> None:
    assert nobody.get(f"/sessions/{session['id']}/").refused(401)


@pytest.mark.parametrize("number", ["999999", "9223372036854775807"])
def test_an_unknown_session_does_not_exist(alice: Api, number: str) -> None:
    assert alice.get(f"/sessions/{number}/").refused(404, "Session not found")


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "1e3", "abc", "007", "٣"])
def test_what_is_no_id_is_no_address(alice: Api, number: str) -> None:
    assert alice.get(f"/sessions/{number}/").refused(404, "Not found")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [1, 30])
def test_it_takes_at_most_six_statements_whatever_the_paper(questions: int) -> None:
    world: World = make_world(questions=questions)
    alice = api_of(world.alice)
    number = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data["id"]
    with assert_queries_at_most(6):
        assert alice.get(f"/sessions/{number}/").status == 200
