"""Making, exchanging and killing the tokens of this door."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import AccessToken, Token

from examhall.domain.access import Actor
from examhall.domain.errors import InvalidToken
from examhall.engine import access
from examhall.engine.accounts_credentials import get_token_holder
from examhall.engine.locking import unit_of_work
from examhall.engine.snapshots_accounts import SignedIn

_EPOCH = "epoch"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """What a signed-in client holds: an access token for calls, a refresh token for the next pair."""

    access: str
    refresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    user_id: int
    epoch: int
    jti: str
    expires_at: datetime


class _RefreshToken(Token):
    # simplejwt's own class keeps every token that it makes, whole, in the database, where a stolen backup would hold
    # working tokens. This one leaves a row, without the token, only when it dies.
    token_type = "refresh"  # noqa: S105 - the name of a kind
    lifetime: timedelta = api_settings.REFRESH_TOKEN_LIFETIME


def mint(signed_in: SignedIn, *, now: datetime) -> TokenPair:
    """Return a new pair for somebody who has just proved who they are."""
    access_token, refresh_token = AccessToken(), _RefreshToken()
    for token in (access_token, refresh_token):
        token["user_id"] = str(signed_in.user.id)
        token.set_iat(at_time=now)
        token.set_exp(from_time=now)
    refresh_token[_EPOCH] = signed_in.token_epoch
    return TokenPair(access=str(access_token), refresh=str(refresh_token))


def rotate(refresh: str, *, now: datetime) -> TokenPair:
    """Return a new pair for a refresh token, which is dead from then on; of two at once, one wins.

    :raises InvalidToken: when it is malformed, expired, foreign, dead, or older than the password.
    :raises AccountDisabled: when the account is switched off or gone.
    """
    return mint(_exchange(_read(refresh), now=now), now=now)


@unit_of_work
def revoke(refresh: str, *, owner: Actor, now: datetime) -> None:
    """Kill a refresh token of the owner's; killing a dead one is fine.

    :raises InvalidToken: when it is malformed, expired, foreign, or somebody else's.
    :raises AccountDisabled: when the account is switched off or gone.
    """
    person = access.person(owner)
    claims = _read(refresh)
    if claims.user_id != person.user_id:
        raise InvalidToken
    _kill(claims, now=now)


@unit_of_work
def _exchange(claims: _Claims, *, now: datetime) -> SignedIn:
    # The new token carries the epoch read here: when the password changes meanwhile, it is born dead.
    holder = get_token_holder(user_id=claims.user_id, token_epoch=claims.epoch)
    if not _kill(claims, now=now):
        raise InvalidToken
    return holder


def _kill(claims: _Claims, *, now: datetime) -> bool:
    """Put a token on the blacklist; true for the one caller whose row it is (both columns are unique)."""
    outstanding, _ = OutstandingToken.objects.get_or_create(
        jti=claims.jti,
        defaults={"user_id": claims.user_id, "token": "", "created_at": now, "expires_at": claims.expires_at},
    )
    _, is_new = BlacklistedToken.objects.get_or_create(token=outstanding)
    return is_new


def _read(refresh: str) -> _Claims:
    try:
        token = _RefreshToken(refresh)  # type: ignore[arg-type] # the annotation there forgets the encoded text
        return _Claims(
            user_id=int(token["user_id"]),
            epoch=int(token[_EPOCH]),
            jti=str(token["jti"]),
            expires_at=datetime.fromtimestamp(token["exp"], UTC),
        )
    except (TokenError, KeyError, TypeError, ValueError, OverflowError):
        raise InvalidToken from None
