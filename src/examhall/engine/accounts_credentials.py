"""Passwords, and what a right one or a token stands for. Hashing is slow on purpose: never inside a transaction."""

from datetime import datetime

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db.models import F

from examhall.domain.access import Actor
from examhall.domain.errors import AccountDisabled, BadCredentials, InvalidToken, PasswordWeak, WrongPassword
from examhall.engine.locking import unit_of_work
from examhall.engine.snapshot_builders import user_snapshot
from examhall.engine.snapshots_accounts import SignedIn
from examhall.store.models import User


def check_strength(
    password: str, *, field: str, email: str = "", full_name: str = "", username: str | None = None
) -> None:
    """Ask Django's validators, which also compare the password with what the account is known by.

    :raises PasswordWeak: when one of them refuses; ``context["messages"]`` says why.
    """
    owner = User(email=email, full_name=full_name, username=username)
    try:
        password_validation.validate_password(password, user=owner)
    except ValidationError as refused:
        raise PasswordWeak(field=field, messages=list(refused.messages)) from None


@unit_of_work
def record_sign_in(*, user_id: int, now: datetime) -> SignedIn:
    """Note that somebody has just signed in with the right password.

    :raises BadCredentials: when the account was switched off since the password was checked.
    """
    if not User.objects.filter(pk=user_id, is_active=True).update(last_login=now):
        raise BadCredentials
    return _signed_in(User.objects.get(pk=user_id))


def get_token_holder(*, user_id: int, token_epoch: int) -> SignedIn:
    """Return whose refresh token this is, if it still counts.

    ``token_epoch`` is the one that the token was made with.

    :raises AccountDisabled: when the account is switched off or gone.
    :raises InvalidToken: when the password was changed since.
    """
    row = User.objects.filter(pk=user_id, is_active=True).first()
    if row is None:
        raise AccountDisabled
    if row.token_epoch != token_epoch:
        raise InvalidToken
    return _signed_in(row)


def change_password(*, actor: Actor, old_password: str, new_password: str) -> None:
    """Set the actor's own password; every refresh token made before is dead from then on.

    :raises AccountDisabled: when the account is switched off or gone.
    :raises WrongPassword: when the old password is not theirs, or no longer: of two changes at once, one wins.
    :raises PasswordWeak: when Django's validators refuse the new one.
    """
    row = User.objects.filter(pk=actor.user_id, is_active=True).first()
    if row is None:
        raise AccountDisabled
    if not check_password(old_password, row.password):
        raise WrongPassword(field="old_password")
    check_strength(new_password, field="new_password", email=row.email, full_name=row.full_name, username=row.username)
    if not _replace_password(user_id=row.pk, old=row.password, new=make_password(new_password)):
        raise WrongPassword(field="old_password")


@unit_of_work
def _replace_password(*, user_id: int, old: str, new: str) -> bool:
    claim = User.objects.filter(pk=user_id, is_active=True, password=old)
    return claim.update(password=new, token_epoch=F("token_epoch") + 1) == 1


def _signed_in(row: User) -> SignedIn:
    return SignedIn(user=user_snapshot(row), token_epoch=row.token_epoch)
