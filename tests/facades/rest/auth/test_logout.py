"""POST /auth/logout/."""

import pytest

from examhall.store.models import User
from tests.builders import make_user
from tests.facades.rest.api import Answer
from tests.facades.rest.auth.calls import call, refresh, tokens_of

pytestmark = pytest.mark.django_db


def log_out(token: str | None, refresh_token: str) -> Answer:
    return call("POST", "logout/", {"refresh": refresh_token}, token=token)


def test_after_a_logout_the_refresh_token_is_dead() -> None:
    access, token = tokens_of(make_user("Alice Owner").email)
    answer = log_out(access, token)
    assert (answer.status, answer.body) == (200, {"success": True, "message": "Logout successful"})
    assert refresh(token).status == 401


def test_a_second_logout_answers_the_same() -> None:
    access, token = tokens_of(make_user("Alice Owner").email)
    assert (
        log_out(access, token).body
        == log_out(access, token).body
        == {
            "success": True,
            "message": "Logout successful",
        }
    )


def test_another_sign_in_of_the_same_person_goes_on() -> None:
    alice = make_user("Alice Owner")
    (access, phone), (_, laptop) = tokens_of(alice.email), tokens_of(alice.email)
    log_out(access, phone)
    assert refresh(laptop).status == 200


def test_nobody_is_logged_out_by_somebody_else() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    bobs_access, _ = tokens_of(make_user("Bob Member").email)
    answer = log_out(bobs_access, token)
    assert (answer.status, answer.body["errors"]) == (400, {"refresh": ["Token is invalid or expired"]})
    assert refresh(token).status == 200


def test_without_an_access_token_nothing_is_done() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    assert log_out(None, token).status == 401
    assert refresh(token).status == 200


def test_an_account_that_was_switched_off_is_refused() -> None:
    alice = make_user("Alice Owner")
    access, token = tokens_of(alice.email)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert log_out(access, token).status == 401


def test_what_is_no_refresh_token_is_refused_by_field() -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    for wrong in ("nonsense", access):
        answer = log_out(access, wrong)
        assert (answer.status, set(answer.body["errors"])) == (400, {"refresh"})


@pytest.mark.parametrize("body", [{}, {"refresh": None}, {"refresh": 7}])
def test_a_body_without_a_token_is_refused_by_field(body: dict[str, object]) -> None:
    access, _ = tokens_of(make_user("Alice Owner").email)
    answer = call("POST", "logout/", body, token=access)
    assert (answer.status, set(answer.body["errors"])) == (400, {"refresh"})
