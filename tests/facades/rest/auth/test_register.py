"""POST /auth/register/."""

from typing import Any

import pytest
from pytest_django import Settings

from examhall.domain.words import Role
from examhall.store.models import User
from tests.builders import PASSWORD, make_user
from tests.facades.rest.api import Answer
from tests.facades.rest.auth.calls import call, tokens_of

pytestmark = pytest.mark.django_db

ALICE: dict[str, Any] = {
    "email": "Alice@Example.com",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
    "fullName": "Alice Owner",
    "role": "student",
}


def register(token: str | None = None, **changes: Any) -> Answer:
    return call("POST", "register/", {**ALICE, **changes}, token=token)


def test_a_student_registers() -> None:
    answer = register()
    assert answer.status == 201
    assert (answer.body["success"], answer.body["message"]) == (True, "User registered successfully")
    assert list(answer.data) == ["id", "email", "fullName", "role", "created_at", "last_login"]
    row = User.objects.get()
    assert answer.data == {
        "id": row.pk,
        "email": "Alice@Example.com",
        "fullName": "Alice Owner",
        "role": "student",
        "created_at": "2026-03-10T09:30:15.123456Z",
        "last_login": None,
    }


def test_who_registered_can_sign_in() -> None:
    register()
    assert tokens_of("alice@example.com")


def test_a_second_registration_of_an_email_is_refused_without_regard_to_case() -> None:
    register()
    answer = register(email="ALICE@EXAMPLE.COM")
    assert (answer.status, answer.body) == (
        400,
        {
            "success": False,
            "errors": {"email": ["User with this email already exists"]},
            "message": "Invalid data",
        },
    )


@pytest.mark.parametrize("role", ["teacher", "admin"])
def test_nobody_gives_themselves_a_staff_role(role: str) -> None:
    answer = register(role=role)
    assert (answer.status, list(answer.body["errors"])) == (403, ["role"])
    assert not User.objects.exists()


def test_a_deployment_may_open_registration_to_teachers(settings: Settings) -> None:
    settings.EXAMHALL_TEACHER_REGISTRATION = "open"
    answer = register(role="teacher")
    assert (answer.status, answer.data["role"]) == (201, "teacher")


def test_no_deployment_opens_registration_to_admins(settings: Settings) -> None:
    settings.EXAMHALL_TEACHER_REGISTRATION = "open"
    assert register(role="admin").status == 403


def test_an_admin_registers_a_teacher_but_no_admin() -> None:
    token, _ = tokens_of(make_user("Ada Admin", Role.ADMIN).email)
    assert register(token, role="teacher").data["role"] == "teacher"
    assert register(token, role="admin", email="second@example.com").status == 403


def test_a_teachers_token_registers_no_teacher() -> None:
    token, _ = tokens_of(make_user("Teresa Teacher", Role.TEACHER).email)
    assert register(token, role="teacher").status == 403


def test_a_bad_token_is_told_where_it_matters() -> None:
    assert register("nonsense", role="teacher").status == 401
    assert register("nonsense").status == 201


def test_every_fault_of_a_password_is_a_sentence_by_its_field() -> None:
    answer = register(password="12345", password_confirm="12345")
    assert (answer.status, answer.body["message"], list(answer.body["errors"])) == (400, "Invalid data", ["password"])
    assert len(answer.body["errors"]["password"]) == 3


def test_the_confirmation_must_match() -> None:
    answer = register(password_confirm=PASSWORD + "!")
    assert (answer.status, answer.body["errors"]) == (400, {"password_confirm": ["Passwords do not match"]})


@pytest.mark.parametrize("field", list(ALICE))
def test_every_field_is_required(field: str) -> None:
    answer = call("POST", "register/", {key: value for key, value in ALICE.items() if key != field})
    assert (answer.status, answer.body["errors"]) == (400, {field: ["This field is required."]})


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "nobody"},
        {"email": ""},
        {"email": 5},
        {"email": None},
        {"email": "alice\x00@example.com"},
        {"fullName": "  "},
        {"fullName": "A" * 256},
        {"fullName": ["Alice"]},
        {"role": "superuser"},
        {"password": 12345678},
        {"password": "p" * 5000},
        {"is_staff": True},
    ],
)
def test_an_impossible_value_is_refused_by_field(changes: dict[str, Any]) -> None:
    answer = register(**changes)
    assert (answer.status, answer.body["message"], set(answer.body["errors"])) == (400, "Invalid data", set(changes))
    assert not User.objects.exists()


def test_all_faults_of_the_form_are_told_at_once() -> None:
    answer = call("POST", "register/", {"email": 1, "role": "boss", "extra": 0})
    assert set(answer.body["errors"]) == {"email", "role", "extra", "password", "password_confirm", "fullName"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"email": "\\ud800"}'])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    assert call("POST", "register/", body).status == 400


def test_only_post() -> None:
    assert call("GET", "register/").status == 405
