"""GET and PUT /auth/profile/, PUT /auth/profile/update/."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from django.conf import settings

from examhall.domain.words import Role
from examhall.store.models import User
from tests.builders import NOW, make_user
from tests.facades.rest.api import Answer
from tests.facades.rest.auth.calls import call, log_in, tokens_of
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

PATHS = ["profile/", "profile/update/"]


def put(path: str, user: User, **body: Any) -> Answer:
    access, _ = tokens_of(user.email)
    return call("PUT", path, body, token=access)


def forged(key: str = settings.SECRET_KEY, **changes: Any) -> str:
    soon = int((NOW + timedelta(minutes=5)).timestamp())
    return jwt.encode({"token_type": "access", "exp": soon, "user_id": "1", **changes}, key, algorithm="HS256")


def test_a_profile_shows_the_own_account() -> None:
    alice = make_user("Alice Owner", Role.ADMIN, email="Alice@School.example", is_staff=True, is_superuser=True)
    access, _ = tokens_of(alice.email)
    answer = call("GET", "profile/", token=access)
    assert (answer.status, list(answer.body)) == (200, ["success", "data"])
    assert answer.data == {
        "id": alice.pk,
        "email": "Alice@School.example",
        "fullName": "Alice Owner",
        "role": "admin",
        "created_at": "2026-01-29T09:30:15.123456Z",
        "last_login": "2026-03-10T09:30:15.123456Z",
        "is_active": True,
        "is_staff": True,
        "is_superuser": True,
    }


@pytest.mark.parametrize("path", PATHS)
def test_name_and_email_are_changed(path: str) -> None:
    alice = make_user("Alice Owner")
    answer = put(path, alice, fullName="Alice Adams", email="Alice@Home.example")
    assert (answer.status, answer.body["message"]) == (200, "Profile updated successfully")
    assert (answer.data["id"], answer.data["fullName"], answer.data["email"]) == (
        alice.pk,
        "Alice Adams",
        "Alice@Home.example",
    )
    assert log_in("alice@home.example").status == 200
    assert log_in(alice.email).status == 401


@pytest.mark.parametrize("path", PATHS)
def test_what_is_left_out_stays(path: str) -> None:
    alice = make_user("Alice Owner")
    assert put(path, alice, fullName="Alice Adams").data["email"] == alice.email
    assert put(path, alice).data["fullName"] == "Alice Adams"


@pytest.mark.parametrize("path", PATHS)
def test_the_email_of_somebody_else_is_refused(path: str) -> None:
    bob = make_user("Bob Member")
    answer = put(path, make_user("Alice Owner"), email=bob.email.upper())
    assert (answer.status, answer.body["errors"]) == (400, {"email": ["User with this email already exists"]})


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "body",
    [
        {"fullName": None},
        {"fullName": ""},
        {"fullName": "A" * 256},
        {"email": None},
        {"email": "nobody"},
        {"role": "admin"},
        {"is_staff": True},
        {"password": "correct horse battery"},
        {"id": 1},
    ],
)
def test_an_impossible_change_is_refused_by_field_and_changes_nothing(path: str, body: dict[str, Any]) -> None:
    alice = make_user("Alice Owner")
    answer = put(path, alice, **body)
    assert (answer.status, set(answer.body["errors"])) == (400, set(body))
    row = User.objects.get(pk=alice.pk)
    assert (row.full_name, row.email, row.role) == ("Alice Owner", alice.email, "student")


def test_without_a_token_there_is_no_profile() -> None:
    answer = call("GET", "profile/")
    assert (answer.status, answer.body["success"], answer.body["errors"]) == (401, False, {})
    assert [call("PUT", path, {}).status for path in PATHS] == [401, 401]


def test_an_account_that_was_switched_off_has_no_profile() -> None:
    alice = make_user("Alice Owner")
    access, _ = tokens_of(alice.email)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert call("GET", "profile/", token=access).status == 401
    assert [call("PUT", path, {}, token=access).status for path in PATHS] == [401, 401]


def test_an_access_token_lives_an_hour_to_the_second() -> None:
    alice = make_user("Alice Owner")
    with time_machine.travel(NOW.replace(microsecond=0), tick=False) as clock:
        access, _ = tokens_of(alice.email)
        clock.shift(timedelta(hours=1) - timedelta(seconds=1))
        assert call("GET", "profile/", token=access).status == 200
        clock.shift(timedelta(seconds=1))
        assert call("GET", "profile/", token=access).status == 401


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        forged("another key that is long enough to sign"),
        forged(exp=1_000_000_000),
        forged(user_id="0"),
        forged(user_id="4611686018427387904"),
        forged(user_id="9" * 40),
        forged(token_type="refresh"),
    ],
)
def test_a_token_that_is_not_ours_opens_nothing(token: str) -> None:
    make_user("Alice Owner", pk=1)
    assert call("GET", "profile/", token=forged()).status == 200
    assert call("GET", "profile/", token=token).status == 401


def test_other_methods_are_refused() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    assert call("DELETE", "profile/", token=access).status == 405
    assert call("GET", "profile/update/", token=access).status == 405


def test_a_profile_asks_the_database_once() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    with assert_queries_at_most(1):
        call("GET", "profile/", token=access)
