"""What is looked at before every start: settings and a database that would work badly or unsafely."""

import difflib
import os
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's word for it
from django.db import connections

from examhall.config import databases, durability, env

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
_DOCS = "See docs/operations/settings.md."

Apps = Iterable[AppConfig] | None


@register()
def check_data_directory(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Refuse a data directory that cannot be written."""
    if os.access(settings.EXAMHALL_DATA_DIR, os.W_OK | os.X_OK):
        return []
    hint = f"Let the server's user write it, or name another in {env.DATA_DIR.name}."
    return [Error(f"The data directory {settings.EXAMHALL_DATA_DIR} is not writable.", hint=hint, id="examhall.E001")]


@register(Tags.security)
def check_exposure(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn of what is meant for one's own machine, once the server answers to other names."""
    if _LOOPBACK.issuperset(settings.ALLOWED_HOSTS):
        return []
    messages: list[CheckMessage] = []
    if settings.EXAMHALL_SECRET_KEY_IS_DEVELOPMENT:
        hint = f"Set {env.SECRET_KEY.name}, so that the key is not in the data directory and its backups. {_DOCS}"
        messages.append(Warning("Tokens are signed with the development key.", hint=hint, id="examhall.W001"))
    if settings.DEBUG:
        hint = f"Unset {env.DEBUG.name}: error pages show source and settings to everybody."
        messages.append(Warning("Debug mode is on for others.", hint=hint, id="examhall.W002"))
    if not settings.SESSION_COOKIE_SECURE:
        hint = f"Serve over HTTPS and set {env.COOKIE_SECURE.name}=on."
        messages.append(Warning("Cookies are also sent over plain HTTP.", hint=hint, id="examhall.W003"))
    if "*" in settings.ALLOWED_HOSTS:
        hint = f"Name the hosts in {env.ALLOWED_HOSTS.name}."
        messages.append(Warning("The server answers to every Host header.", hint=hint, id="examhall.W004"))
    return messages


@register()
def check_workers(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn of several processes on SQLite."""
    return starving_workers(settings.DATABASES["default"]["ENGINE"], settings.EXAMHALL_WORKERS)


def starving_workers(engine: str, workers: int) -> list[CheckMessage]:
    """Return a warning when so many server processes would wait for each other on this kind of database."""
    if engine != databases.SQLITE or workers == 1:
        return []
    hint = f"Unset {env.WORKERS.name}, or use PostgreSQL or MariaDB: docs/operations/databases.md."
    return [Warning("Several processes write to SQLite and will starve each other.", hint=hint, id="examhall.W005")]


@register()
def check_names(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn of variables that look like settings and are none: a mistyped name does nothing, silently."""
    return unknown_names(os.environ)


def unknown_names(source: Mapping[str, str]) -> list[CheckMessage]:
    """Return a warning for each variable named like a setting of examhall that is none."""
    known = [setting.name for setting in env.SETTINGS]
    messages: list[CheckMessage] = []
    for name in sorted(source):
        if name.startswith("EXAMHALL_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else _DOCS
            messages.append(Warning(f"{name} is not a setting of examhall.", hint=hint, id="examhall.W006"))
    return messages


@register(Tags.database)
def check_database(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn of a database that does not keep or compare texts as examhall expects."""
    messages: list[CheckMessage] = []
    for alias in kwargs["databases"] or ():
        match connections[alias].vendor:
            case "sqlite":
                messages += _check_sqlite(alias)
            case "mysql":
                messages += _check_mysql(alias)
            case "postgresql":
                messages += _check_postgresql(alias)
    return messages


@register(Tags.database)
def check_durability(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Refuse a database that may lose commits, unless each setting that may is allowed by name."""
    return [
        _lossy(loss, allowed=loss.demand.name in settings.EXAMHALL_ALLOW_LOSSY_DATABASE)
        for alias in kwargs["databases"] or ()
        for loss in durability.find_losses(connections[alias])
    ]


def _lossy(loss: durability.Loss, *, allowed: bool) -> CheckMessage:
    name = loss.demand.name
    message = f"The database may lose answers that were acknowledged. {name} is {loss.value}: {loss.demand.risk}"
    if allowed:
        hint = f"Allowed by {env.ALLOW_LOSSY_DATABASE.name}."
        return Warning(message, hint=hint, id="examhall.W009")
    hint = f"{loss.demand.remedy} To accept the loss: {env.ALLOW_LOSSY_DATABASE.name}={name}. See docs/operations/durability.md."
    return Error(message, hint=hint, id="examhall.E004")


def _check_sqlite(alias: str) -> list[CheckMessage]:
    mode = _value(alias, "PRAGMA journal_mode")
    # A database in memory has no journal; a network file system cannot do WAL and says "delete".
    if mode in {"wal", "memory"}:
        return []
    hint = f"Put the data directory ({env.DATA_DIR.name}) on a local disk."
    return [Warning(f"SQLite's journal is {mode!r} and not WAL here.", hint=hint, id="examhall.W007")]


def _check_mysql(alias: str) -> list[CheckMessage]:
    collation = _value(alias, "SELECT @@collation_database")
    if collation == "utf8mb4_bin":
        return []
    hint = "Before the first migrate: ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin."
    if collation.startswith("utf8mb4_"):
        message = f"The database's collation {collation} compares texts differently than the other databases do."
        return [Warning(message, hint=hint, id="examhall.W008")]
    return [Error(f"The database's collation {collation} cannot hold every text.", hint=hint, id="examhall.E002")]


def _check_postgresql(alias: str) -> list[CheckMessage]:
    encoding = _value(alias, "SHOW server_encoding")
    if encoding == "UTF8":
        return []
    hint = "Create it with ENCODING 'UTF8'."
    return [Error(f"The database's encoding {encoding} cannot hold every text.", hint=hint, id="examhall.E003")]


def _value(alias: str, query: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])
