"""One fault on one database, from the planting to the verdict."""

import asyncio
import random
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.book import Book, digest
from tests.chaos.checks import Finding, Flaw, check
from tests.chaos.databases import Unavailable
from tests.chaos.drive import Drive, NotRecovered
from tests.chaos.faults import Fault
from tests.chaos.faults.fault import Untested
from tests.chaos.ledger import Ledger, read_ledger
from tests.chaos.processes import DidNotStart
from tests.chaos.report import Row
from tests.chaos.scene import Scene
from tests.chaos.screens import Screen, read_screens
from tests.chaos.site import Server, Site
from tests.chaos.stored import Stored, read_stored
from tests.chaos.world import Plan, World

QUESTIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of everything: answers to be acknowledged at least, students, and the most seconds of driving."""

    answers: int
    students: int
    seconds: float
    brief: bool
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A school whose run is over: it is looked at again when all faults of its database were played."""

    world: World
    book: Book


async def play(fault: Fault, site: Site, scale: Scale, ledger: Path) -> tuple[Row, Played | None]:
    """Play one fault; return its row, and what was played if all was well and it was played on the site itself."""
    database = site.database.name
    try:
        async with fault.ground(site) as ground:
            run = _Run(fault, ground, scale, ledger)
            row = await run.play()
            lasts = ground is site and not row.findings
            return row, Played(world=run.world, book=run.book) if lasts else None
    except Unavailable as reason:
        return Row(fault=fault.name, database=database, skipped=str(reason)), None


def look_again(site: Site, played: Played) -> list[Finding]:
    """Check a school once more: what came after must not have hurt it."""
    return check(played.world, played.book, _read(site, played.world))


class _Run:
    def __init__(self, fault: Fault, site: Site, scale: Scale, ledger: Path) -> None:
        self._fault = fault
        self._site = site
        self._scale = scale
        self._ledger = ledger
        self._lot = random.Random(f"{scale.seed} {fault.name} {site.database.name}")
        self._findings: list[Finding] = []
        self._screens: dict[int, Screen] | None = None
        self.book = Book()
        self.world: World

    async def play(self) -> Row:
        students = max(self._scale.students, self._fault.fewest_students)
        plan = Plan(students=students, questions=QUESTIONS, exams=self._fault.exams())
        environment = self._fault.environment(self._site)
        self.world = await self._site.plant(plan)
        server = self._site.server(environment)
        drive = await self._drive(server)
        self.book = digest(read_ledger(self._ledger), copied=self._fault.copies_requests)
        stored = await asyncio.to_thread(_read, self._site, self.world)
        self._findings += check(self.world, self.book, stored, self._screens)
        if not self._fault.happened(self.book, stored):
            self._findings.append(Finding(flaw=Flaw.NOT_TESTED, detail="nobody felt it"))
        damage = await asyncio.to_thread(lambda: list(self._site.database.damage()))
        self._findings += [Finding(flaw=Flaw.DAMAGED, detail=detail) for detail in damage]
        return Row(
            fault=self._fault.name,
            database=self._site.database.name,
            acknowledged=self.book.acknowledged,
            unknown=self.book.unknown,
            findings=self._findings,
            recoveries=drive.recoveries,
            notes=drive.notes,
            silences=dict(self.book.silences),
        )

    async def _drive(self, server: Server) -> Drive:
        """Let the students work and the server suffer; then, with the server as it is, see what it shows."""
        with Ledger(self._ledger) as ledger:
            drive = Drive(ledger=ledger, wanted=self._scale.answers, seconds=self._scale.seconds)
            try:
                await server.start()
                await self._suffer(server, drive)
                await server.wait_ready()
                self._screens = await read_screens(server.port, self._tokens())
            except DidNotStart as error:
                self._findings.append(Finding(flaw=Flaw.NO_RECOVERY, detail=str(error)))
            finally:
                await server.stop()
        return drive

    async def _suffer(self, server: Server, drive: Drive) -> None:
        try:
            async with self._fault.door(server, self._lot) as port:
                await self._fault.play(self._scene(server, drive, port))
        except* NotRecovered as group:
            self._note(Flaw.NO_RECOVERY, group)
        except* Untested as group:
            self._note(Flaw.NOT_TESTED, group)

    def _scene(self, server: Server, drive: Drive, port: int) -> Scene:
        return Scene(
            site=self._site,
            server=server,
            world=self.world,
            drive=drive,
            lot=self._lot,
            port=port,
            timeout=self._fault.timeout,
            brief=self._scale.brief,
        )

    def _tokens(self) -> dict[int, str]:
        return {student: self._site.token(student) for student in self.world.students}

    def _note(self, flaw: Flaw, group: BaseExceptionGroup[BaseException]) -> None:
        self._findings += [Finding(flaw=flaw, detail=str(error)) for error in group.exceptions]


def _read(site: Site, world: World) -> Stored:
    with site.database.cursor() as cursor:
        return read_stored(cursor, [exam.id for exam in world.exams], marker=site.database.marker)
