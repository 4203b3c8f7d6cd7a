"""Sign-ins are throttled by account and address together, never by address alone."""

import itertools
from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings

from tests.builders import NOW, PASSWORD, make_user
from tests.facades.rest.api import Answer
from tests.facades.rest.auth.calls import CLASSROOM, HOME, log_in

pytestmark = pytest.mark.django_db

WRONG = PASSWORD + "!"
LIMIT = 10
COOL_OFF = 300


def fail(email: str, times: int, address: str = CLASSROOM) -> list[Answer]:
    return [log_in(email, WRONG, address=address) for _ in range(times)]


def test_an_account_tried_too_often_has_to_wait() -> None:
    alice = make_user("Alice Owner")
    assert [answer.status for answer in fail(alice.email, LIMIT - 1)] == [401] * (LIMIT - 1)
    assert [answer.status for answer in fail(alice.email, 3)] == [429] * 3


def test_the_lock_answers_in_the_envelope_and_says_when_to_come_back() -> None:
    alice = make_user("Alice Owner")
    with time_machine.travel(NOW, tick=False) as clock:
        locked = fail(alice.email, LIMIT)[-1]
        clock.shift(100)
        later = log_in(alice.email)
    assert locked.body == {
        "success": False,
        "errors": {},
        "message": "Too many failed login attempts; try again later",
    }
    assert locked.headers["Retry-After"] == str(COOL_OFF + 1)
    assert (later.status, later.headers["Retry-After"]) == (429, str(COOL_OFF - 99))


def test_a_right_password_waits_as_well_and_works_when_the_lock_is_over() -> None:
    alice = make_user("Alice Owner")
    with time_machine.travel(NOW, tick=False) as clock:
        fail(alice.email, LIMIT)
        assert log_in(alice.email).status == 429
        clock.move_to(NOW + timedelta(seconds=COOL_OFF))
        last = log_in(alice.email)
        assert (last.status, last.headers["Retry-After"]) == (429, "1")
        clock.move_to(NOW + timedelta(seconds=COOL_OFF + 1))
        assert log_in(alice.email).status == 200


def test_trying_on_does_not_lengthen_the_lock() -> None:
    alice = make_user("Alice Owner")
    with time_machine.travel(NOW, tick=False) as clock:
        fail(alice.email, LIMIT)
        clock.shift(COOL_OFF - 1)
        fail(alice.email, 5)
        clock.shift(2)
        assert log_in(alice.email).status == 200


def test_an_email_that_nobody_has_is_locked_just_the_same() -> None:
    answers = fail("nobody@school.example", LIMIT + 1)
    assert [answer.status for answer in answers] == [401] * (LIMIT - 1) + [429, 429]


def test_the_case_of_the_email_gives_no_further_tries() -> None:
    make_user("Alice Owner", email="alice@school.example")
    fail("alice@school.example", LIMIT - 1)
    assert log_in("ALICE@school.example ", WRONG).status == 429


def test_another_browser_gives_no_further_tries() -> None:
    alice = make_user("Alice Owner")
    statuses = [log_in(alice.email, WRONG, headers={"User-Agent": f"browser/{n}"}).status for n in range(LIMIT + 1)]
    assert statuses[-2:] == [429, 429]


def test_a_made_up_forwarded_address_gives_no_further_tries() -> None:
    alice = make_user("Alice Owner")
    statuses = [
        log_in(alice.email, WRONG, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status for n in range(LIMIT + 1)
    ]
    assert statuses[-2:] == [429, 429]


def test_behind_our_own_proxy_the_forwarded_address_counts(settings: Settings) -> None:
    settings.EXAMHALL_TRUSTED_PROXIES = 1
    alice = make_user("Alice Owner")
    for _ in range(LIMIT):
        log_in(alice.email, WRONG, headers={"X-Forwarded-For": "203.0.113.9"})
    assert log_in(alice.email, headers={"X-Forwarded-For": "203.0.113.9"}).status == 429
    assert log_in(alice.email, headers={"X-Forwarded-For": "203.0.113.10"}).status == 200


@pytest.mark.parametrize("address", ["", "unix:", "not an address", "fe80::1%eth0"])
def test_an_address_that_is_none_is_throttled_too(address: str) -> None:
    alice = make_user("Alice Owner")
    assert fail(alice.email, LIMIT, address)[-1].status == 429


def test_all_addresses_of_one_ipv6_network_count_as_one() -> None:
    alice = make_user("Alice Owner")
    statuses = [log_in(alice.email, WRONG, address=f"2001:db8:1:2::{n:x}").status for n in range(1, LIMIT + 2)]
    assert statuses[-2:] == [429, 429]
    assert log_in(alice.email, address="2001:db8:1:3::1").status == 200


def test_the_owner_at_another_address_is_not_locked_out() -> None:
    alice = make_user("Alice Owner")
    fail(alice.email, LIMIT)
    assert log_in(alice.email, address=HOME).status == 200


def test_the_neighbour_at_the_same_address_is_not_locked_out() -> None:
    alice, bob = make_user("Alice Owner"), make_user("Bob Member")
    fail(alice.email, LIMIT)
    assert log_in(bob.email).status == 200


def test_a_class_of_sixty_signs_in_from_one_address_some_after_a_slip() -> None:
    students = [make_user(f"Student {number}") for number in range(60)]
    for number, student in enumerate(students):
        assert {answer.status for answer in fail(student.email, number % 4)} <= {401}
    assert [log_in(student.email).status for student in students] == [200] * 60


def test_a_sign_in_starts_the_count_anew() -> None:
    alice = make_user("Alice Owner")
    for tries in itertools.repeat(LIMIT - 1, 3):
        fail(alice.email, tries)
        assert log_in(alice.email).status == 200
