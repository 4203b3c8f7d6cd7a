"""The counter-trial: servers and databases that do lose answers, which the checks have to notice."""

import contextlib
import tempfile
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from tests.chaos.faults.kills import KilledDatabase, KilledWorker
from tests.chaos.site import Site, open_site


class ForgettingServer(KilledWorker):
    """A server that reports some transactions as committed which it rolled back."""

    name = "forgetting-server"

    def environment(self, site: Site) -> Mapping[str, str]:  # noqa: ARG002
        return {"DJANGO_SETTINGS_MODULE": "tests.chaos.forgetting_settings"}


class LossyDatabase(KilledDatabase):
    """A database set to report commits before they are on disk, and killed."""

    name = "lossy-database"

    @contextlib.asynccontextmanager
    async def ground(self, site: Site) -> AsyncIterator[Site]:
        with tempfile.TemporaryDirectory(prefix="examhall-lossy-") as folder:
            Path(folder).chmod(0o711)
            async with open_site(Path(folder), site.database.name, lossy=True) as lossy:
                yield lossy
