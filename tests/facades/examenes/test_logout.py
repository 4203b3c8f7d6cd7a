"""GET (and POST) /logout/"""

import pytest
from django.contrib.sessions.models import Session

from tests.certification import Certification
from tests.facades.examenes.browser import Browser, browser_of


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_session_is_over(alice: Browser, method: str) -> None:
    answer = alice.send(method, "/logout/", token=alice.token())
    assert (answer.status, answer.body) == (200, {"message": "Logout successful."})
    assert not Session.objects.exists()
    assert alice.get("/user_info/").refused(401, "Authentication required.")


def test_a_cookie_kept_from_before_is_worth_nothing(alice: Browser) -> None:
    key = alice.client.cookies["sessionid"].value
    alice.get("/logout/")
    alice.client.cookies["sessionid"] = key
    assert alice.get("/user_info/").status == 401


def test_the_other_sessions_of_the_same_person_go_on(alice: Browser, world: Certification) -> None:
    other = browser_of(world.alice)
    alice.get("/logout/")
    assert other.get("/user_info/").status == 200


def test_somebody_else_stays_signed_in(alice: Browser, bob: Browser) -> None:
    alice.get("/logout/")
    assert bob.get("/user_info/").status == 200


def test_who_is_not_signed_in_is_told_so(nobody: Browser) -> None:
    assert nobody.get("/logout/").refused(401, "Authentication required.")
    assert nobody.post("/logout/").refused(401, "Authentication required.")


def test_signing_out_twice_is_told_the_second_time(alice: Browser) -> None:
    assert alice.get("/logout/").status == 200
    assert alice.get("/logout/").status == 401


def test_one_can_sign_in_again(alice: Browser, world: Certification) -> None:
    alice.get("/logout/")
    alice.sign_in(world.alice)
    assert alice.get("/user_info/").status == 200


def test_other_methods_are_refused(alice: Browser) -> None:
    assert alice.patch("/logout/").refused(405, "Method not allowed.")
