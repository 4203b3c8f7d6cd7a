"""Seeing and changing one's own account."""

import pytest

from examhall.domain.access import Actor
from examhall.domain.errors import AccountDisabled, EmailTaken, ValueInvalid
from examhall.domain.words import AuthoringFault, Role
from examhall.engine.accounts import get_profile, update_profile
from examhall.store.models import User
from tests.builders import CREATED, actor, make_user

pytestmark = pytest.mark.django_db


def test_a_profile_is_the_own_account() -> None:
    alice = make_user("Alice Owner", Role.TEACHER, email="Alice@School.example")
    make_user("Bob Member")
    shown = get_profile(actor=actor(alice))
    assert (shown.id, shown.email, shown.full_name, shown.role) == (
        alice.pk,
        "Alice@School.example",
        "Alice Owner",
        Role.TEACHER,
    )
    assert shown.created_at == CREATED


def test_an_account_that_is_switched_off_or_gone_has_no_profile() -> None:
    bob = make_user("Bob Member", is_active=False)
    for who in (actor(bob), Actor(user_id=bob.pk + 1000)):
        with pytest.raises(AccountDisabled):
            get_profile(actor=who)
        with pytest.raises(AccountDisabled):
            update_profile(actor=who, full_name="Somebody Else")


def test_what_is_not_given_stays() -> None:
    alice = make_user("Alice Owner", email="Alice@School.example")
    assert update_profile(actor=actor(alice), full_name=" Alice Adams ").email == "Alice@School.example"
    assert update_profile(actor=actor(alice), email="alice@home.example").full_name == "Alice Adams"
    alice.refresh_from_db()
    assert (alice.full_name, alice.email, alice.email_key) == (
        "Alice Adams",
        "alice@home.example",
        "alice@home.example",
    )


def test_an_empty_change_changes_nothing() -> None:
    alice = make_user("Alice Owner")
    assert update_profile(actor=actor(alice)).full_name == "Alice Owner"


def test_one_may_change_the_case_of_ones_own_email() -> None:
    alice = make_user("Alice Owner", email="alice@school.example")
    assert update_profile(actor=actor(alice), email="Alice@School.example").email == "Alice@School.example"


def test_the_email_of_somebody_else_is_refused() -> None:
    alice = make_user("Alice Owner", email="alice@school.example")
    make_user("Bob Member", email="bob@school.example")
    with pytest.raises(EmailTaken):
        update_profile(actor=actor(alice), email="BOB@School.example", full_name="Bob Member")
    assert User.objects.get(pk=alice.pk).full_name == "Alice Owner"


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"email": "nobody"}, "email", AuthoringFault.NOT_AN_EMAIL),
        ({"email": ""}, "email", AuthoringFault.BLANK),
        ({"full_name": " "}, "fullName", AuthoringFault.BLANK),
    ],
)
def test_an_impossible_value_is_refused_by_field(change: dict[str, str], field: str, reason: AuthoringFault) -> None:
    alice = make_user("Alice Owner")
    with pytest.raises(ValueInvalid) as refused:
        update_profile(actor=actor(alice), full_name=change.get("full_name"), email=change.get("email"))
    assert (refused.value.field, refused.value.context["reason"]) == (field, reason)
