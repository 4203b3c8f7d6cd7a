"""What a run asks of a database of its own."""

import contextlib
import os
import pwd
import signal
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from tests.chaos.processes import Service
from tests.chaos.stored import Cursor

NAME = "examhall"


class Unavailable(Exception):
    """This machine lacks what is needed; the text says what."""


class Database(ABC):
    """A database, empty when it is started for the first time.

    A ``lossy`` one reports commits that are not on disk: it shows that the checks would notice.
    """

    name: str
    # How its driver marks a parameter.
    marker = "%s"

    def __init__(self, home: Path, *, lossy: bool = False) -> None:
        self.home = home
        self.lossy = lossy
        self.service: Service | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """Return its DATABASE_URL."""

    @abstractmethod
    async def start(self) -> None:
        """Make it and start it."""

    @abstractmethod
    def cursor(self) -> contextlib.AbstractContextManager[Cursor]:
        """Open a connection of one's own and return its cursor."""

    @abstractmethod
    def damage(self) -> Iterator[str]:
        """Look through all of it for what is broken."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Return its name and version."""

    async def stop(self) -> None:
        """Stop it for good."""
        if self.service is not None:
            await self.service.stop()

    def running(self) -> Service:
        """Return its server.

        :raises Unavailable: when there is none: SQLite lives inside its client.
        """
        if self.service is None:
            message = f"{self.name} has no server of its own"
            raise Unavailable(message)
        return self.service

    def kill(self) -> None:
        """Kill all of its processes at once; its service manager starts it again."""
        self.running().signal(signal.SIGKILL)


def service_account(*names: str) -> pwd.struct_passwd | None:
    """Return the first account of these that exists; nothing when this process is not root and so cannot change over.

    :raises Unavailable: when none exists.
    """
    if os.geteuid() != 0:
        return None
    for name in names:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    message = f"none of the accounts {', '.join(names)} exists"
    raise Unavailable(message)


def hand_over(path: Path, account: pwd.struct_passwd | None) -> None:
    """Give a directory to an account."""
    path.mkdir(parents=True, exist_ok=True)
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)
