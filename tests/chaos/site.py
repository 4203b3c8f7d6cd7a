"""One database, the server under test on it, and the schools planted in it."""

import contextlib
import http.client
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import jwt
import msgspec

from tests.chaos.databases import Database, make_database
from tests.chaos.ports import free_port
from tests.chaos.processes import Service, run
from tests.chaos.world import ROOT, Plan, World

# Longer than any run, however its clock is turned.
_TOKENS_LAST = 60 * 86_400
GRACE_SECONDS = 1


class Site:
    """A database with a data directory; ``serve`` makes servers for it, one at a time."""

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home
        self.database = database
        self._key = secrets.token_hex(32)

    async def start(self) -> None:
        """Start the database and make its tables."""
        await self.database.start()
        await run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=self.environment(), cwd=ROOT)

    async def stop(self) -> None:
        """Stop the database."""
        await self.database.stop()

    async def plant(self, plan: Plan) -> World:
        """Plant a school."""
        command = [sys.executable, "-m", "tests.chaos.plant", msgspec.json.encode(plan).decode()]
        return msgspec.json.decode(await run(command, env=self.environment(), cwd=ROOT), type=World)

    def server(self, extra: Mapping[str, str] | None = None) -> "Server":
        """Return a server, not started yet, with additional environment variables."""
        return Server(self.environment(extra), self.home / "server.log")

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment of the commands of this site: none of the person's own settings of examhall."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("EXAMHALL_") and name != "DJANGO_SETTINGS_MODULE"
        }
        ours = {
            "DATABASE_URL": self.database.url,
            "EXAMHALL_DATA_DIR": str(self.home),
            "EXAMHALL_SECRET_KEY": self._key,
            "EXAMHALL_GRACE_SECONDS": str(GRACE_SECONDS),
            "EXAMHALL_LOG_LEVEL": "warning",
            "PYTHONPATH": str(ROOT / "src"),
        }
        if self.database.lossy:
            # Without, nothing starts on such a database.
            ours["EXAMHALL_ALLOW_LOSSY_DATABASE"] = "synchronous_commit,innodb_flush_log_at_trx_commit"
        return inherited | ours | dict(extra or {})

    def token(self, user: int) -> str:
        """Return an access token of somebody; signing in is not what is tested."""
        claims = {"user_id": str(user), "token_type": "access", "exp": int(time.time()) + _TOKENS_LAST}
        return jwt.encode(claims, self._key, algorithm="HS256")


@contextlib.asynccontextmanager
async def open_site(home: Path, name: str, *, lossy: bool = False) -> AsyncIterator[Site]:
    """Make a site with a database of this name in a directory, and stop it at the end.

    :raises Unavailable: when this machine lacks the database.
    """
    site = Site(home, make_database(name, home / name, lossy=lossy))
    try:
        await site.start()
        yield site
    finally:
        await site.stop()


class Server(Service):
    """`manage.py serve` as production runs it."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        super().__init__("examhall", command, ready=self._answers, log=log, env=env, cwd=ROOT)

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer."""
        return self.ids()[1:]

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/sessions/active/")
            return connection.getresponse().status == http.HTTPStatus.UNAUTHORIZED
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
