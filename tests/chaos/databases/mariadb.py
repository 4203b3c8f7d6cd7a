"""A MariaDB server of the run's own."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pymysql
from pymysql.connections import Connection

from tests.chaos.databases.database import NAME, Database, Unavailable, hand_over, service_account
from tests.chaos.ports import free_port
from tests.chaos.processes import Service, run
from tests.chaos.stored import Cursor

# Small, so that a run needs little memory and disk; what durability rests on is left at its defaults.
_OPTIONS = (
    "--bind-address=127.0.0.1",
    "--innodb-buffer-pool-size=128M",
    "--innodb-log-file-size=32M",
    "--max-connections=100",
    "--skip-log-bin",
    "--skip-name-resolve",
)
_LOSSY = ("--innodb-flush-log-at-trx-commit=0", "--innodb-flush-log-at-timeout=5")


class MariaDB(Database):
    """MariaDB, restarted whenever it dies."""

    name = "mariadb"

    def __init__(self, home: Path, *, lossy: bool = False) -> None:
        super().__init__(home, lossy=lossy)
        program = shutil.which("mariadbd", path=_path())
        install = shutil.which("mariadb-install-db", path=_path())
        if program is None or install is None:
            raise Unavailable("mariadbd and mariadb-install-db are not installed")
        self._program, self._install = program, install
        self._port = free_port()
        self._account = service_account("mysql", "nobody")

    @property
    def url(self) -> str:
        return f"mysql://root@127.0.0.1:{self._port}/{NAME}"

    @property
    def version(self) -> str:
        with self.cursor() as cursor:
            cursor.execute("SELECT VERSION()")
            return f"MariaDB {str(cursor.fetchall()[0][0]).partition('-')[0]}"

    async def start(self) -> None:
        data = self.home / "data"
        hand_over(self.home, self._account)
        hand_over(data, self._account)
        user = [f"--user={self._account.pw_name}"] if self._account else []
        install = [self._install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"]
        quiet = ["--skip-test-db", "--skip-name-resolve", *user]
        await run([*install, *quiet])
        files = [f"--datadir={data}", f"--socket={self.home / 'socket'}", f"--pid-file={self.home / 'pid'}"]
        self.service = Service(
            self.name,
            [
                self._program,
                "--no-defaults",
                *files,
                f"--port={self._port}",
                *_OPTIONS,
                *(_LOSSY if self.lossy else ()),
                *user,
            ],
            ready=self._answers,
            log=self.home.with_suffix(".log"),
        )
        await self.service.start()
        with contextlib.closing(self._connect()) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {NAME} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")

    @contextlib.contextmanager
    def cursor(self) -> Iterator[Cursor]:
        with contextlib.closing(self._connect(NAME)) as connection, connection.cursor() as cursor:
            yield cursor

    def damage(self) -> Iterator[str]:
        with self.cursor() as cursor:
            cursor.execute("SHOW TABLES")
            for (table,) in cursor.fetchall():
                cursor.execute(f"CHECK TABLE `{table}` EXTENDED")
                yield from (f"{row[0]}: {row[3]}" for row in cursor.fetchall() if row[3] != "OK")

    def _connect(self, database: str | None = None) -> "Connection[pymysql.cursors.Cursor]":
        return pymysql.connect(
            host="127.0.0.1",
            port=self._port,
            user="root",
            database=database,
            connect_timeout=3,
            ssl_disabled=True,
            autocommit=True,
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except (OSError, pymysql.MySQLError):
            return False
        return True


def _path() -> str:
    return os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
