"""Opening an account through the Sessions API."""

from typing import Any

import pytest
from pytest_django import Settings

from examhall.domain.accounts import (
    EMAIL_LONGEST,
    FULL_NAME_LONGEST,
    MATRICULA_LONGEST,
    NAME_PART_LONGEST,
    USERNAME_LONGEST,
)
from examhall.domain.errors import AccountDisabled, EmailTaken, PasswordWeak, RegistrationClosed, ValueInvalid
from examhall.domain.words import AuthoringFault, Role
from examhall.engine.accounts import create_user, register
from examhall.engine.snapshots import UserSnapshot
from examhall.store.models import User
from tests.builders import NOW, PASSWORD, actor, make_user

pytestmark = pytest.mark.django_db


def alice(**changes: Any) -> UserSnapshot:
    values: dict[str, Any] = {
        "registrar": None,
        "email": "Alice@Example.com",
        "password": PASSWORD,
        "full_name": "Alice Owner",
        "role": Role.STUDENT,
        "now": NOW,
    }
    return register(**{**values, **changes})


def test_a_registered_student_is_stored_as_typed_and_found_without_regard_to_case() -> None:
    shown = alice()
    row = User.objects.get(pk=shown.id)
    assert (shown.email, shown.full_name, shown.role, shown.created_at) == (
        "Alice@Example.com",
        "Alice Owner",
        Role.STUDENT,
        NOW,
    )
    assert (shown.last_login, shown.is_active, shown.is_staff, shown.is_superuser) == (None, True, False, False)
    assert row.email_key == "alice@example.com"
    assert row.check_password(PASSWORD)


def test_white_space_around_name_and_email_is_not_kept() -> None:
    shown = alice(email=" alice@example.com ", full_name="\tAlice Owner ")
    assert (shown.email, shown.full_name) == ("alice@example.com", "Alice Owner")


def test_a_second_account_with_the_same_email_is_refused() -> None:
    alice()
    with pytest.raises(EmailTaken) as refused:
        alice(email="ALICE@example.COM")
    assert refused.value.field == "email"
    assert User.objects.count() == 1


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ADMIN])
def test_nobody_gives_themselves_a_staff_role(role: Role) -> None:
    with pytest.raises(RegistrationClosed):
        alice(role=role)
    assert not User.objects.exists()


def test_a_deployment_may_open_registration_to_teachers(settings: Settings) -> None:
    settings.EXAMHALL_TEACHER_REGISTRATION = "open"
    assert alice(role=Role.TEACHER).role is Role.TEACHER


def test_an_open_deployment_still_makes_no_admins(settings: Settings) -> None:
    settings.EXAMHALL_TEACHER_REGISTRATION = "open"
    with pytest.raises(RegistrationClosed):
        alice(role=Role.ADMIN)


def test_an_admin_registers_a_teacher() -> None:
    admin = make_user("Ada Admin", Role.ADMIN)
    assert alice(role=Role.TEACHER, registrar=actor(admin)).role is Role.TEACHER


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
def test_others_who_are_signed_in_register_no_teacher(role: Role) -> None:
    bob = make_user("Bob Member", role)
    with pytest.raises(RegistrationClosed):
        alice(role=Role.TEACHER, registrar=actor(bob))


def test_an_admin_who_was_switched_off_registers_nobody() -> None:
    admin = make_user("Ada Admin", Role.ADMIN, is_active=False)
    with pytest.raises(AccountDisabled):
        alice(role=Role.TEACHER, registrar=actor(admin))


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"email": "  "}, "email", AuthoringFault.BLANK),
        ({"email": "alice"}, "email", AuthoringFault.NOT_AN_EMAIL),
        ({"email": "alice@example.com\nBcc: bob@example.com"}, "email", AuthoringFault.NOT_AN_EMAIL),
        ({"email": "a" * 243 + "@example.com"}, "email", AuthoringFault.TOO_LONG),
        ({"email": "a@" + ("ß" * 60 + ".") * 4 + "de"}, "email", AuthoringFault.TOO_LONG),
        ({"full_name": " "}, "fullName", AuthoringFault.BLANK),
        ({"full_name": "A" * 256}, "fullName", AuthoringFault.TOO_LONG),
    ],
)
def test_an_impossible_value_is_refused_by_field(changes: dict[str, Any], field: str, reason: AuthoringFault) -> None:
    with pytest.raises(ValueInvalid) as refused:
        alice(**changes)
    assert (refused.value.field, refused.value.context["reason"]) == (field, reason)
    assert not User.objects.exists()


def test_the_longest_values_fit() -> None:
    longest = "a" * 64 + "@" + ("b" * 62 + ".") * 2 + "c" * 59 + ".de"
    assert alice(email=longest, full_name="A" * 255).email == longest


def test_every_fault_of_a_password_is_told() -> None:
    with pytest.raises(PasswordWeak) as refused:
        alice(password="12345")
    assert refused.value.field == "password"
    assert len(refused.value.context["messages"]) == 3


def test_a_password_like_the_email_is_weak() -> None:
    with pytest.raises(PasswordWeak):
        alice(email="wonderland@example.com", password="wonderland1")


def test_a_command_makes_an_admin_with_the_rights_of_one() -> None:
    shown = create_user(email="ada@example.com", password=PASSWORD, full_name="Ada Admin", role=Role.ADMIN, now=NOW)
    assert (shown.role, shown.is_staff, shown.is_superuser) == (Role.ADMIN, True, True)


def test_a_command_makes_a_teacher_without_the_rights_of_an_admin() -> None:
    shown = create_user(email="t@example.com", password=PASSWORD, full_name="Teresa", role=Role.TEACHER, now=NOW)
    assert (shown.role, shown.is_staff, shown.is_superuser) == (Role.TEACHER, False, False)


@pytest.mark.parametrize(
    ("column", "longest"),
    [
        ("email", EMAIL_LONGEST),
        ("email_key", EMAIL_LONGEST),
        ("full_name", FULL_NAME_LONGEST),
        ("username", USERNAME_LONGEST),
        ("matricula", MATRICULA_LONGEST),
        ("nombre", NAME_PART_LONGEST),
        ("paterno", NAME_PART_LONGEST),
        ("materno", NAME_PART_LONGEST),
    ],
)
def test_the_rules_lengths_are_the_columns(column: str, longest: int) -> None:
    assert getattr(User._meta.get_field(column), "max_length", None) == longest
