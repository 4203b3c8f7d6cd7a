"""POST /auth/change-password/."""

from typing import Any

import pytest

from examhall.store.models import User
from tests.builders import PASSWORD, make_user
from tests.facades.rest.api import Answer
from tests.facades.rest.auth.calls import call, log_in, refresh, tokens_of

pytestmark = pytest.mark.django_db

NEW = "battery horse correct"


def change(access: str | None, **changes: Any) -> Answer:
    body = {"old_password": PASSWORD, "new_password": NEW, "new_password_confirm": NEW, **changes}
    return call("POST", "change-password/", body, token=access)


def test_a_changed_password_replaces_the_old_one() -> None:
    alice = make_user("Alice Owner")
    access, _ = tokens_of(alice.email)
    answer = change(access)
    assert (answer.status, answer.body) == (200, {"success": True, "message": "Password changed successfully"})
    assert log_in(alice.email, NEW).status == 200
    assert log_in(alice.email, PASSWORD).status == 401


def test_every_earlier_refresh_token_is_dead_and_later_ones_live() -> None:
    alice = make_user("Alice Owner")
    (access, phone), (_, laptop) = tokens_of(alice.email), tokens_of(alice.email)
    rotated = refresh(laptop).data["refresh"]
    change(access)
    assert [refresh(token).status for token in (phone, laptop, rotated)] == [401, 401, 401]
    assert refresh(tokens_of(alice.email, NEW)[1]).status == 200


def test_an_access_token_lives_on_until_it_expires() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    change(access)
    assert call("GET", "profile/", token=access).status == 200


def test_nobody_else_is_signed_out() -> None:
    bob = make_user("Bob Member")
    _, bobs = tokens_of(bob.email)
    access, _ = tokens_of(make_user("Alice Owner").email)
    change(access)
    assert refresh(bobs).status == 200


def test_a_wrong_old_password_is_refused_by_field() -> None:
    alice = make_user("Alice Owner")
    access, token = tokens_of(alice.email)
    answer = change(access, old_password=PASSWORD + "!")
    assert (answer.status, answer.body["errors"]) == (400, {"old_password": ["Old password is incorrect"]})
    assert log_in(alice.email).status == 200
    assert refresh(token).status == 200


def test_the_old_password_cannot_be_tried_without_end() -> None:
    alice = make_user("Alice Owner")
    access, _ = tokens_of(alice.email)
    statuses = [change(access, old_password=f"guess {number}").status for number in range(20)]
    assert statuses == [400] * 10 + [429] * 10
    locked = change(access)
    assert (locked.status, locked.body["success"]) == (429, False)
    assert int(locked.headers["Retry-After"]) > 0
    assert log_in(alice.email).status == 200


def test_the_confirmation_must_match() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    answer = change(access, new_password_confirm=NEW + "!")
    assert (answer.status, answer.body["errors"]) == (400, {"new_password_confirm": ["Passwords do not match"]})


def test_a_weak_new_password_is_refused_by_field() -> None:
    access, token = tokens_of(make_user("Alice Owner").email)
    answer = change(access, new_password="12345", new_password_confirm="12345")
    assert (answer.status, list(answer.body["errors"])) == (400, ["new_password"])
    assert len(answer.body["errors"]["new_password"]) == 3
    assert refresh(token).status == 200


@pytest.mark.parametrize("field", ["old_password", "new_password", "new_password_confirm"])
@pytest.mark.parametrize("value", [None, 12345678, "nul\x00nul", "p" * 5000])
def test_an_impossible_value_is_refused_by_field(field: str, value: Any) -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    answer = change(access, **{field: value})
    assert (answer.status, set(answer.body["errors"])) == (400, {field})


def test_every_field_is_required() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    answer = call("POST", "change-password/", {}, token=access)
    assert set(answer.body["errors"]) == {"old_password", "new_password", "new_password_confirm"}


def test_without_a_token_no_password_changes() -> None:
    assert change(None).status == 401


def test_an_account_that_was_switched_off_is_refused() -> None:
    alice = make_user("Alice Owner")
    access, _ = tokens_of(alice.email)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert change(access).status == 401
