"""Databases of a run's own, in directories and on ports of their own; the services of the machine are never touched."""

from pathlib import Path

from tests.chaos.databases.database import Database, Unavailable
from tests.chaos.databases.mariadb import MariaDB
from tests.chaos.databases.postgres import PostgreSQL
from tests.chaos.databases.sqlite import SQLite

__all__ = ["NAMES", "Database", "Unavailable", "make_database"]

_KINDS: dict[str, type[Database]] = {"sqlite": SQLite, "mariadb": MariaDB, "postgres": PostgreSQL}
NAMES = tuple(_KINDS)


def make_database(name: str, home: Path, *, lossy: bool = False) -> Database:
    """Return the database of this name, not started yet, to live in a directory.

    :raises Unavailable: when this machine lacks its programs.
    """
    return _KINDS[name](home, lossy=lossy)
