"""PUT /sessions/{id}/answers/{answer_id}/"""

from typing import Any

import pytest

from examhall.store.models import StudentAnswer
from tests.builders import World, make_world
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most


def _path(session: dict[str, Any], index: int = 0) -> str:
    return f"/sessions/{session['id']}/answers/{session['answers'][index]['id']}/"


def test_an_answer_is_changed_by_its_id(world: World, alice: Api, session: dict[str, Any]) -> None:
    alice.put(_path(session), {"selected_answer_id": world.wrong()})
    answer = alice.put(_path(session), {"selected_answer_id": world.key(), "answer_text": ""})
    assert (answer.status, answer.message) == (200, "Answer updated successfully")
    assert answer.data["id"] == session["answers"][0]["id"]
    assert answer.data["selected_answer"]["id"] == world.key()
    assert answer.data["exam_question"]["id"] == world.questions[0].pk
    assert answer.data["answered_at"] == "2026-03-10T09:30:15.123456Z"


def test_null_clears_an_answer(world: World, alice: Api, session: dict[str, Any]) -> None:
    alice.put(_path(session), {"selected_answer_id": world.key()})
    assert alice.put(_path(session), {"selected_answer_id": None}).data["answered_at"] is None


def test_the_same_change_twice_is_the_same_answer(world: World, alice: Api, session: dict[str, Any]) -> None:
    first = alice.put(_path(session), {"selected_answer_id": world.key()})
    assert alice.put(_path(session), {"selected_answer_id": world.key()}).body == first.body


def test_an_option_of_another_question_is_refused(world: World, alice: Api, session: dict[str, Any]) -> None:
    answer = alice.put(_path(session), {"selected_answer_id": world.key(1)})
    assert answer.refused(400, "Selected answer does not belong to this question")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"selected_answer_id"}),
        ({"exam_question_id": 1}, {"exam_question_id"}),
        ({"selected_answer_id": "1"}, {"selected_answer_id"}),
        (["selected_answer_id"], {"non_field_errors"}),
        (b"null", {"non_field_errors"}),
    ],
)
def test_a_body_that_is_no_change_is_refused(
    alice: Api, session: dict[str, Any], body: object, fields: set[str]
) -> None:
    answer = alice.put(_path(session), body)
    assert answer.status == 400
    assert set(answer.errors) == fields


def test_an_answer_of_another_session_does_not_exist(
    world: World, alice: Api, bob: Api, session: dict[str, Any]
) -> None:
    other = bob.post("/sessions/start/", {"exam_id": world.exam.pk}).data["answers"][0]["id"]
    answer = alice.put(f"/sessions/{session['id']}/answers/{other}/", {"selected_answer_id": world.key()})
    assert answer.refused(404, "Answer not found")
    assert StudentAnswer.objects.get(pk=other).answered_at is None


def test_an_unknown_answer_does_not_exist(world: World, alice: Api, session: dict[str, Any]) -> None:
    path = f"/sessions/{session['id']}/answers/999999/"
    assert alice.put(path, {"selected_answer_id": world.key()}).refused(404, "Answer not found")


def test_somebody_elses_session_does_not_exist(
    world: World, bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    for other in (bob, charlie, other_teacher):
        assert other.put(_path(session), {"selected_answer_id": world.key()}).refused(404, "Session not found")


def test_staff_do_not_change_answers(world: World, teacher: Api, admin: Api, session: dict[str, Any]) -> None:
    for staff in (teacher, admin):
        assert staff.put(_path(session), {"selected_answer_id": world.key()}).refused(403)


def test_without_credentials_nothing_changes(world: World, nobody: Api, session: dict[str, Any]) -> None:
    assert nobody.put(_path(session), {"selected_answer_id": world.key()}).refused(401)


def test_after_handing_in_nothing_changes(world: World, alice: Api, session: dict[str, Any]) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    assert alice.put(_path(session), {"selected_answer_id": world.key()}).refused(400, "Session is not active")


@pytest.mark.django_db
def test_an_answer_that_was_shown_with_its_key_is_locked() -> None:
    world = make_world(reveal_policy="on_answer")
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    first = alice.put(_path(session), {"selected_answer_id": world.wrong()})
    assert first.data["is_correct"] is False
    answer = alice.put(_path(session), {"selected_answer_id": world.key()})
    assert answer.refused(400, "This question has already been answered")


@pytest.mark.django_db
def test_a_change_takes_at_most_four_statements(world: World, alice: Api, session: dict[str, Any]) -> None:
    body = {"selected_answer_id": world.key()}
    with assert_queries_at_most(4):
        assert alice.put(_path(session), body).status == 200
