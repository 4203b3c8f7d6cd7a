"""The databases that are measured: each with an address of its own, made before and dropped after."""

import os
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
import pymysql

NAME = "examhall_bench"
_WAIT_SECONDS = 5
# The same variables as for the tests: where the servers are, whatever database the address names.
_MYSQL_URL, _POSTGRES_URL = "MYSQL_URL", "POSTGRES_URL"


class NotHere(Exception):
    """A database server does not answer; the text says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database to measure.

    ``make`` empties it first, in case an earlier run was killed, and raises NotHere.
    """

    title: str
    url: str
    make: Callable[[], None]
    drop: Callable[[], None]


def database(name: str, directory: Path) -> Database:
    """Return one of ``plan.DATABASES``; the file of SQLite lies in the run's own directory."""
    return _KNOWN[name](directory)


def _sqlite(directory: Path) -> Database:
    # The directory goes after the run, with whatever is in it.
    return Database(
        title="SQLite",
        url=f"sqlite:///{directory / NAME}.sqlite3",
        make=lambda: None,
        drop=lambda: None,
    )


def _mariadb(_directory: Path) -> Database:
    place = urlsplit(os.environ.get(_MYSQL_URL) or "mysql://root@127.0.0.1:3306/")

    def drop() -> None:
        _mysql_do(place, [f"DROP DATABASE IF EXISTS {NAME}"])

    def make() -> None:
        drop()
        _mysql_do(place, [f"CREATE DATABASE {NAME} COLLATE utf8mb4_bin"])

    return Database(
        title="MariaDB",
        url=_address(place),
        make=make,
        drop=drop,
    )


def _postgresql(_directory: Path) -> Database:
    place = urlsplit(os.environ.get(_POSTGRES_URL) or "postgres://postgres@127.0.0.1:5432/")
    drop = f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"
    return Database(
        title="PostgreSQL",
        url=_address(place),
        make=lambda: _postgres_do(place, [drop, f"CREATE DATABASE {NAME} ENCODING 'UTF8' TEMPLATE template0"]),
        drop=lambda: _postgres_do(place, [drop]),
    )


_KNOWN: Mapping[str, Callable[[Path], Database]] = {
    "sqlite": _sqlite,
    "mariadb": _mariadb,
    "postgresql": _postgresql,
}


def _address(place: SplitResult) -> str:
    return place._replace(path=f"/{NAME}").geturl()


def _mysql_do(place: SplitResult, statements: list[str]) -> None:
    try:
        connection = pymysql.connect(
            host=place.hostname or "127.0.0.1",
            port=place.port or 3306,
            user=unquote(place.username or "root"),
            password=unquote(place.password or ""),
            connect_timeout=_WAIT_SECONDS,
            autocommit=True,
        )
    except pymysql.err.OperationalError as error:
        raise NotHere(_not_here("MariaDB", place, error, _MYSQL_URL)) from error
    with closing(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _postgres_do(place: SplitResult, statements: list[str]) -> None:
    try:
        connection = psycopg.connect(
            place._replace(path="/postgres").geturl(), autocommit=True, connect_timeout=_WAIT_SECONDS
        )
    except psycopg.OperationalError as error:
        raise NotHere(_not_here("PostgreSQL", place, error, _POSTGRES_URL)) from error
    with closing(connection):
        for statement in statements:
            connection.execute(statement.encode())


def _not_here(title: str, place: SplitResult, error: Exception, variable: str) -> str:
    reason = str(error.args[-1] if error.args else error).strip().splitlines()[0]
    return f"{title} does not answer at {place.hostname}:{place.port or ''} ({reason}); {variable} names another."
