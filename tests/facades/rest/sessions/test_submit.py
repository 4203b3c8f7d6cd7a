"""POST /sessions/{id}/submit/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.store.models import ExamResult, ExamSession
from tests.builders import World, make_world
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most


def _save(api: Api, session: dict[str, Any], place: int, option: int) -> None:
    body = {"exam_question_id": place, "selected_answer_id": option}
    assert api.post(f"/sessions/{session['id']}/answers/", body).status == 201


def test_handing_in_answers_the_result(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    _save(alice, session, world.questions[0].pk, world.key(0))
    _save(alice, session, world.questions[1].pk, world.wrong(1))
    clock.shift(timedelta(minutes=12, seconds=59))
    answer = alice.post(f"/sessions/{session['id']}/submit/")
    assert (answer.status, answer.message) == (200, "Exam submitted successfully")
    data = answer.data
    assert data["session"] == {"id": session["id"], "code": session["code"], "status": "completed"}
    assert (data["correct_count"], data["wrong_count"], data["unanswered_count"]) == (1, 1, 1)
    assert (data["total_score"], data["percentage"], data["grade"]) == ("26.67", "33.34", "F")
    assert (data["status"], data["feedback"], data["time_taken"]) == ("graded", None, 12)
    assert data["submitted_at"] == "2026-03-10T09:43:14.123456Z"
    assert data["answers_summary"][0] == {
        "question_order": 10,
        "question_text": "Which one of row 1 is prime?",
        "is_correct": True,
        "score": 26.67,
        "selected_answer": "23",
        "correct_answer": "23",
    }
    assert data["answers_summary"][1]["selected_answer"] == "21"
    assert data["answers_summary"][2]["selected_answer"] is None


def test_handing_in_again_answers_the_same_result(alice: Api, session: dict[str, Any]) -> None:
    first = alice.post(f"/sessions/{session['id']}/submit/")
    again = alice.post(f"/sessions/{session['id']}/submit/")
    assert (again.status, again.body) == (200, first.body)
    assert ExamResult.objects.count() == 1


@pytest.mark.django_db
def test_a_hidden_result_has_its_fields_as_null() -> None:
    world = make_world(reveal_policy="never")
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    _save(alice, session, world.questions[0].pk, world.key(0))
    data = alice.post(f"/sessions/{session['id']}/submit/").data
    hidden = ("total_score", "correct_count", "wrong_count", "percentage", "grade", "feedback")
    assert [data[name] for name in hidden] == [None] * len(hidden)
    assert data["unanswered_count"] == 2
    assert data["answers_summary"][0]["selected_answer"] == "23"
    for line in data["answers_summary"]:
        assert (line["is_correct"], line["score"], line["correct_answer"]) == (None, None, None)


def test_after_the_time_it_is_refused_and_closed_by_the_clock(
    alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=45, seconds=6))
    assert alice.post(f"/sessions/{session['id']}/submit/").refused(400, "Session is not active")
    assert ExamSession.objects.get().status == "abandoned"


@pytest.mark.parametrize("body", [b"", b"{}", b"not json", b'{"score": 100}', b"\x00"])
def test_no_body_can_stop_a_hand_in(alice: Api, session: dict[str, Any], body: bytes) -> None:
    assert alice.post(f"/sessions/{session['id']}/submit/", body).status == 200


def test_somebody_elses_session_does_not_exist(
    bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    for other in (bob, charlie, other_teacher):
        assert other.post(f"/sessions/{session['id']}/submit/").refused(404, "Session not found")


def test_staff_do_not_hand_in_for_a_student(teacher: Api, admin: Api, session: dict[str, Any]) -> None:
    for staff in (teacher, admin):
        assert staff.post(f"/sessions/{session['id']}/submit/").refused(403, "Only students can take exams")
    assert ExamSession.objects.get().status == "in_progress"


def test_without_credentials_nothing_is_handed_in(nobody: Api, session: dict[str, Any]) -> None:
    assert nobody.post(f"/sessions/{session['id']}/submit/").refused(401)


def test_an_unknown_session_does_not_exist(alice: Api) -> None:
    assert alice.post("/sessions/999999/submit/").refused(404, "Session not found")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [1, 40])
def test_it_takes_at_most_ten_statements_whatever_the_paper(questions: int) -> None:
    world = make_world(questions=questions)
    alice = api_of(world.alice)
    number = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data["id"]
    with assert_queries_at_most(10):
        assert alice.post(f"/sessions/{number}/submit/").status == 200
