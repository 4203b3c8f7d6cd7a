"""A bad network between the students and the server."""

import contextlib
import random
from collections.abc import AsyncIterator

from tests.chaos.faults.fault import Fault
from tests.chaos.proxy import BadProxy
from tests.chaos.scene import Scene
from tests.chaos.site import Server


class BadNetwork(Fault):
    """Requests and replies are dropped, delayed, cut and duplicated, at once and later."""

    name = "bad-network"
    timeout = 1.5
    copies_requests = True

    @contextlib.asynccontextmanager
    async def door(self, server: Server, lot: random.Random) -> AsyncIterator[int]:
        proxy = BadProxy(server.port, random.Random(lot.random()))
        async with proxy as port:
            yield port

    async def injure(self, scene: Scene) -> None:
        # It is as bad from the first call to the last.
        await scene.drive.acknowledged(scene.drive.wanted // 2, within=scene.drive.seconds)
