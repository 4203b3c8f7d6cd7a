"""``Idempotency-Key`` on POST /sessions/start/ and on POST /sessions/{id}/submit/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.store.models import ExamSession
from tests.builders import World, make_exam, make_question
from tests.facades.rest.api import Answer, Api

START = "/sessions/start/"
KEY = '"9b1c; a key"'


def _start(api: Api, world: World, key: str = KEY) -> Answer:
    return api.send("POST", START, {"exam_id": world.exam.pk}, headers={"Idempotency-Key": key})


def test_a_start_sent_again_is_answered_the_same(world: World, alice: Api) -> None:
    first = _start(alice, world)
    again = _start(alice, world)
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert ExamSession.objects.count() == 1


def test_it_is_answered_as_it_is_now(world: World, alice: Api, clock: time_machine.Traveller) -> None:
    first = _start(alice, world).data
    place = world.questions[0].pk
    alice.post(f"/sessions/{first['id']}/answers/", {"exam_question_id": place, "selected_answer_id": world.key()})
    clock.shift(timedelta(seconds=100))
    again = _start(alice, world).data
    assert again["time_remaining"] == first["time_remaining"] - 100
    for listed in (again["answers"][0], again["questions"][0]):
        assert listed["selected_answer"]["id"] == world.key()


def test_after_handing_in_it_is_answered_with_the_same_session(world: World, alice: Api) -> None:
    first = _start(alice, world).data
    alice.post(f"/sessions/{first['id']}/submit/")
    again = _start(alice, world)
    assert (again.status, again.data["id"], again.data["status"]) == (201, first["id"], "completed")


def test_a_key_with_another_exam_is_refused(world: World, alice: Api) -> None:
    _start(alice, world)
    other = make_exam(world.group, make_question(world.teacher, "Other"))
    answer = alice.send("POST", START, {"exam_id": other.pk}, headers={"Idempotency-Key": KEY})
    sentence = "This key was used for a start of another exam"
    assert answer.refused(422, sentence)
    assert answer.errors == {"Idempotency-Key": [sentence]}


def test_the_key_of_somebody_else_is_no_key(world: World, alice: Api, bob: Api) -> None:
    assert _start(alice, world).data["id"] != _start(bob, world).data["id"]


@pytest.mark.parametrize("key", ["k", "k" * 100, " padded ", "~!@#$%^&*()"])
def test_what_can_be_a_key(world: World, alice: Api, key: str) -> None:
    assert _start(alice, world, key).data["id"] == _start(alice, world, key).data["id"]


@pytest.mark.parametrize("key", ["", " ", "k" * 101, "a\tb", "schlüssel", "k\x7f"])
def test_what_cannot_be_a_key(world: World, alice: Api, key: str) -> None:
    answer = _start(alice, world, key)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == {"Idempotency-Key"}
    assert not ExamSession.objects.exists()


def test_without_credentials_a_key_finds_nothing(world: World, alice: Api, nobody: Api) -> None:
    _start(alice, world)
    assert _start(nobody, world).refused(401)


@pytest.mark.parametrize("key", ["one", "", "k" * 101])
def test_no_key_stops_a_hand_in(alice: Api, session: dict[str, Any], key: str) -> None:
    path = f"/sessions/{session['id']}/submit/"
    first = alice.send("POST", path, headers={"Idempotency-Key": key})
    again = alice.send("POST", path, headers={"Idempotency-Key": key})
    assert (first.status, again.body) == (200, first.body)


@pytest.mark.parametrize("path", [START, "/sessions/{session_id}/submit/"])
def test_the_schema_names_the_header(nobody: Api, path: str) -> None:
    from django.test import Client  # noqa: PLC0415

    operation = Client().get("/schema/", headers={"Accept": "application/json"}).json()["paths"][path]["post"]
    assert [p["name"] for p in operation["parameters"] if p["in"] == "header"] == ["Idempotency-Key"]
