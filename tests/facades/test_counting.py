"""What the doors count while they answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import Settings

from tests.builders import NOW, PASSWORD, World, make_user, make_world
from tests.certification import begin, key_of, make_certification, serve
from tests.facades.examenes.browser import Browser, browser_of
from tests.facades.httpkit.metrics import Counted
from tests.facades.rest.api import Answer, Api, api_of
from tests.facades.rest.auth.calls import call, log_in

pytestmark = pytest.mark.django_db

SAVES, REFUSALS, SIGN_INS = "examhall_saves_total", "examhall_refusals_total", "examhall_sign_ins_total"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def alice(world: World) -> Api:
    return api_of(world.alice)


@pytest.fixture
def session(world: World, alice: Api) -> dict[str, Any]:
    started: dict[str, Any] = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    return started


@pytest.fixture
def counted(session: dict[str, Any]) -> Counted:
    """What is counted after the start of Alice's session."""
    return Counted()


def _save(alice: Api, session: dict[str, Any], world: World, option: int | None) -> Answer:
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": option}
    return alice.post(f"/sessions/{session['id']}/answers/", body)


def test_saves_are_counted_by_what_became_of_them(
    world: World, alice: Api, session: dict[str, Any], counted: Counted
) -> None:
    _save(alice, session, world, world.key())
    _save(alice, session, world, world.wrong())
    _save(alice, session, world, None)
    _save(alice, session, world, world.key(1))
    assert [counted.since(SAVES, outcome=word) for word in ("answered", "cleared", "refused")] == [2, 1, 1]
    assert counted.since(REFUSALS, code="option_not_in_question") == 1
    assert counted.since("examhall_late_saves_total") == 0


def test_an_answer_changed_by_its_own_id_is_counted_alike(
    world: World, alice: Api, session: dict[str, Any], counted: Counted
) -> None:
    path = f"/sessions/{session['id']}/answers/{session['answers'][0]['id']}/"
    alice.put(path, {"selected_answer_id": world.key()})
    alice.put(path, {"selected_answer_id": world.key(1)})
    assert [counted.since(SAVES, outcome=word) for word in ("answered", "cleared", "refused")] == [1, 0, 1]


def test_each_of_many_answers_is_counted(world: World, alice: Api, session: dict[str, Any], counted: Counted) -> None:
    items = [
        {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key()},
        {"exam_question_id": world.questions[1].pk, "selected_answer_id": None},
        {"exam_question_id": 999_999_999, "selected_answer_id": world.key()},
        {"exam_question_id": "no id"},
    ]
    alice.put(f"/sessions/{session['id']}/answers/", items[:3])
    alice.put(f"/sessions/{session['id']}/answers/", items[3:])
    assert [counted.since(SAVES, outcome=word) for word in ("answered", "cleared", "refused")] == [1, 1, 2]
    assert counted.since(REFUSALS, code="question_not_in_exam") == 1
    assert counted.since(REFUSALS, code="bad_body") == 1


def test_late_saves_are_counted(
    world: World, alice: Api, session: dict[str, Any], counted: Counted, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + timedelta(minutes=45, seconds=2), tick=False)
    assert _save(alice, session, world, world.key()).status == 201
    items = [{"exam_question_id": world.questions[1].pk, "selected_answer_id": world.key(1)}]
    alice.put(f"/sessions/{session['id']}/answers/", items)
    assert counted.since("examhall_late_saves_total") == 2
    assert counted.since(SAVES, outcome="answered") == 2


def test_an_answer_through_the_other_door_is_counted() -> None:
    world = make_certification()
    exam = begin(world.alice)
    browser = browser_of(world.alice)
    question = serve(world.alice, exam)
    body = {"examen": exam.id, "pregunta": question, "respuesta": key_of(question)}
    counted = Counted()
    for _ in range(2):
        browser.patch("/update_exam_answer/", body)
    assert [counted.since(SAVES, outcome=word) for word in ("answered", "refused")] == [1, 1]
    assert counted.since(REFUSALS, code="question_locked") == 1


def test_refusals_are_counted_by_their_code_in_both_doors(world: World, alice: Api, counted: Counted) -> None:
    alice.post("/sessions/start/", {"exam_id": world.exam.pk})
    alice.post("/sessions/start/", {"exam_id": "x"})
    Browser().get("/user_info/")
    assert counted.since(REFUSALS, code="already_active") == 1
    assert counted.since(REFUSALS, code="bad_body") == 1
    assert counted.since(REFUSALS, code="unauthenticated") == 1


def test_sign_ins_are_counted_by_what_they_came_to_in_both_doors(settings: Settings) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    alice = make_user("Alice Owner")
    counted = Counted()
    log_in(alice.email)
    Browser().post("/login/", {"email": alice.email, "contraseña": PASSWORD})
    for _ in range(4):
        log_in(alice.email, "a guess")
    outcomes = [counted.since(SIGN_INS, outcome=word) for word in ("succeeded", "failed", "locked")]
    assert outcomes[0] == 2
    assert sum(outcomes) == 6
    assert outcomes[2] >= 1


def test_a_registration_is_no_sign_in(world: World) -> None:
    counted = Counted()
    names = {"fullName": "Dora New", "role": "student"}
    call("POST", "register/", {"email": "d@example.com", "password": PASSWORD, "password_confirm": PASSWORD, **names})
    assert counted.since(SIGN_INS, outcome="succeeded") == 0
