"""What a fault has before it while the students work."""

import random
from dataclasses import dataclass

from tests.chaos.client import Desk
from tests.chaos.drive import Drive
from tests.chaos.site import Server, Site
from tests.chaos.world import PlantedExam, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A server at work. ``port`` is where the students knock; ``brief`` asks for fewer injuries."""

    site: Site
    server: Server
    world: World
    drive: Drive
    lot: random.Random
    port: int
    timeout: float
    brief: bool

    def desk(self, student: int, exam: PlantedExam) -> Desk:
        """Return a student's place at an exam."""
        return Desk(
            student=student,
            exam=exam.id,
            token=self.site.token(student),
            port=self.port,
            ledger=self.drive.ledger,
            timeout=self.timeout,
            heard=self.drive.heard,
        )
