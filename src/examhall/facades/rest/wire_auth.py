"""Bodies and answers of /auth/."""

from typing import Annotated

import msgspec

from examhall.domain.accounts import EMAIL_LONGEST, FULL_NAME_LONGEST
from examhall.domain.words import Role
from examhall.engine.snapshots import UserSnapshot
from examhall.facades.rest.tokens import TokenPair
from examhall.facades.rest.wire import Moment, UserOut

# The bounds stand in the schema too; what is an address or a name, the engine says.
Email = Annotated[str, msgspec.Meta(max_length=EMAIL_LONGEST, extra_json_schema={"format": "email"})]
FullName = Annotated[str, msgspec.Meta(min_length=1, max_length=FULL_NAME_LONGEST)]
# Room for any phrase; a password of megabytes would only cost time.
Password = Annotated[str, msgspec.Meta(max_length=4096)]
# Our own are some 300 characters long.
RefreshToken = Annotated[str, msgspec.Meta(max_length=4096)]


class RegisterIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who registers, and as what."""

    email: Email
    password: Password
    password_confirm: Password
    full_name: FullName = msgspec.field(name="fullName")
    role: Role


class LoginIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who signs in."""

    email: str
    password: Password


class RefreshIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The refresh token to exchange or to kill."""

    refresh: RefreshToken


class ProfileIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What somebody changes about themselves; a field left out stays as it is."""

    full_name: FullName | msgspec.UnsetType = msgspec.field(name="fullName", default=msgspec.UNSET)
    email: Email | msgspec.UnsetType = msgspec.UNSET


class ChangePasswordIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The password so far and the new one, twice."""

    old_password: Password
    new_password: Password
    new_password_confirm: Password


class RegisteredOut(msgspec.Struct, kw_only=True):
    """User without the flags, as a registration answers it."""

    id: int
    email: str
    full_name: str = msgspec.field(name="fullName")
    role: Role
    created_at: Moment
    last_login: Moment | None


class TokensOut(msgspec.Struct, kw_only=True):
    """A pair of tokens."""

    access: str
    refresh: str


class LoginOut(msgspec.Struct, kw_only=True):
    """A pair of tokens and whose they are."""

    access: str
    refresh: str
    user: UserOut


def registered_out(user: UserSnapshot) -> RegisteredOut:
    """Return a person as a registration answers one."""
    return RegisteredOut(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=user.role,
        created_at=user.created_at,
        last_login=user.last_login,
    )


def tokens_out(pair: TokenPair) -> TokensOut:
    """Return a pair of tokens."""
    return TokensOut(access=pair.access, refresh=pair.refresh)


def given(value: str | msgspec.UnsetType) -> str | None:
    """Return a field's value, ``None`` when it was left out."""
    return None if isinstance(value, msgspec.UnsetType) else value
