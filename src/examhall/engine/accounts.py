"""Accounts: who may be registered, and what people change about themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from examhall.domain import accounts as rules
from examhall.domain.access import Actor
from examhall.domain.errors import AccountDisabled, EmailTaken, MatriculaTaken, UsernameTaken, ValueInvalid
from examhall.domain.words import AuthoringFault, Role
from examhall.engine import access, accounts_credentials
from examhall.engine.locking import unit_of_work
from examhall.engine.snapshot_builders import user_snapshot
from examhall.engine.snapshots import UserSnapshot
from examhall.engine.snapshots_accounts import CandidateSnapshot
from examhall.store.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewAccount:
    """Checked values of an account that is about to be made."""

    email: str
    full_name: str
    role: Role
    username: str | None = None
    matricula: str | None = None
    nombre: str = ""
    paterno: str = ""
    materno: str = ""


def register(
    *, registrar: Actor | None, email: str, password: str, full_name: str, role: Role, now: datetime
) -> UserSnapshot:
    """Open an account through the Sessions API.

    ``registrar`` is who is signed in while doing it, if anybody: an admin may register teachers.

    :raises AccountDisabled: when the registrar is switched off.
    :raises RegistrationClosed: when the role is not given this way.
    :raises ValueInvalid: when e-mail or name cannot be one.
    :raises EmailTaken: when somebody has this e-mail, in whatever case.
    :raises PasswordWeak: when Django's validators refuse the password.
    """
    rules.check_registration(
        role=role,
        registrar=access.person(registrar).role if registrar else None,
        teachers_open=settings.EXAMHALL_TEACHER_REGISTRATION == "open",
    )
    return create_user(email=email, password=password, full_name=full_name, role=role, now=now)


def register_candidate(
    *,
    matricula: str,
    nombre: str,
    paterno: str,
    materno: str,
    email: str,
    password: str,
    username: str,
    now: datetime,
) -> UserSnapshot:
    """Open a student's account through the certification API.

    :raises ValueInvalid: when a text is blank (``materno`` may be), too long, or no e-mail address.
    :raises EmailTaken:
    :raises UsernameTaken:
    :raises MatriculaTaken: when another account has it.
    :raises PasswordWeak: when Django's validators refuse the password.
    """
    parts = {"nombre": nombre, "paterno": paterno, "materno": materno}
    checked = {
        name: _text(value, field=name, longest=rules.NAME_PART_LONGEST, blank=name == "materno")
        for name, value in parts.items()
    }
    account = _NewAccount(
        email=_email(email),
        full_name=_text(rules.candidate_name(**checked), field="nombre", longest=rules.FULL_NAME_LONGEST),
        role=Role.STUDENT,
        username=_text(username, field="username", longest=rules.USERNAME_LONGEST),
        matricula=_text(matricula, field="matricula", longest=rules.MATRICULA_LONGEST),
        **checked,
    )
    return _open(account, password=password, now=now)


def create_user(*, email: str, password: str, full_name: str, role: Role, now: datetime) -> UserSnapshot:
    """Make an account of any role; for commands and imports, where no rule says who may.

    :raises ValueInvalid: when e-mail or name cannot be one.
    :raises EmailTaken: when somebody has this e-mail, in whatever case.
    :raises PasswordWeak: when Django's validators refuse the password.
    """
    name = _text(full_name, field="fullName", longest=rules.FULL_NAME_LONGEST)
    return _open(_NewAccount(email=_email(email), full_name=name, role=role), password=password, now=now)


def get_profile(*, actor: Actor) -> UserSnapshot:
    """Return the actor's own account.

    :raises AccountDisabled: when it is switched off or gone.
    """
    return user_snapshot(_own_row(actor))


def get_candidate(*, actor: Actor) -> CandidateSnapshot:
    """Return the actor's own account as the certification API shows it.

    :raises AccountDisabled: when it is switched off or gone.
    """
    row = _own_row(actor)
    return CandidateSnapshot(
        user_id=row.pk,
        email=row.email,
        full_name=row.full_name,
        username=row.username,
        matricula=row.matricula,
        nombre=row.nombre,
        paterno=row.paterno,
        materno=row.materno,
    )


@unit_of_work
def update_profile(*, actor: Actor, full_name: str | None = None, email: str | None = None) -> UserSnapshot:
    """Change the actor's own name or e-mail; ``None`` leaves a value as it is.

    :raises AccountDisabled: when the account is switched off or gone.
    :raises ValueInvalid: when e-mail or name cannot be one.
    :raises EmailTaken: when somebody else has this e-mail, in whatever case.
    """
    row = _own_row(actor)
    changed: list[str] = []
    if full_name is not None:
        row.full_name = _text(full_name, field="fullName", longest=rules.FULL_NAME_LONGEST)
        changed.append("full_name")
    if email is not None:
        row.email = _email(email)
        row.email_key = rules.email_key(row.email)
        changed += ["email", "email_key"]
    if changed:
        _save(row, fields=changed)
    return user_snapshot(row)


def _own_row(actor: Actor) -> User:
    row = User.objects.filter(pk=actor.user_id, is_active=True).first()
    if row is None:
        raise AccountDisabled
    return row


def _email(text: str) -> str:
    email = _text(text, field="email", longest=rules.EMAIL_LONGEST)
    try:
        validate_email(email)
    except ValidationError:
        raise ValueInvalid(field="email", reason=AuthoringFault.NOT_AN_EMAIL) from None
    # Folding may lengthen a text (ß becomes ss), and it is the folded form that must fit its column.
    _text(rules.email_key(email), field="email", longest=rules.EMAIL_LONGEST)
    return email


def _text(text: str, *, field: str, longest: int, blank: bool = False) -> str:
    stripped = text.strip()
    if not stripped and not blank:
        raise ValueInvalid(field=field, reason=AuthoringFault.BLANK)
    if len(stripped) > longest:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_LONG, limit=longest)
    return stripped


def _open(account: _NewAccount, *, password: str, now: datetime) -> UserSnapshot:
    accounts_credentials.check_strength(
        password, field="password", email=account.email, full_name=account.full_name, username=account.username
    )
    # Asked before the slow hash and outside the transaction; whether it still holds, the constraints say.
    _refuse_taken(account.email, username=account.username, matricula=account.matricula)
    return user_snapshot(_insert(account, encoded=make_password(password), now=now))


@unit_of_work
def _insert(account: _NewAccount, *, encoded: str, now: datetime) -> User:
    admin = account.role is Role.ADMIN
    row = User(
        email=account.email,
        email_key=rules.email_key(account.email),
        password=encoded,
        full_name=account.full_name,
        role=account.role.value,
        username=account.username,
        matricula=account.matricula,
        nombre=account.nombre,
        paterno=account.paterno,
        materno=account.materno,
        created_at=now,
        is_staff=admin,
        is_superuser=admin,
    )
    _save(row, fields=None)
    return row


def _save(row: User, *, fields: list[str] | None) -> None:
    """Write a row; when a constraint refuses it, say what is taken."""
    try:
        with transaction.atomic():
            row.save(force_insert=fields is None, update_fields=fields)
    except IntegrityError:
        own = None if fields is None else row.pk
        _refuse_taken(row.email, username=row.username, matricula=row.matricula, own=own)
        raise


def _refuse_taken(email: str, *, username: str | None, matricula: str | None, own: int | None = None) -> None:
    others = User.objects.all() if own is None else User.objects.exclude(pk=own)
    if others.filter(email_key=rules.email_key(email)).exists():
        raise EmailTaken(field="email")
    if username is not None and others.filter(username=username).exists():
        raise UsernameTaken(field="username")
    if matricula is not None and others.filter(matricula=matricula).exists():
        raise MatriculaTaken(field="matricula")
