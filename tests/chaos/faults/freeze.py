"""A database that stands still for some seconds: nothing fails, nothing answers."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator

from tests.chaos.databases import Database
from tests.chaos.databases.sqlite import SQLite
from tests.chaos.faults.fault import Fault, unhurt
from tests.chaos.scene import Scene

_SECONDS = 6.0


class FrozenDatabase(Fault):
    """Students lose patience and repeat themselves; then everything that they sent is done at once.

    A database server is stopped (SIGSTOP); SQLite has none, so another process's write lock stands for it.
    """

    name = "freeze-database"
    timeout = 2.5

    async def injure(self, scene: Scene) -> None:
        for _ in range(1 if scene.brief else 3):
            async with unhurt(scene):
                with _frozen(scene.site.database):
                    await asyncio.sleep(_SECONDS)
                scene.drive.hurt()


@contextlib.contextmanager
def _frozen(database: Database) -> Iterator[None]:
    if isinstance(database, SQLite):
        with contextlib.closing(database.connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("ROLLBACK")
        return
    service = database.running()
    service.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        service.signal(signal.SIGCONT)
