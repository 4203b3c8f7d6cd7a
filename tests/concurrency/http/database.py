"""A database for one server under test: of the kind that DATABASE_URL names, made before and dropped after."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg
import pymysql

from examhall.config import env


@contextlib.contextmanager
def scratch_database(suffix: str) -> Iterator[str]:
    """Give the URL of an empty database; it is empty, too, when SQLite is meant: a file in the data directory."""
    given = urlsplit(os.environ.get(env.DATABASE_URL.name, ""))
    name = f"{given.path.strip('/')}_{suffix}"
    if given.scheme.startswith("postgres"):
        execute, drop = _on_postgresql, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
        create = f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0"
    elif given.scheme in {"mysql", "mariadb"}:
        execute, drop = _on_mysql, f"DROP DATABASE IF EXISTS `{name}`"
        create = f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
    else:
        yield ""
        return
    # An earlier run that was killed may have left one.
    execute(given, [drop, create])
    try:
        yield given._replace(path=f"/{name}").geturl()
    finally:
        execute(given, [drop])


def _on_postgresql(place: SplitResult, statements: Sequence[str]) -> None:
    with contextlib.closing(psycopg.connect(place._replace(path="/postgres").geturl(), autocommit=True)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def _on_mysql(place: SplitResult, statements: Sequence[str]) -> None:
    connection = pymysql.connect(
        host=place.hostname or "127.0.0.1",
        port=place.port or 3306,
        user=unquote(place.username or "root"),
        password=unquote(place.password or ""),
        autocommit=True,
    )
    with contextlib.closing(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
