"""Access tokens: from the Authorization header to an Actor, without asking the database."""

from functools import lru_cache
from typing import Any

import jwt
from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from examhall.domain.access import Actor
from examhall.facades.httpkit.converters import MAX_ID
from examhall.facades.httpkit.requests import AnyIncoming, remember_actor, request_now

ALGORITHM = "HS256"
_KNOWN_TOKENS = 4096
CHALLENGE = 'Bearer realm="api"'
INVALID_TOKEN = "Token is invalid or expired"  # noqa: S105 - a sentence, not a secret


class AccessTokenAuthentication(BaseAuthentication):
    """Accept ``Authorization: Bearer <access token>``.

    Whether the account still exists, is active and has which role, the engine reads with the row that it needs anyway
    (design: "On the wire, where the contracts are silent"); a token alone grants nothing.
    """

    def authenticate(self, request: Request) -> tuple[Actor, dict[str, Any]] | None:
        """Return the actor and the token's claims, or ``None`` without an Authorization header of this scheme.

        :raises AuthenticationFailed: when the token is malformed, expired, foreign, or not an access token.
        """
        return authenticate(request)

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the signature is DRF's
        """Return the challenge that every 401 carries."""
        return CHALLENGE


def authenticate(request: AnyIncoming) -> tuple[Actor, dict[str, Any]] | None:
    """Return the actor of a request and the token's claims, or ``None`` without an Authorization header of this scheme.

    The actor is remembered for :func:`examhall.facades.httpkit.requests.actor_of`.

    :raises AuthenticationFailed: when the token is malformed, expired, foreign, or not an access token.
    """
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    claims = _claims(token.strip(), now=request_now(request).timestamp())
    actor = Actor(user_id=_user_id(claims))
    remember_actor(request, actor)
    return actor, claims


def _claims(token: str, *, now: float) -> dict[str, Any]:
    """Return the claims of a valid access token.

    The expiry is compared with the request's own clock, so that one request has one time.
    """
    try:
        claims = _signed_claims(token, settings.SECRET_KEY)
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise AuthenticationFailed(INVALID_TOKEN) from None
    expires = claims["exp"]
    usable = isinstance(expires, int) and now < expires and claims.get("token_type") == "access"
    if not usable:
        raise AuthenticationFailed(INVALID_TOKEN)
    return claims


@lru_cache(maxsize=_KNOWN_TOKENS)
def _signed_claims(token: str, key: str) -> dict[str, Any]:
    """Return what a token says if its signature is ours.

    That never changes, so it is worked out once for a token that comes with every answer a student saves; whether the
    token has expired is asked each time. A refused token raises and is not kept.
    """
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        options={"require": ["exp"], "verify_exp": False, "verify_iat": False, "verify_nbf": False},
    )
    return claims


def _user_id(claims: dict[str, Any]) -> int:
    """Return the user id: simplejwt writes it as text in newer versions and as a number in older ones."""
    value = claims.get("user_id")
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(MAX_ID)):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_ID:
        raise AuthenticationFailed(INVALID_TOKEN)
    return value
