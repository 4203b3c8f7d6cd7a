"""While password hashing is at its limit, whoever needs it is told to come back and everything else goes on."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from pytest_django import Settings

from examhall.config.hashers import hashing_gate
from examhall.store.models import User
from tests.builders import NOW, PASSWORD, World, make_world
from tests.facades.examenes.browser import Browser
from tests.facades.rest.api import api_of
from tests.facades.rest.auth.calls import call, log_in

pytestmark = pytest.mark.django_db

NEW = "battery horse correct"
CANDIDATE = {
    "matricula": "A01234567",
    "nombre": "Dora",
    "paterno": "Nueva",
    "materno": "",
    "email": "dora@ejemplo.com",
    "contraseña": PASSWORD,
    "username": "dora",
}


@pytest.fixture
def busy(settings: Settings) -> Iterator[World]:
    """A school on a server whose one slot for hashing is taken."""
    settings.PASSWORD_HASHERS = [
        "examhall.config.hashers.LeanArgon2Hasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    settings.EXAMHALL_HASHING_SLOTS, settings.EXAMHALL_THREADS = 1, 1
    hashing_gate.cache_clear()
    world = make_world()
    world.alice.set_password(PASSWORD)
    world.alice.save(update_fields=["password"])
    with hashing_gate().slot(), time_machine.travel(NOW, tick=False):
        yield world
    hashing_gate.cache_clear()


def _register(_: World) -> tuple[int, str | None]:
    names = {"fullName": "Dora New", "role": "student"}
    body = {"email": "dora@example.com", "password": PASSWORD, "password_confirm": PASSWORD, **names}
    answer = call("POST", "register/", body)
    return answer.status, answer.headers.get("Retry-After")


def _log_in(world: World) -> tuple[int, str | None]:
    answer = log_in(world.alice.email)
    return answer.status, answer.headers.get("Retry-After")


def _log_in_as_nobody(_: World) -> tuple[int, str | None]:
    answer = log_in("nobody@example.com")
    return answer.status, answer.headers.get("Retry-After")


def _change_password(world: World) -> tuple[int, str | None]:
    passwords = {"old_password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW}
    answer = api_of(world.alice).post("/auth/change-password/", passwords)
    return answer.status, answer.headers.get("Retry-After")


def _log_in_with_a_cookie(world: World) -> tuple[int, str | None]:
    answer = Browser().post("/login/", {"email": world.alice.email, "contraseña": PASSWORD})
    return answer.status, answer.headers.get("Retry-After")


def _register_as_a_candidate(_: World) -> tuple[int, str | None]:
    answer = Browser().post("/register/", CANDIDATE)
    return answer.status, answer.headers.get("Retry-After")


@pytest.mark.parametrize(
    "act",
    [_register, _log_in, _log_in_as_nobody, _change_password, _log_in_with_a_cookie, _register_as_a_candidate],
)
def test_whoever_needs_a_hash_is_told_to_come_back(busy: World, act: Callable[[World], tuple[int, str | None]]) -> None:
    people = User.objects.count()
    assert act(busy) == (503, "1")
    assert User.objects.count() == people


def test_the_refusal_is_in_the_words_of_its_door(busy: World) -> None:
    assert log_in(busy.alice.email).message == "The server is busy; try again in a moment"
    cookie = Browser().post("/login/", {"email": busy.alice.email, "contraseña": PASSWORD})
    assert cookie.error == "The server is busy. Try again in a moment."


def test_being_turned_away_counts_as_no_failure(busy: World, settings: Settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        assert log_in(busy.alice.email).status == 503


def test_everything_else_goes_on(busy: World) -> None:
    alice = api_of(busy.alice)
    session = alice.post("/sessions/start/", {"exam_id": busy.exam.pk}).data
    body = {"exam_question_id": busy.questions[0].pk, "selected_answer_id": busy.key()}
    assert alice.post(f"/sessions/{session['id']}/answers/", body).status == 201
    assert alice.post(f"/sessions/{session['id']}/submit/").status == 200
