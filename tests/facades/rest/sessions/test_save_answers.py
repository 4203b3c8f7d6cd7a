"""PUT /sessions/{id}/answers/: many answers at once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.store.models import ExamLog, StudentAnswer
from tests.builders import World, make_world
from tests.facades.rest.api import Answer, Api, api_of
from tests.queries import assert_queries_at_most


def _save(api: Api, session: dict[str, Any], items: object) -> Answer:
    return api.put(f"/sessions/{session['id']}/answers/", items)


def _choice(world: World, index: int) -> dict[str, object]:
    return {"exam_question_id": world.questions[index].pk, "selected_answer_id": world.key(index)}


def test_all_items_are_saved_in_the_order_given(world: World, alice: Api, session: dict[str, Any]) -> None:
    answer = _save(alice, session, [_choice(world, 2), _choice(world, 0)])
    assert (answer.status, answer.message) == (200, "Answers processed")
    assert [item["success"] for item in answer.data] == [True, True]
    assert [item["data"]["exam_question"]["id"] for item in answer.data] == [
        world.questions[2].pk,
        world.questions[0].pk,
    ]
    assert [set(item) for item in answer.data] == [{"success", "data"}] * 2
    assert StudentAnswer.objects.filter(answered_at__isnull=False).count() == 2
    assert ExamLog.objects.filter(actions="answer_submitted").count() == 2


def test_a_bad_item_does_not_undo_the_good_ones(world: World, alice: Api, session: dict[str, Any]) -> None:
    foreign = {"exam_question_id": world.questions[1].pk, "selected_answer_id": world.key(0)}
    data = _save(alice, session, [_choice(world, 0), foreign, _choice(world, 2)]).data
    sentence = "Selected answer does not belong to this question"
    assert data[1] == {
        "success": False,
        "errors": {"selected_answer_id": [sentence]},
        "message": sentence,
        "exam_question_id": world.questions[1].pk,
    }
    assert [item["success"] for item in data] == [True, False, True]
    assert StudentAnswer.objects.filter(answered_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        (5, {"non_field_errors"}),
        (None, {"non_field_errors"}),
        ({}, {"exam_question_id"}),
        ({"exam_question_id": "1", "text": "x"}, {"exam_question_id", "text"}),
        ({"exam_question_id": 1, "answer_text": "\x00"}, {"answer_text"}),
    ],
)
def test_an_item_that_cannot_be_read_is_refused_alone(
    world: World, alice: Api, session: dict[str, Any], item: object, fields: set[str]
) -> None:
    refused, saved = _save(alice, session, [item, _choice(world, 0)]).data
    assert (refused["success"], refused["message"]) == (False, "Invalid data")
    assert set(refused["errors"]) == fields
    assert "exam_question_id" not in refused
    assert saved["success"] is True


def test_an_item_for_a_question_of_another_exam_is_refused_alone(
    world: World, alice: Api, session: dict[str, Any]
) -> None:
    refused, saved = _save(alice, session, [{"exam_question_id": 999999}, _choice(world, 0)]).data
    assert refused["message"] == "Question not found in this exam"
    assert (refused["exam_question_id"], saved["success"]) == (999999, True)


def test_of_two_items_for_one_question_the_last_one_counts(world: World, alice: Api, session: dict[str, Any]) -> None:
    place = world.questions[0].pk
    first = {"exam_question_id": place, "selected_answer_id": world.wrong()}
    data = _save(alice, session, [first, _choice(world, 0)]).data
    assert [item["data"]["selected_answer"]["id"] for item in data] == [world.wrong(), world.key()]
    assert StudentAnswer.objects.get(exam_question_id=place).selected_answer_id == world.key()


def test_more_items_than_questions_are_refused(world: World, alice: Api, session: dict[str, Any]) -> None:
    answer = _save(alice, session, [_choice(world, 0)] * 4)
    assert answer.refused(400, "There are more answers than the exam has questions")
    assert not StudentAnswer.objects.filter(answered_at__isnull=False).exists()


def test_an_item_that_cannot_be_read_counts_as_an_item(world: World, alice: Api, session: dict[str, Any]) -> None:
    items = [_choice(world, index) for index in range(3)]
    answer = _save(alice, session, [*items, {"question": 5}])
    assert answer.refused(400, "There are more answers than the exam has questions")


def test_no_items_are_no_answers(alice: Api, session: dict[str, Any]) -> None:
    answer = _save(alice, session, [])
    assert (answer.status, answer.data) == (200, [])


def test_the_same_list_twice_is_the_same_answer(world: World, alice: Api, session: dict[str, Any]) -> None:
    items = [_choice(world, 0), _choice(world, 1)]
    assert _save(alice, session, items).body == _save(alice, session, items).body


@pytest.mark.parametrize("body", [{}, "[]", 3, None, b"", b"[1,", b'[{"exam_question_id": 1}'])
def test_a_body_that_is_no_list_is_refused(alice: Api, session: dict[str, Any], body: object) -> None:
    answer = _save(alice, session, body)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == {"non_field_errors"}


def test_more_items_than_any_paper_has_are_not_even_read(alice: Api, session: dict[str, Any]) -> None:
    answer = _save(alice, session, [0] * 10_001)
    assert answer.errors == {"non_field_errors": ["Expected at most 10000 items."]}


def test_after_the_time_nothing_is_saved(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=2))
    assert _save(alice, session, [_choice(world, 0)]).refused(400, "Session is not active")


def test_somebody_elses_session_does_not_exist(
    world: World, bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    for other in (bob, charlie, other_teacher):
        assert _save(other, session, [_choice(world, 0)]).refused(404, "Session not found")


def test_staff_do_not_change_answers(world: World, teacher: Api, admin: Api, session: dict[str, Any]) -> None:
    for staff in (teacher, admin):
        assert _save(staff, session, [_choice(world, 0)]).refused(403)


def test_without_credentials_nothing_is_saved(nobody: Api, session: dict[str, Any]) -> None:
    assert _save(nobody, session, []).refused(401)


def test_an_unknown_session_does_not_exist(alice: Api) -> None:
    assert alice.put("/sessions/999999/answers/", []).refused(404, "Session not found")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [2, 40])
def test_it_takes_at_most_six_statements_whatever_the_items(questions: int) -> None:
    world = make_world(questions=questions)
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    items = [_choice(world, index) for index in range(questions)]
    with assert_queries_at_most(6):
        data = _save(alice, session, items).data
    assert all(item["success"] for item in data)
