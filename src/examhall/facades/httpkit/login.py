"""Checking passwords for any door: Django's backends, throttled by account and address together (django-axes)."""

import ipaddress
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar, cast

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.db import OperationalError
from django.db.models import Max
from django.http import HttpRequest
from rest_framework.request import Request

from examhall.domain.accounts import EMAIL_LONGEST, email_key
from examhall.domain.errors import BadCredentials, DomainError, SignInLocked, WrongPassword
from examhall.engine import accounts_credentials
from examhall.engine.locking import TRIES, lost_a_race
from examhall.engine.snapshots_accounts import SignedIn
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.requests import AnyRequest, client_address, request_now

T = TypeVar("T")

_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - a stand-in that a column for addresses can hold; nothing listens on it
_IPV6_SUBSCRIBER = 64


class _WatchedRequest(HttpRequest):
    """What axes puts on a request."""

    axes_ip_address: str
    axes_attempt_time: datetime
    axes_locked_out: bool


def sign_in(request: AnyRequest, *, email: str, password: str) -> SignedIn:
    """Return whose e-mail and password these are, and note the sign-in.

    An unknown e-mail, a wrong password and a disabled account are refused alike, each after one password hash.

    :raises BadCredentials: when they are nobody's.
    :raises SignInLocked: when this account was tried too often from this address, whatever the password.
    :raises Overloaded: when as many passwords are being checked as the server can bear.
    """
    try:
        signed_in = _sign_in(request, email=email, password=password)
    except DomainError as refused:
        observe.count_sign_in(refused)
        raise
    observe.count_sign_in()
    return signed_in


def _sign_in(request: AnyRequest, *, email: str, password: str) -> SignedIn:
    key = email_key(email)
    if len(key) > EMAIL_LONGEST:
        raise BadCredentials
    http = _prepared(request)
    user = _persistently(lambda: authenticate(http, username=key, password=password))
    if user is None:
        if http.axes_locked_out:
            raise _locked(http, key)
        raise BadCredentials
    signed_in = accounts_credentials.record_sign_in(user_id=user.pk, now=request_now(request))
    _persistently(lambda: AxesProxyHandler.reset_attempts(ip_address=http.axes_ip_address, username=key))
    return signed_in


@contextmanager
def counting_wrong_passwords(request: AnyRequest, *, user_id: int) -> Iterator[None]:
    """Throttle a use case that asks somebody who is signed in for the password again.

    Whoever got hold of an access token must not be able to try passwords without end.

    :raises SignInLocked: when that was tried too often for this account from this address.
    """
    # Not an e-mail address, so that these failures never lock the owner out of signing in.
    key = f"user:{user_id}"
    http = _prepared(request)
    credentials = {"username": key}
    if not AxesProxyHandler.is_allowed(http, credentials):
        raise _locked(http, key)
    try:
        yield
    except WrongPassword:
        _persistently(lambda: AxesProxyHandler.user_login_failed(__name__, credentials, http))
        raise


def throttled_address(request: AnyRequest) -> str:
    """Return the address that failures are counted under (the setting AXES_CLIENT_IP_CALLABLE).

    Of an IPv6 address only the network counts: a subscriber has 2^64 addresses in it to try from.
    """
    try:
        address = ipaddress.ip_address(client_address(request).partition("%")[0])
    except ValueError:
        return _NO_ADDRESS
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _IPV6_SUBSCRIBER), strict=False).network_address)


def _prepared(request: AnyRequest) -> _WatchedRequest:
    """Return the plain request with what axes keeps on it; its clock is the request's."""
    http = request._request if isinstance(request, Request) else request  # noqa: SLF001 - DRF has no public name for it
    AxesProxyHandler.update_request(http)
    watched = cast("_WatchedRequest", http)
    watched.axes_attempt_time = request_now(request)
    return watched


def _locked(http: _WatchedRequest, key: str) -> SignInLocked:
    latest = AccessAttempt.objects.filter(username=key, ip_address=http.axes_ip_address).aggregate(
        at=Max("attempt_time")
    )["at"]
    cool_off = get_cool_off(http)
    if latest is None or cool_off is None:
        return SignInLocked(retry_after=1)
    # At its last second the lock still holds, so the next whole one is the first to try again.
    left = latest + cool_off - http.axes_attempt_time
    return SignInLocked(retry_after=max(1, int(left.total_seconds()) + 1))


def _persistently(call: Callable[[], T]) -> T:
    """Run a call that writes through axes; simultaneous failures of one account may deadlock on MariaDB."""
    for attempt in range(1, TRIES):
        try:
            return call()
        except OperationalError as error:
            if not lost_a_race(error):
                raise
            time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - a delay, not a secret
    return call()
