"""The databases: from a URL to Django's DATABASES, with the settings that durability and the locks rest on."""

import contextlib
import importlib
import ipaddress
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import environ
import pymysql
from psycopg import IsolationLevel

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
MYSQL = "django.db.backends.mysql"

_CONNECT_SECONDS = 10
# SQLite: how long a writer waits for the one that is writing.
_BUSY_SECONDS = 20
# journal_mode is kept in the file, the other is the connection's. NORMAL can lose commits when the power fails.
_SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"


def database_config(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Return Django's settings of the database of `url`; an empty one means a SQLite file in `data_dir`."""
    url = url or f"sqlite:///{data_dir / 'examhall.sqlite3'}"
    # django-environ does not know the name, which is what people try first for MariaDB.
    config = dict(environ.Env.db_url_config(url.replace("mariadb://", "mysql://", 1)))
    match config["ENGINE"]:
        case engine if engine == SQLITE:
            ours = _sqlite(data_dir)
        case engine if engine == POSTGRESQL:
            ours = _postgresql()
        case _:
            ours = _mysql(config)
    # What the URL says after "?" wins: whoever writes it there means it.
    ours["OPTIONS"] |= config.get("OPTIONS", {})
    # Persistent: a connection costs more than the statements of a request. The check costs one empty round trip and
    # spares the first request after a restart of the database.
    return config | ours | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}


def _sqlite(data_dir: Path) -> dict[str, Any]:
    # IMMEDIATE takes the write lock at the start of a transaction. A transaction that reads first and then wants to
    # write would fail at once with "database is locked", whatever the timeout; and select_for_update does nothing.
    options = {"transaction_mode": "IMMEDIATE", "timeout": _BUSY_SECONDS, "init_command": _SQLITE_INIT}
    # A file: a database in memory belongs to one thread, and the tests race with several.
    return {"OPTIONS": options, "TEST": {"NAME": str(data_dir / "test.sqlite3")}}


def _postgresql() -> dict[str, Any]:
    return {"OPTIONS": {"isolation_level": IsolationLevel.READ_COMMITTED, "connect_timeout": _CONNECT_SECONDS}}


def _mysql(config: Mapping[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        "connect_timeout": _CONNECT_SECONDS,
    }
    native = _native_mysql_driver()
    if not native:
        pymysql.install_as_MySQLdb()
    if _is_loopback(str(config.get("HOST", ""))):
        # A TLS context costs 31 ms a connect and protects nothing inside one machine.
        options |= {"ssl_mode": "DISABLED"} if native else {"ssl_disabled": True}
    # Compare texts byte by byte, as the other two databases do.
    return {"OPTIONS": options, "TEST": {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"}}


def _native_mysql_driver() -> bool:
    """Return whether mysqlclient (the extra `mysql`) is installed; PyMySQL takes its name where it is not."""
    try:
        # The C module: PyMySQL's stand-in has none.
        importlib.import_module("MySQLdb._mysql")
    except ImportError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host in {"", "localhost"} or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def lift_sqlite_limit() -> None:
    """Let one statement have as many parameters as this SQLite allows.

    Django assumes 999, the limit before SQLite 3.32, and would cut the one INSERT of a session's answer rows into many.
    Call it once Django is set up: its backends import each other while settings are being read.
    """
    from django.db.backends.sqlite3.base import DatabaseWrapper  # noqa: PLC0415

    with contextlib.closing(sqlite3.connect(":memory:")) as probe:
        limit = probe.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    # The stubs take it for a method; it is a number.
    DatabaseWrapper.features_class.max_query_params = limit  # type: ignore[method-assign, assignment]
