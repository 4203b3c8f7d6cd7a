"""What every fault is made of."""

import asyncio
import contextlib
import random
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from typing import ClassVar

from tests.chaos.book import Book
from tests.chaos.databases import NAMES
from tests.chaos.drive import NotRecovered
from tests.chaos.scene import Scene
from tests.chaos.site import Server, Site
from tests.chaos.stored import Stored
from tests.chaos.student import Student
from tests.chaos.world import ExamPlan

# Every fourth student has a client that knows nothing of revisions, every fifth comes to the limit of attempts.
_OLD_CLIENTS = 4
_HASTY = 5


class Untested(Exception):
    """The fault did not happen, so nothing was shown."""


class Fault(ABC):
    """One kind of fault. Everything but ``injure`` has a default: the shared database, the server as it is."""

    name: ClassVar[str]
    databases: ClassVar[tuple[str, ...]] = NAMES
    # Seconds after which a student repeats a call.
    timeout: ClassVar[float] = 8.0
    fewest_students: ClassVar[int] = 1
    # Whether a request may arrive twice: then the refusal of one copy says nothing of the other.
    copies_requests: ClassVar[bool] = False

    def exams(self) -> list[ExamPlan]:
        """Return the exams that it needs."""
        return [ExamPlan()]

    def ground(self, site: Site) -> contextlib.AbstractAsyncContextManager[Site]:
        """Return the site on which it is played."""
        return contextlib.nullcontext(site)

    def environment(self, site: Site) -> Mapping[str, str]:  # noqa: ARG002 - for those that need it
        """Return what the server's environment has besides."""
        return {}

    def door(self, server: Server, lot: random.Random) -> contextlib.AbstractAsyncContextManager[int]:  # noqa: ARG002
        """Return the port at which the students knock."""
        return contextlib.nullcontext(server.port)

    async def play(self, scene: Scene) -> None:
        """Let all students sit the first exam while the server is injured.

        :raises NotRecovered: when it does not come back.
        """
        exam = scene.world.exams[0]
        students = [
            Student(
                desk=scene.desk(student, exam),
                drive=scene.drive,
                attempts=exam.max_attempts,
                lot=random.Random(scene.lot.random()),
                revisions=number % _OLD_CLIENTS != 0,
                hasty=number % _HASTY == 1,
            )
            for number, student in enumerate(scene.world.students)
        ]
        async with asyncio.TaskGroup() as group:
            for student in students:
                group.create_task(student.sit())
            try:
                await self.injure(scene)
            finally:
                scene.drive.injured = True

    def happened(self, book: Book, stored: Stored) -> bool:  # noqa: ARG002 - for those that need it
        """Say whether the fault was felt at all: without one lost answer on the wire nothing was tested."""
        return book.unknown > 0

    @abstractmethod
    async def injure(self, scene: Scene) -> None:
        """Injure the server, again and again.

        :raises NotRecovered: when it does not come back.
        """


@contextlib.asynccontextmanager
async def unhurt(scene: Scene) -> AsyncIterator[None]:
    """Wait for the server at work before the block, and for its recovery after it.

    :raises NotRecovered: when it does not come back.
    """
    await scene.drive.acknowledged(30)
    # Not always at the same point of its work.
    await asyncio.sleep(scene.lot.uniform(0.0, 1.0))
    yield
    await scene.drive.recovered()


__all__ = ["Fault", "NotRecovered", "Untested", "unhurt"]
