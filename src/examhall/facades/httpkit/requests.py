"""Who asks, when and from where: the three facts of a request that use cases need."""

from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from examhall.domain.access import Actor

AnyRequest = HttpRequest | Request

# Kept among the request's META entries: a client can set HTTP_* entries only, and DRF's wrapper shares META.
_ACTOR = "examhall.actor"
_NOW = "examhall.now"


def remember_actor(request: AnyRequest, actor: Actor) -> None:
    """Note who was authenticated, for :func:`actor_of`."""
    request.META[_ACTOR] = actor


def find_actor(request: AnyRequest) -> Actor | None:
    """Return who was authenticated, or ``None`` when nobody was."""
    return cast("Actor | None", request.META.get(_ACTOR))


def actor_of(request: AnyRequest) -> Actor:
    """Return who was authenticated.

    :raises LookupError: when the view forgot to authenticate; that is a fault of the view, not of the client.
    """
    actor = find_actor(request)
    if actor is None:
        raise LookupError("no actor was authenticated for this request")
    return actor


def request_now(request: AnyRequest) -> datetime:
    """Return the moment of the request in UTC: the clock is read once and then remembered."""
    now = cast("datetime | None", request.META.get(_NOW))
    if now is None:
        now = datetime.now(UTC)
        request.META[_NOW] = now
    return now


def client_address(request: AnyRequest) -> str:
    """Return the address that the request came from.

    A forwarded address counts only behind ``EXAMHALL_TRUSTED_PROXIES`` proxies of our own: each of them adds the
    address that it saw at the right end of ``X-Forwarded-For``; whatever stands further left the client may have made up.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.EXAMHALL_TRUSTED_PROXIES
    if proxies == 0:
        return direct
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return forwarded[-proxies] if len(forwarded) >= proxies else direct
