"""``revision`` in the bodies that save answers, and in the answers to them."""

from typing import Any

import pytest

from tests.builders import World
from tests.facades.rest.api import Answer, Api
from tests.queries import assert_queries_at_most

BIGGEST = 2**53


def _save(api: Api, session: dict[str, Any], world: World, option: int, **more: object) -> Answer:
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": option, **more}
    return api.post(f"/sessions/{session['id']}/answers/", body)


@pytest.mark.parametrize("revision", [0, 1, BIGGEST])
def test_a_revision_is_stored_and_told(world: World, alice: Api, session: dict[str, Any], revision: int) -> None:
    answer = _save(alice, session, world, world.key(), revision=revision)
    assert (answer.status, answer.data["revision"]) == (201, revision)


@pytest.mark.parametrize("more", [{}, {"revision": None}])
def test_who_gives_none_is_told_none(
    world: World, alice: Api, session: dict[str, Any], more: dict[str, object]
) -> None:
    assert "revision" not in _save(alice, session, world, world.key(), **more).data


def test_an_overtaken_write_is_a_success_that_carries_what_is_stored(
    world: World, alice: Api, session: dict[str, Any]
) -> None:
    stored = _save(alice, session, world, world.key(), revision=7)
    late = _save(alice, session, world, world.wrong(), revision=6)
    assert (late.status, late.body) == (201, stored.body)


def test_the_answer_s_own_address_takes_a_revision(world: World, alice: Api, session: dict[str, Any]) -> None:
    _save(alice, session, world, world.key(), revision=7)
    path = f"/sessions/{session['id']}/answers/{session['answers'][0]['id']}/"
    late = alice.put(path, {"selected_answer_id": world.wrong(), "revision": 7})
    assert (late.status, late.data["selected_answer"]["id"], late.data["revision"]) == (200, world.key(), 7)


def test_each_of_many_answers_takes_a_revision(world: World, alice: Api, session: dict[str, Any]) -> None:
    _save(alice, session, world, world.key(), revision=7)
    items = [
        {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.wrong(), "revision": 3},
        {"exam_question_id": world.questions[1].pk, "selected_answer_id": world.key(1), "revision": 3},
        {"exam_question_id": world.questions[2].pk, "selected_answer_id": world.key(2)},
    ]
    saved = alice.put(f"/sessions/{session['id']}/answers/", items).data
    assert [item["success"] for item in saved] == [True, True, True]
    assert [item["data"].get("revision") for item in saved] == [7, 3, None]
    assert saved[0]["data"]["selected_answer"]["id"] == world.key()


def test_the_session_tells_the_revision_of_each_answer_that_has_one(
    world: World, alice: Api, session: dict[str, Any]
) -> None:
    _save(alice, session, world, world.key(), revision=7)
    answers = alice.get(f"/sessions/{session['id']}/").data["answers"]
    assert [answer.get("revision") for answer in answers] == [7, None, None]


@pytest.mark.parametrize("revision", [-1, BIGGEST + 1, 2**70, "7", 7.5, True, [7], {}])
def test_what_is_no_revision_is_refused(world: World, alice: Api, session: dict[str, Any], revision: object) -> None:
    answer = _save(alice, session, world, world.key(), revision=revision)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == {"revision"}


def test_a_revision_costs_no_statement(world: World, alice: Api, session: dict[str, Any]) -> None:
    key = world.key()
    with assert_queries_at_most(4):
        assert _save(alice, session, world, key, revision=1).status == 201
