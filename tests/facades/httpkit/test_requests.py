"""Who asks, when and from where."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest
from django.test import RequestFactory, override_settings
from rest_framework.request import Request

from examhall.domain.access import Actor
from examhall.facades.httpkit.requests import actor_of, client_address, find_actor, remember_actor, request_now

NOON = datetime(2026, 10, 25, 12, 0, 0, 987654, tzinfo=UTC)


def _request(**meta: Any) -> HttpRequest:
    request: HttpRequest = RequestFactory().get("/", **meta)
    return request


def test_the_clock_is_read_once_for_a_request() -> None:
    request = _request()
    with time_machine.travel(NOON, tick=False) as clock:
        assert request_now(request) == NOON
        clock.shift(timedelta(seconds=5))
        assert request_now(request) == NOON
        assert request_now(Request(request)) == NOON
        assert request_now(_request()) == NOON + timedelta(seconds=5)


def test_the_time_of_a_request_is_in_utc() -> None:
    assert request_now(_request()).utcoffset() == timedelta(0)


def test_the_actor_is_who_was_authenticated() -> None:
    request = _request()
    remember_actor(request, Actor(user_id=7))
    assert actor_of(request) == actor_of(Request(request)) == Actor(user_id=7)


def test_without_authentication_there_is_no_actor() -> None:
    assert find_actor(_request()) is None
    with pytest.raises(LookupError):
        actor_of(_request())


def test_a_client_cannot_name_the_actor_itself() -> None:
    headers = {"examhall.actor": "1", "Examhall-Actor": "1"}
    assert find_actor(RequestFactory().get("/", headers=headers)) is None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, None, "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, " , ", "192.0.2.1"),
    ],
)
def test_only_the_addresses_that_our_proxies_saw_count(proxies: int, forwarded: str | None, address: str) -> None:
    meta = {"REMOTE_ADDR": "192.0.2.1", **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})}
    with override_settings(EXAMHALL_TRUSTED_PROXIES=proxies):
        assert client_address(_request(**meta)) == address
