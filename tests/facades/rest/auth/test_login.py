"""POST /auth/login/."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from examhall.domain.words import Role
from examhall.store.models import User
from tests.builders import NOW, PASSWORD, make_user
from tests.facades.rest.auth.calls import call, log_in
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db


def claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def test_the_right_password_gives_tokens_and_the_user() -> None:
    alice = make_user("Alice Owner", Role.TEACHER, email="Alice@School.example")
    answer = log_in("Alice@School.example")
    assert answer.status == 200
    assert (answer.body["success"], answer.body["message"]) == (True, "Login successful")
    assert list(answer.data) == ["access", "refresh", "user"]
    user = answer.data["user"]
    assert user == {
        "id": alice.pk,
        "email": "Alice@School.example",
        "fullName": "Alice Owner",
        "role": "teacher",
        "created_at": "2026-01-29T09:30:15.123456Z",
        "last_login": "2026-03-10T09:30:15.123456Z",
        "is_active": True,
        "is_staff": False,
        "is_superuser": False,
    }


def test_the_access_token_opens_the_profile() -> None:
    alice = make_user("Alice Owner")
    token = log_in(alice.email).data["access"]
    assert call("GET", "profile/", token=token).data["id"] == alice.pk


def test_a_sign_in_is_noted_and_shown() -> None:
    alice = make_user("Alice Owner")
    assert log_in(alice.email).data["user"]["last_login"] == "2026-03-10T09:30:15.123456Z"
    assert User.objects.get(pk=alice.pk).last_login == NOW


def test_access_lives_an_hour_and_refresh_seven_days() -> None:
    data = log_in(make_user("Alice Owner").email).data
    access, refresh = claims(data["access"]), claims(data["refresh"])
    assert (access["exp"] - access["iat"], refresh["exp"] - refresh["iat"]) == (
        timedelta(hours=1).total_seconds(),
        timedelta(days=7).total_seconds(),
    )


def test_the_case_of_the_email_does_not_count() -> None:
    make_user("Alice Owner", email="Alice@School.example")
    assert log_in(" aLICE@sCHOOL.EXAMPLE ").status == 200


def test_the_case_of_the_password_counts() -> None:
    assert log_in(make_user("Alice Owner").email, PASSWORD.upper()).status == 401


def test_unknown_wrong_and_switched_off_are_answered_alike() -> None:
    alice = make_user("Alice Owner")
    bob = make_user("Bob Member", is_active=False)
    answers = [
        log_in("nobody@school.example"),
        log_in("x" * 5000),
        log_in(alice.email, PASSWORD + "!"),
        log_in(bob.email),
        log_in(bob.email, PASSWORD + "!"),
    ]
    assert {answer.status for answer in answers} == {401}
    assert {json.dumps(answer.body) for answer in answers} == {
        '{"success": false, "errors": {}, "message": "Invalid email or password"}'
    }


def test_nobody_is_signed_in_by_a_refused_attempt() -> None:
    alice = make_user("Alice Owner")
    log_in(alice.email, PASSWORD + "!")
    assert User.objects.get(pk=alice.pk).last_login == alice.last_login


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"email", "password"}),
        ({"email": "a@b.example"}, {"password"}),
        ({"email": 7, "password": None}, {"email", "password"}),
        ({"email": "a@b.example", "password": "a\x00b"}, {"password"}),
        ({"email": "a\x00@b.example", "password": "ab"}, {"email"}),
        ({"email": "a@b.example", "password": "ab", "remember": True}, {"remember"}),
    ],
)
def test_an_impossible_body_is_refused_by_field(body: dict[str, Any], fields: set[str]) -> None:
    answer = call("POST", "login/", body)
    assert (answer.status, set(answer.body["errors"])) == (400, fields)


@pytest.mark.parametrize("email", ["", " ", "no address", "\u202e@x.example", "\u0131@x.example"])
def test_what_cannot_be_an_account_is_simply_refused(email: str) -> None:
    assert log_in(email).status == 401


def test_a_sign_in_asks_the_database_five_times() -> None:
    alice = make_user("Alice Owner")
    with assert_queries_at_most(5):
        log_in(alice.email)


def test_only_post() -> None:
    assert call("GET", "login/").status == 405
