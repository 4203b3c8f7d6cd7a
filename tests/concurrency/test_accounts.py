"""Accounts and tokens when several ask for the same thing at the same moment."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from examhall.domain.access import Actor
from examhall.domain.errors import DomainError, EmailTaken, MatriculaTaken, UsernameTaken, WrongPassword
from examhall.domain.words import Role
from examhall.engine.accounts import register, register_candidate, update_profile
from examhall.engine.accounts_credentials import change_password
from examhall.store.models import User
from tests.builders import NOW, PASSWORD, actor, make_user
from tests.facades.rest.auth.calls import call, log_in, refresh, tokens_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

DONE = "done"


def at_once(count: int, act: Callable[[int], object]) -> Counter[object]:
    """Let that many threads act at the same moment; count what came of it: a value, or the refusal's type."""
    barrier = threading.Barrier(count)

    def run(number: int) -> object:
        try:
            barrier.wait()
            return act(number)
        except DomainError as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(run, range(count)))


def test_twenty_registrations_of_one_email_make_one_account() -> None:
    def act(number: int) -> str:
        email = "alice@example.com" if number % 2 else "ALICE@example.com"
        name = f"Alice {number}"
        register(registrar=None, email=email, password=PASSWORD, full_name=name, role=Role.STUDENT, now=NOW)
        return DONE

    assert at_once(20, act) == {DONE: 1, EmailTaken: 19}
    assert User.objects.count() == 1


def test_over_http_the_losers_are_told_by_field() -> None:
    body = {
        "email": "alice@example.com",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
        "fullName": "Alice Owner",
        "role": "student",
    }

    def act(_: int) -> tuple[int, str]:
        answer = call("POST", "register/", body)
        return answer.status, ",".join(answer.body.get("errors", {}))

    assert at_once(8, act) == {(201, ""): 1, (400, "email"): 7}


@pytest.mark.parametrize(
    ("same", "refusal"), [("email", EmailTaken), ("username", UsernameTaken), ("matricula", MatriculaTaken)]
)
def test_each_unique_value_of_a_candidate_goes_to_one(same: str, refusal: type[DomainError]) -> None:
    def act(number: int) -> str:
        own = {"email": f"alice{number}@ejemplo.com", "username": f"alice{number}", "matricula": f"A{number}"}
        values = {**own, same: "alice@ejemplo.com"}
        register_candidate(nombre="Alicia", paterno="Pérez", materno="Gómez", password=PASSWORD, now=NOW, **values)
        return DONE

    assert at_once(8, act) == {DONE: 1, refusal: 7}
    assert User.objects.count() == 1


def test_two_people_cannot_take_the_same_new_email() -> None:
    people = [actor(make_user(f"Student {number}")) for number in range(8)]

    def act(number: int) -> str:
        update_profile(actor=people[number], email="wanted@example.com")
        return DONE

    assert at_once(8, act) == {DONE: 1, EmailTaken: 7}


def test_a_refresh_token_is_exchanged_once() -> None:
    _, token = tokens_of(make_user("Alice Owner").email)
    assert at_once(12, lambda _: refresh(token).status) == {200: 1, 401: 11}


def test_logging_out_twelve_times_at_once_is_fine() -> None:
    access, token = tokens_of(make_user("Alice Owner").email)
    statuses = at_once(12, lambda _: call("POST", "logout/", {"refresh": token}, token=access).status)
    assert statuses == {200: 12}
    assert refresh(token).status == 401


def test_of_two_password_changes_at_once_one_wins() -> None:
    alice = make_user("Alice Owner")
    who = Actor(user_id=alice.pk)

    def act(number: int) -> int:
        change_password(actor=who, old_password=PASSWORD, new_password=f"battery horse {number}")
        return number

    outcome = at_once(6, act)
    (winner,) = (key for key in outcome if isinstance(key, int))
    assert outcome == {winner: 1, WrongPassword: 5}
    alice.refresh_from_db()
    assert (alice.check_password(f"battery horse {winner}"), alice.token_epoch) == (True, 1)


def test_a_refresh_that_races_with_a_password_change_leaves_no_working_token() -> None:
    alice = make_user("Alice Owner")
    sign_ins = [tokens_of(alice.email)[1] for _ in range(6)]
    who = Actor(user_id=alice.pk)
    kept: list[str] = []

    def act(number: int) -> str:
        if number == 0:
            change_password(actor=who, old_password=PASSWORD, new_password="battery horse correct")
        else:
            answer = refresh(sign_ins[number - 1])
            if answer.status == 200:
                kept.append(answer.data["refresh"])
        return DONE

    at_once(7, act)
    assert [refresh(token).status for token in (*kept, *sign_ins)] == [401] * (len(kept) + 6)


def test_failures_at_once_are_all_counted_and_none_breaks() -> None:
    alice = make_user("Alice Owner")
    statuses = at_once(12, lambda number: log_in(alice.email, f"guess {number}").status)
    assert set(statuses) <= {401, 429}
    assert log_in(alice.email).status == 429


def test_a_class_signs_in_at_once() -> None:
    emails = [make_user(f"Student {number}").email for number in range(20)]
    assert at_once(20, lambda number: log_in(emails[number]).status) == {200: 20}
