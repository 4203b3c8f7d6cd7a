"""A full disk: the data directory on a small file system of its own, filled up and freed again."""

import asyncio
import contextlib
import errno
import os
import resource
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from tests.chaos.databases.database import Unavailable
from tests.chaos.databases.sqlite import SQLite
from tests.chaos.faults.fault import Fault, unhurt
from tests.chaos.processes import Failed, run
from tests.chaos.scene import Scene
from tests.chaos.site import Site, open_site

_MEBIBYTES = {"sqlite": 96, "mariadb": 384, "postgres": 256}
_SPARE_BYTES = 128 * 1024
_SECONDS = 6.0


class FullDisk(Fault):
    """Nothing can be written for some seconds; then somebody makes room.

    The data directory is a small tmpfs, which needs root. Without, SQLite's server is forbidden to make any file longer
    (RLIMIT_FSIZE), and the database servers are not tested.
    """

    name = "disk-full"

    @contextlib.asynccontextmanager
    async def ground(self, site: Site) -> AsyncIterator[Site]:
        name = site.database.name
        with tempfile.TemporaryDirectory(prefix="examhall-disk-") as folder:
            Path(folder).chmod(0o711)
            mounted = _small_disk(Path(folder), _MEBIBYTES[name], needed=name != SQLite.name)
            async with mounted, open_site(Path(folder), name) as small:
                yield small

    async def injure(self, scene: Scene) -> None:
        for _ in range(1 if scene.brief else 3):
            async with unhurt(scene):
                with _full(scene):
                    await asyncio.sleep(_SECONDS)
                scene.drive.hurt()


@contextlib.asynccontextmanager
async def _small_disk(folder: Path, mebibytes: int, *, needed: bool) -> AsyncIterator[None]:
    """Mount a small file system at a folder.

    :raises Unavailable: when this machine does not allow it and nothing else will do.
    """
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m,mode=0711", "examhall-chaos", str(folder)]
    try:
        await run(mount)
    except (Failed, OSError) as error:
        if needed:
            message = f"a small disk cannot be mounted here: {error}"
            raise Unavailable(message) from error
        yield
        return
    try:
        yield
    finally:
        await run(["umount", "--lazy", str(folder)])


@contextlib.contextmanager
def _full(scene: Scene) -> Iterator[None]:
    home = scene.site.home
    if home.is_mount():
        ballast = home / "ballast"
        try:
            _fill(ballast)
            yield
        finally:
            ballast.unlink()
        return
    # Longer than the file that is written at every commit is by now, so nearly every commit fails.
    limits = [(worker, resource.prlimit(worker, resource.RLIMIT_FSIZE)) for worker in scene.server.workers()]
    for worker, (_, hard) in limits:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        for worker, limit in limits:
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(worker, resource.RLIMIT_FSIZE, limit)


def _fill(ballast: Path) -> None:
    """Take nearly all the room that is left; others write meanwhile, so it may take more than one try."""
    with ballast.open("wb") as file:
        spare = _SPARE_BYTES
        while True:
            room = os.statvfs(ballast.parent)
            try:
                os.posix_fallocate(file.fileno(), 0, max(1, room.f_bavail * room.f_frsize - spare))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                spare *= 2
            else:
                return
