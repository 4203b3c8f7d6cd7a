"""Passwords, sign-ins and whose refresh token it is."""

from datetime import timedelta

import pytest

from examhall.domain.access import Actor
from examhall.domain.errors import AccountDisabled, BadCredentials, InvalidToken, PasswordWeak, WrongPassword
from examhall.engine.accounts_credentials import change_password, get_token_holder, record_sign_in
from examhall.store.models import User
from tests.builders import NOW, PASSWORD, actor, make_user

pytestmark = pytest.mark.django_db

NEW = "battery horse correct"


def test_a_sign_in_is_noted() -> None:
    alice = make_user("Alice Owner", token_epoch=7)
    signed_in = record_sign_in(user_id=alice.pk, now=NOW)
    assert (signed_in.user.last_login, signed_in.token_epoch) == (NOW, 7)
    assert User.objects.get(pk=alice.pk).last_login == NOW


def test_an_account_switched_off_in_between_is_not_signed_in() -> None:
    alice = make_user("Alice Owner", is_active=False)
    with pytest.raises(BadCredentials):
        record_sign_in(user_id=alice.pk, now=NOW + timedelta(days=1))
    assert User.objects.get(pk=alice.pk).last_login == alice.last_login


def test_a_token_of_the_present_password_has_a_holder() -> None:
    alice = make_user("Alice Owner", token_epoch=3)
    holder = get_token_holder(user_id=alice.pk, token_epoch=3)
    assert (holder.user.id, holder.token_epoch) == (alice.pk, 3)


@pytest.mark.parametrize("epoch", [2, 4])
def test_a_token_of_another_password_has_none(epoch: int) -> None:
    alice = make_user("Alice Owner", token_epoch=3)
    with pytest.raises(InvalidToken):
        get_token_holder(user_id=alice.pk, token_epoch=epoch)


def test_a_token_of_an_account_that_is_switched_off_or_gone_has_none() -> None:
    alice = make_user("Alice Owner", is_active=False)
    for user_id in (alice.pk, alice.pk + 1000):
        with pytest.raises(AccountDisabled):
            get_token_holder(user_id=user_id, token_epoch=0)


def test_a_changed_password_works_and_earlier_tokens_do_not() -> None:
    alice = make_user("Alice Owner", token_epoch=3)
    change_password(actor=actor(alice), old_password=PASSWORD, new_password=NEW)
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert not alice.check_password(PASSWORD)
    with pytest.raises(InvalidToken):
        get_token_holder(user_id=alice.pk, token_epoch=3)


def test_nobody_elses_password_changes() -> None:
    alice, bob = make_user("Alice Owner"), make_user("Bob Member")
    change_password(actor=actor(alice), old_password=PASSWORD, new_password=NEW)
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert get_token_holder(user_id=bob.pk, token_epoch=0).user.id == bob.pk


def test_a_wrong_old_password_changes_nothing() -> None:
    alice = make_user("Alice Owner")
    with pytest.raises(WrongPassword) as refused:
        change_password(actor=actor(alice), old_password=PASSWORD + "!", new_password=NEW)
    assert refused.value.field == "old_password"
    alice.refresh_from_db()
    assert (alice.check_password(PASSWORD), alice.token_epoch) == (True, 0)


def test_a_weak_new_password_changes_nothing() -> None:
    alice = make_user("Alice Owner", email="wonderland@school.example")
    with pytest.raises(PasswordWeak) as refused:
        change_password(actor=actor(alice), old_password=PASSWORD, new_password="wonderland")
    assert refused.value.field == "new_password"
    alice.refresh_from_db()
    assert (alice.check_password(PASSWORD), alice.token_epoch) == (True, 0)


def test_an_account_that_is_switched_off_or_gone_changes_no_password() -> None:
    alice = make_user("Alice Owner", is_active=False)
    for who in (actor(alice), Actor(user_id=alice.pk + 1000)):
        with pytest.raises(AccountDisabled):
            change_password(actor=who, old_password=PASSWORD, new_password=NEW)
