"""Who asks, when and from where: the three facts of a request that use cases need."""

from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

from examhall.domain.access import Actor


class Incoming:
    """A request that came past Django: its environment and its body."""

    __slots__ = ("META", "body")

    def __init__(self, environ: dict[str, Any], body: bytes) -> None:
        self.META = environ
        self.body = body


AnyRequest = HttpRequest | Request
AnyIncoming = AnyRequest | Incoming

# Kept among the request's META entries: a client can set HTTP_* entries only, and DRF's wrapper shares META.
_ACTOR = "examhall.actor"
_NOW = "examhall.now"


def remember_actor(request: AnyIncoming, actor: Actor) -> None:
    """Note who was authenticated, for :func:`actor_of`."""
    request.META[_ACTOR] = actor


def find_actor(request: AnyIncoming) -> Actor | None:
    """Return who was authenticated, or ``None`` when nobody was."""
    return cast("Actor | None", request.META.get(_ACTOR))


def actor_of(request: AnyIncoming) -> Actor:
    """Return who was authenticated.

    :raises LookupError: when the view forgot to authenticate; that is a fault of the view, not of the client.
    """
    actor = find_actor(request)
    if actor is None:
        raise LookupError("no actor was authenticated for this request")
    return actor


def request_now(request: AnyIncoming) -> datetime:
    """Return the moment of the request in UTC, which is when it had arrived: the clock is read once and then remembered."""
    now = cast("datetime | None", request.META.get(_NOW))
    return note_moment(request.META) if now is None else now


def note_moment(meta: dict[str, Any]) -> datetime:
    """Read the clock and remember it as the moment of the request with this environment."""
    now = datetime.now(UTC)
    meta[_NOW] = now
    return now


def begin_now(request: AnyIncoming) -> datetime:
    """Return this very moment in UTC, the request's from now on: for what starts a student's clock.

    The time that such a request waited for a free thread would otherwise be missing at the end.
    """
    return note_moment(request.META)


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
