"""kill -9: of a server process, of the whole server, of the database."""

import asyncio
import contextlib
import os
import signal

from tests.chaos.faults.fault import Fault, unhurt
from tests.chaos.scene import Scene


class KilledWorker(Fault):
    """One server process dies; the server replaces it, or gives up and is started again by its service manager."""

    name = "kill-worker"

    async def injure(self, scene: Scene) -> None:
        for turn in range(2 if scene.brief else 6):
            async with unhurt(scene):
                # A replacement that dies young looks like a crash loop to the server; one that lived does not.
                await asyncio.sleep(6.0 if turn % 2 and not scene.brief else 0.0)
                scene.drive.hurt()
                with contextlib.suppress(ProcessLookupError):
                    os.kill(scene.lot.choice(scene.server.workers()), signal.SIGKILL)


class KilledServer(Fault):
    """All server processes die at once, or the first of them alone: the service manager ends what it leaves behind."""

    name = "kill-server"

    async def injure(self, scene: Scene) -> None:
        for turn in range(2 if scene.brief else 5):
            async with unhurt(scene):
                scene.drive.hurt()
                if turn % 2:
                    os.kill(scene.server.ids()[0], signal.SIGKILL)
                else:
                    scene.server.signal(signal.SIGKILL)


class KilledDatabase(Fault):
    """The database server dies under load, whole or (PostgreSQL) one of its processes, and recovers from its log."""

    name = "kill-database"
    databases = ("mariadb", "postgres")

    async def injure(self, scene: Scene) -> None:
        service = scene.site.database.running()
        for turn in range(2 if scene.brief else 5):
            async with unhurt(scene):
                ids = service.ids()
                scene.drive.hurt()
                if turn % 2 and len(ids) > 1:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(scene.lot.choice(ids[1:]), signal.SIGKILL)
                else:
                    scene.site.database.kill()
