"""Students who do one thing at a time, when they are told to."""

import asyncio
import itertools
import sys
from collections.abc import Awaitable, Callable, Mapping

from tests.chaos.client import Busy, Desk, Paper, Refused
from tests.chaos.ledger import Choice, What
from tests.chaos.processes import Failed, run
from tests.chaos.scene import Scene
from tests.chaos.student import until_answered
from tests.chaos.wire import Unanswered, Unreachable
from tests.chaos.world import ROOT

# A call that may be made again until it is answered.
Call = Callable[[], Awaitable[object]]

_TOGETHER = 12
_LATE = 14
NEEDED = 1 + _TOGETHER + _LATE


class Sitter:
    """A student at one exam who always knows which session is theirs."""

    def __init__(self, scene: Scene, desk: Desk) -> None:
        self._scene = scene
        self._desk = desk
        self._paper: Paper | None = None
        self._numbers = itertools.count(1)

    async def start(self) -> Call:
        """Have no running session; return a start."""
        if self._paper is not None:
            await until_answered(await self.submit(), self._scene.lot)
        key = self._desk.key(What.START)

        async def call() -> None:
            self._paper = await self._desk.start_or_find(key)

        return call

    async def save(self) -> Call:
        """Sit; return a save."""
        paper, choice = await self._sit(), await self._choose()
        return lambda: self._desk.save(paper.session, choice)

    async def change(self) -> Call:
        """Sit; return a save by the answer's own id."""
        paper, choice = await self._sit(), await self._choose()
        return lambda: self._desk.save(paper.session, choice, row=paper.rows[choice.question])

    async def save_many(self) -> Call:
        """Sit; return a save of all answers at once."""
        paper = await self._sit()
        choices = [self._pick(paper, question) for question in paper.options]
        return lambda: self._desk.save_many(paper.session, choices)

    async def submit(self) -> Call:
        """Sit with every question answered; return a hand-in."""
        await until_answered(await self.save_many(), self._scene.lot)
        return await self.hand_in()

    async def hand_in(self) -> Call:
        """Sit; return a hand-in of what was answered so far."""
        paper = await self._sit()
        key = self._desk.key(What.SUBMIT)

        async def call() -> None:
            await self._desk.submit(paper.session, key)
            self._paper = None

        return call

    async def look(self) -> Call:
        """Return a look at the session."""
        paper = await self._sit()
        return lambda: self._desk.look(paper.session)

    async def _sit(self) -> Paper:
        if self._paper is None:
            await until_answered(await self.start(), self._scene.lot)
        assert self._paper is not None
        return self._paper

    async def _choose(self) -> Choice:
        paper = await self._sit()
        return self._pick(paper, self._scene.lot.choice(list(paper.options)))

    def _pick(self, paper: Paper, question: int) -> Choice:
        option = self._scene.lot.choice(paper.options[question])
        return Choice(question=question, option=option, revision=next(self._numbers))


class Sitters:
    """Everybody who sits, and what they can be asked to do; every preparation returns a call that is not made yet."""

    def __init__(self, scene: Scene, environment: Mapping[str, str]) -> None:
        self._scene = scene
        self._environment = environment
        main, short, *unfrozen = scene.world.exams
        students = scene.world.students
        self._alone = Sitter(scene, scene.desk(students[0], main))
        self._group = [Sitter(scene, scene.desk(student, main)) for student in students[1 : 1 + _TOGETHER]]
        # Students of their own: whoever looks for their running session closes all of theirs that are due.
        self._late = [Sitter(scene, scene.desk(student, short)) for student in students[-_LATE:]]
        self._first = [Sitter(scene, scene.desk(students[0], exam)) for exam in unfrozen]

    async def sit_down(self) -> None:
        """Let everybody sit who is to be late, with all questions answered."""
        calls = [await sitter.save_many() for sitter in self._late]
        await asyncio.gather(*(until_answered(call, self._scene.lot) for call in calls))

    def alone(self) -> dict[str, Callable[[], Awaitable[Call]]]:
        """Return single calls."""
        one = self._alone
        return {
            "first start of an exam": lambda: self._first.pop().start(),
            "start": one.start,
            "save": one.save,
            "change": one.change,
            "bulk save": one.save_many,
            "hand-in": one.submit,
        }

    def together(self) -> dict[str, Callable[[], Awaitable[Call]]]:
        """Return calls of many students at once."""
        return {
            "starts at once": lambda: self._all(Sitter.start),
            "saves at once": lambda: self._all(Sitter.save),
            "bulk saves at once": lambda: self._all(Sitter.save_many),
            "hand-ins at once": lambda: self._all(Sitter.submit),
        }

    def late(self) -> dict[str, Callable[[], Awaitable[Call]]]:
        """Return calls that close a session whose time is up."""
        return {
            "closing by a look": lambda: self._late.pop().look(),
            "closing by a late save": lambda: _refusable(self._late.pop().save()),
            "closing by a late hand-in": lambda: _refusable(self._late.pop().hand_in()),
            "closing by the sweeper": self._sweep,
        }

    async def _all(self, prepare: Callable[[Sitter], Awaitable[Call]]) -> Call:
        calls = dict(enumerate([await prepare(sitter) for sitter in self._group]))

        async def call() -> None:
            """Make the calls that were not answered yet."""
            outcomes = await asyncio.gather(*(one() for one in calls.values()), return_exceptions=True)
            for number, outcome in list(zip(calls, outcomes, strict=True)):
                if not isinstance(outcome, BaseException):
                    del calls[number]
                elif not isinstance(outcome, Busy | Unanswered | Unreachable):
                    raise outcome
            if calls:
                message = f"{len(calls)} calls were not answered"
                raise Unanswered(message)

        return call

    async def _sweep(self) -> Call:
        async def call() -> None:
            env = self._scene.site.environment(self._environment)
            try:
                await run([sys.executable, "manage.py", "close_due"], env=env, cwd=ROOT)
            except Failed as error:
                raise Unanswered(str(error)) from error

        return call


async def _refusable(preparing: Awaitable[Call]) -> Call:
    prepared = await preparing

    async def call() -> None:
        try:
            await prepared()
        except Refused:
            return

    return call
