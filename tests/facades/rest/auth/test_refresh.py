"""POST /auth/refresh/."""

from datetime import timedelta

import jwt
import pytest
import time_machine
from django.conf import settings
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from examhall.store.models import User
from tests.builders import NOW, make_user
from tests.facades.rest.api import Answer
from tests.facades.rest.auth.calls import call, refresh, tokens_of
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db


def is_refused(answer: Answer) -> bool:
    return (answer.status, answer.body) == (
        401,
        {"success": False, "errors": {}, "message": "Token is invalid or expired"},
    )


def signed(key: str = settings.SECRET_KEY, **changes: object) -> str:
    claims: dict[str, object] = {
        "token_type": "refresh",
        "exp": int((NOW + timedelta(days=1)).timestamp()),
        "jti": "0123456789abcdef",
        "user_id": "1",
        "epoch": 0,
    }
    kept = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(kept, key, algorithm="HS256")


def test_a_refresh_token_is_exchanged_for_a_new_pair() -> None:
    alice = make_user("Alice Owner")
    _, old = tokens_of(alice.email)
    answer = refresh(old)
    assert (answer.status, answer.body["message"]) == (200, "Token refreshed successfully")
    assert list(answer.data) == ["access", "refresh"]
    assert answer.data["refresh"] != old
    assert call("GET", "profile/", token=answer.data["access"]).data["id"] == alice.pk


def test_the_old_token_is_dead_and_the_new_one_lives() -> None:
    _, old = tokens_of(make_user("Alice Owner").email)
    new = refresh(old).data["refresh"]
    assert is_refused(refresh(old))
    assert refresh(new).status == 200


def test_each_sign_in_has_a_token_of_its_own() -> None:
    alice = make_user("Alice Owner")
    (_, phone), (_, laptop) = tokens_of(alice.email), tokens_of(alice.email)
    refresh(phone)
    assert refresh(laptop).status == 200


def test_a_refresh_lives_seven_days_to_the_second() -> None:
    alice = make_user("Alice Owner")
    with time_machine.travel(NOW.replace(microsecond=0), tick=False) as clock:
        (_, first), (_, second) = tokens_of(alice.email), tokens_of(alice.email)
        clock.shift(timedelta(days=7) - timedelta(seconds=1))
        assert refresh(first).status == 200
        clock.shift(timedelta(seconds=1))
        assert is_refused(refresh(second))


def test_a_rotated_token_lives_seven_days_from_its_rotation() -> None:
    alice = make_user("Alice Owner")
    with time_machine.travel(NOW, tick=False) as clock:
        _, token = tokens_of(alice.email)
        for _ in range(3):
            clock.shift(timedelta(days=6))
            token = refresh(token).data["refresh"]


def test_an_account_that_was_switched_off_is_refused() -> None:
    alice = make_user("Alice Owner")
    _, token = tokens_of(alice.email)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert refresh(token).status == 401
    User.objects.filter(pk=alice.pk).update(is_active=True)
    assert refresh(token).status == 200


def test_an_account_that_is_gone_is_refused() -> None:
    alice = make_user("Alice Owner")
    _, token = tokens_of(alice.email)
    alice.delete()
    assert refresh(token).status == 401


def test_an_access_token_is_no_refresh_token() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    assert is_refused(refresh(access))


def test_a_refresh_token_is_no_access_token() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    assert is_refused(call("GET", "profile/", token=token))


def test_a_token_of_our_own_with_every_claim_is_good() -> None:
    alice = make_user("Alice Owner")
    assert refresh(signed(user_id=str(alice.pk))).status == 200


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "a.b.c",
        "ä.ö.ü",
        signed("another key that is long enough to sign"),
        signed(exp=1_000_000_000),
        signed(exp=None),
        signed(exp="tomorrow"),
        signed(exp=10**30),
        signed(jti=None),
        signed(user_id=None),
        signed(user_id="Alice"),
        signed(user_id=["1"]),
        signed(epoch=None),
        signed(epoch="x"),
        signed(token_type=None),
        signed(token_type="access"),
        jwt.encode({"token_type": "refresh", "user_id": "1", "epoch": 0, "jti": "x"}, None, algorithm="none"),
    ],
)
def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    make_user("Alice Owner", pk=1)
    assert is_refused(refresh(token))


def test_no_working_token_is_kept_in_the_database() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    assert not OutstandingToken.objects.exists()
    refresh(token)
    assert list(OutstandingToken.objects.values_list("token", flat=True)) == [""]


@pytest.mark.parametrize("body", [{}, {"refresh": None}, {"refresh": 7}, {"refresh": "x" * 5000}])
def test_a_body_without_a_token_is_refused_by_field(body: dict[str, object]) -> None:
    answer = call("POST", "refresh/", body)
    assert (answer.status, set(answer.body["errors"])) == (400, {"refresh"})


def test_an_unknown_field_is_refused_by_field() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    answer = call("POST", "refresh/", {"refresh": token, "access": "x"})
    assert (answer.status, answer.body["errors"]) == (400, {"access": ["Unknown field."]})


def test_a_refresh_asks_the_database_five_times() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    with assert_queries_at_most(5):
        refresh(token)
