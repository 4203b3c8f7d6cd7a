"""GET /sessions/my-sessions/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.builders import NOW, World, make_exam, make_question, make_world
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most

MINE = "/sessions/my-sessions/"


def _sit(api: Api, exam_id: int) -> int:
    number: int = api.post("/sessions/start/", {"exam_id": exam_id}).data["id"]
    assert api.post(f"/sessions/{number}/submit/").status == 200
    return number


def test_a_session_is_a_row_of_the_list(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    place = world.questions[0].pk
    alice.post(f"/sessions/{session['id']}/answers/", {"exam_question_id": place, "selected_answer_id": world.key()})
    clock.shift(timedelta(minutes=5))
    alice.post(f"/sessions/{session['id']}/submit/")
    data = alice.get(MINE).data
    assert {name: data[name] for name in ("count", "next", "previous", "page", "total_pages")} == {
        "count": 1,
        "next": None,
        "previous": None,
        "page": 1,
        "total_pages": 1,
    }
    assert data["results"] == [
        {
            "id": session["id"],
            "exam": {
                "id": world.exam.pk,
                "title": "Primes and factors",
                "class_obj": {"id": world.group.pk, "className": "Algebra 2B"},
            },
            "student": session["student"],
            "code": session["code"],
            "start_time": "2026-03-10T09:30:15.123456Z",
            "end_time": "2026-03-10T09:35:15.123456Z",
            "total_score": "26.67",
            "status": "completed",
            "submitted_at": "2026-03-10T09:35:15.123456Z",
            "time_taken": 5,
            "percentage": "33.34",
        }
    ]


def test_a_running_session_has_no_end_and_no_percentage(alice: Api, session: dict[str, Any]) -> None:
    (row,) = alice.get(MINE).data["results"]
    assert (row["id"], row["status"], row["total_score"]) == (session["id"], "in_progress", "0.00")
    assert [row[name] for name in ("end_time", "submitted_at", "time_taken", "percentage")] == [None] * 4


@pytest.mark.django_db
def test_a_hidden_result_has_no_figures_in_the_list() -> None:
    world = make_world(reveal_policy="never")
    alice = api_of(world.alice)
    _sit(alice, world.exam.pk)
    (row,) = alice.get(MINE).data["results"]
    assert (row["total_score"], row["percentage"]) == (None, None)


def test_only_ones_own_sessions_are_listed(session: dict[str, Any], bob: Api, teacher: Api) -> None:
    assert session["id"]
    for other in (bob, teacher):
        assert other.get(MINE).data["results"] == []


def test_they_are_filtered_by_state_and_exam(world: World, alice: Api) -> None:
    other = make_exam(world.group, make_question(world.teacher), title="Second")
    done = _sit(alice, world.exam.pk)
    running = alice.post("/sessions/start/", {"exam_id": other.pk}).data["id"]

    def found(**query: object) -> list[int]:
        return [row["id"] for row in alice.get(MINE, **query).data["results"]]

    assert found() == [running, done]
    assert found(status="completed") == [done]
    assert found(status="timeout") == []
    assert found(exam_id=other.pk) == [running]
    assert found(exam_id=other.pk, status="completed") == []
    assert found(exam_id=999999) == []


def test_pages_link_to_each_other_and_keep_the_filters(world: World, alice: Api) -> None:
    exam = make_exam(world.group, make_question(world.teacher), max_attempts=5)
    newest_first = [_sit(alice, exam.pk) for _ in range(5)][::-1]
    page = alice.get(MINE, page=2, page_size=2, status="completed").data
    assert [row["id"] for row in page["results"]] == newest_first[2:4]
    assert (page["count"], page["page"], page["total_pages"]) == (5, 2, 3)
    base = "http://testserver/sessions/my-sessions/?"
    assert page["previous"] == f"{base}page=1&page_size=2&status=completed"
    assert page["next"] == f"{base}page=3&page_size=2&status=completed"
    assert alice.get(MINE, page=3, page_size=2).data["next"] is None


def test_a_page_beyond_the_last_does_not_exist(alice: Api) -> None:
    for number in (2, 2**53):
        assert alice.get(MINE, page=number).refused(404, "Invalid page")


def test_an_empty_list_has_one_page(alice: Api) -> None:
    data = alice.get(MINE).data
    assert (data["results"], data["count"], data["total_pages"]) == ([], 0, 1)


def test_a_page_holds_a_hundred_rows_at_most(world: World, alice: Api) -> None:
    exam = make_exam(world.group, make_question(world.teacher), max_attempts=101)
    for _ in range(101):
        _sit(alice, exam.pk)
    assert len(alice.get(MINE, page_size=1000).data["results"]) == 100


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "two"}, "page"),
        ({"page": "1.5"}, "page"),
        ({"page": "٣"}, "page"),
        ({"page": "9" * 40}, "page"),
        ({"page": 2**53 + 1}, "page"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "many"}, "page_size"),
        ({"status": "finished"}, "status"),
        ({"status": "COMPLETED"}, "status"),
        ({"exam_id": "0"}, "exam_id"),
        ({"exam_id": "1 OR 1=1"}, "exam_id"),
        ({"exam_id": 2**63}, "exam_id"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(alice: Api, query: dict[str, object], field: str) -> None:
    answer = alice.get(MINE, **query)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == {field}


def test_empty_and_unknown_parameters_are_ignored(alice: Api, session: dict[str, Any]) -> None:
    data = alice.get(MINE, status="", exam_id="", page="", utm_source="x\x00", student_id="7").data
    assert [row["id"] for row in data["results"]] == [session["id"]]


def test_a_session_whose_time_is_up_is_listed_as_ended(
    alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + timedelta(hours=1))
    (row,) = alice.get(MINE, status="abandoned").data["results"]
    assert (row["id"], row["end_time"]) == (session["id"], "2026-03-10T10:15:15.123456Z")
    assert alice.get(MINE, status="in_progress").data["results"] == []


@pytest.mark.django_db
def test_without_credentials_nothing_is_listed(nobody: Api) -> None:
    assert nobody.get(MINE).refused(401)


@pytest.mark.parametrize("sessions", [1, 12])
def test_it_takes_at_most_six_statements_whatever_the_rows(world: World, alice: Api, sessions: int) -> None:
    exam = make_exam(world.group, make_question(world.teacher), max_attempts=sessions)
    for _ in range(sessions):
        _sit(alice, exam.pk)
    with assert_queries_at_most(6):
        assert alice.get(MINE).data["count"] == sessions
