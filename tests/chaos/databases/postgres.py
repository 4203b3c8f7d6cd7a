"""A PostgreSQL server of the run's own."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg

from tests.chaos.databases.database import NAME, Database, Unavailable, hand_over, service_account
from tests.chaos.ports import free_port
from tests.chaos.processes import Service, run
from tests.chaos.stored import Cursor

# Small, so that a run needs little disk; what durability rests on is left at its defaults.
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "min_wal_size": "32MB",
    "max_wal_size": "64MB",
}
_LOSSY = {"synchronous_commit": "off", "wal_writer_delay": "5s"}
_BTREES = (
    "SELECT bt_index_check(c.oid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
    " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relpersistence = 'p' AND i.indisvalid"
    " AND c.relname LIKE '%session%'"
)


class PostgreSQL(Database):
    """PostgreSQL, restarted whenever it dies."""

    name = "postgres"

    def __init__(self, home: Path, *, lossy: bool = False) -> None:
        super().__init__(home, lossy=lossy)
        self._programs = _programs()
        self._port = free_port()
        # It refuses to run as root.
        self._account = service_account("postgres", "nobody")

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self._port}/{NAME}"

    @property
    def version(self) -> str:
        with self.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {str(cursor.fetchall()[0][0]).partition(' ')[0]}"

    async def start(self) -> None:
        data = self.home / "data"
        hand_over(self.home, self._account)
        make = ["initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"]
        await run([str(self._programs / make[0]), *make[1:]], account=self._account, cwd=self.home)
        settings = _OPTIONS | (_LOSSY if self.lossy else {})
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.service = Service(
            self.name,
            [str(self._programs / "postgres"), "-D", str(data), "-p", str(self._port), *options],
            ready=self._answers,
            log=self.home.with_suffix(".log"),
            account=self._account,
            cwd=self.home,
        )
        await self.service.start()
        with psycopg.connect(self._place("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")

    @contextlib.contextmanager
    def cursor(self) -> Iterator[Cursor]:
        with psycopg.connect(self._place(NAME), autocommit=True) as connection, connection.cursor() as cursor:
            yield cursor

    def damage(self) -> Iterator[str]:
        with self.cursor() as cursor:
            try:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
                cursor.execute(_BTREES)
            except psycopg.errors.UndefinedFile:
                # The contributed modules are not installed: there is nothing to check with.
                return
            except psycopg.Error as error:
                yield str(error)

    def _place(self, database: str) -> str:
        return f"host=127.0.0.1 port={self._port} user=postgres dbname={database} connect_timeout=3"

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._place("postgres")).close()
        except psycopg.Error:
            return False
        return True


def _programs() -> Path:
    """Return the directory of the server programs; Debian keeps them off the PATH.

    :raises Unavailable: when there is none.
    """
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    for folder in folders:
        if all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres")):
            return folder
    raise Unavailable("initdb and postgres are not installed")
