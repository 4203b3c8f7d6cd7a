"""SQLite in a file of the data directory."""

import contextlib
import sqlite3
from collections.abc import Iterator

from tests.chaos.databases.database import Database
from tests.chaos.stored import Cursor


class SQLite(Database):
    """The database of ``make run``."""

    name = "sqlite"
    marker = "?"

    @property
    def url(self) -> str:
        return f"sqlite:///{self._file}"

    @property
    def _file(self) -> str:
        return str(self.home / "examhall.sqlite3")

    @property
    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    async def start(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def cursor(self) -> Iterator[Cursor]:
        with contextlib.closing(self.connect()) as connection:
            yield connection.cursor()

    def connect(self) -> sqlite3.Connection:
        """Open a connection that leaves transactions to its user."""
        return sqlite3.connect(self._file, timeout=30, isolation_level=None)

    def damage(self) -> Iterator[str]:
        with self.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            yield from (str(row[0]) for row in cursor.fetchall() if row[0] != "ok")
            cursor.execute("PRAGMA foreign_key_check")
            yield from (f"row {row[1]} of {row[0]} points nowhere" for row in cursor.fetchall())
