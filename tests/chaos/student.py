"""A student among faults: sits attempt after attempt, repeats what was not answered, and races with themselves."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from tests.chaos.client import Busy, Desk, Paper, Refused
from tests.chaos.drive import Drive
from tests.chaos.ledger import Choice, What
from tests.chaos.wire import Unanswered, Unreachable

T = TypeVar("T")

_BULK = 0.4
_BY_ROW = 0.15
_CLEAR = 0.03
_SECOND_THOUGHT = 0.3
_TWO_STARTS = 0.1
_LAST_SAVE_RACES = 0.4
_TWO_HAND_INS = 0.2
_STAYS = 0.25
# Students sit down over so many seconds.
_ARRIVAL = 2.0
# Beyond this, a student who gets no answer gives up; what they sent last stays open in the ledger.
_PATIENCE = 60.0


class SessionEnded(Exception):
    """The server says that the session is closed."""


@dataclass(slots=True, kw_only=True)
class Student:
    """One student.

    With ``revisions`` each change carries a higher number, so that no earlier sending can overwrite a later one. Without,
    a choice that was not answered is repeated until it is, and never changed again: its first sending may still arrive.
    A ``hasty`` student answers little, hands in, and so comes to the limit of attempts soon.
    """

    desk: Desk
    drive: Drive
    attempts: int
    lot: random.Random
    revisions: bool
    hasty: bool
    _fixed: set[tuple[int, int]] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def sit(self) -> None:
        """Sit attempts until the drive is over or the limit is reached; then try one beyond it."""
        await asyncio.sleep(self.lot.uniform(0.0, _ARRIVAL))
        try:
            for attempt in range(1, self.attempts + 1):
                if self.drive.over or not await self._attempt(last=attempt == self.attempts):
                    return
            # The server has to refuse these; the checker counts the sessions.
            await self._race(
                self._try_start(self.desk.key(What.START)), self._try_start(self.desk.key(What.START), line=1)
            )
        except TimeoutError:
            return
        finally:
            self.desk.close()

    async def _attempt(self, *, last: bool) -> bool:
        """Sit one attempt; say whether another may follow."""
        paper = await self._start()
        if paper is None:
            return False
        try:
            await self._answer(paper, last=last)
            if self.drive.over and self.lot.random() < _STAYS:
                return False
            await self._hand_in(paper)
        except SessionEnded:
            return True
        return True

    async def _start(self) -> Paper | None:
        """Start until it is known which session runs; ``None`` when no more attempt is left."""
        key = self.desk.key(What.START)
        if self.lot.random() < _TWO_STARTS:
            await self._race(self._try_start(self.desk.key(What.START), line=1), self._try_start(key))

        try:
            return await until_answered(lambda: self.desk.start_or_find(key), self.lot)
        except Refused:
            return None

    async def _try_start(self, key: str, *, line: int = 0) -> None:
        await self.desk.start(key, line=line)

    async def _answer(self, paper: Paper, *, last: bool) -> None:
        """Answer questions in some order, then change some; in the last attempt go on until the drive is over."""
        if self.hasty:
            await self._save(paper, self.lot.sample(sorted(paper.options), 3))
            return
        order = self.lot.sample(sorted(paper.options), len(paper.options))
        changes = len(order) // 3
        while order and not self.drive.over:
            count = self.lot.randint(3, 12) if self.lot.random() < _BULK else 1
            taken, order = order[:count], order[count:]
            await self._save(paper, taken)
            if self.lot.random() < _SECOND_THOUGHT:
                await self._save(paper, taken[-1:])
            if not order and (changes > 0 or last):
                order = self.lot.sample(sorted(paper.options), len(paper.options) // 4)
                changes -= len(order)

    async def _save(self, paper: Paper, questions: Sequence[int]) -> None:
        open_to_change = [question for question in questions if (paper.session, question) not in self._fixed]
        choices = [self._choose(paper, question) for question in open_to_change]
        if not choices:
            # Nothing that may be changed: do not spin.
            await asyncio.sleep(0.05)
            return
        row = paper.rows[choices[0].question] if self.lot.random() < _BY_ROW else None

        async def once() -> None:
            try:
                if len(choices) == 1:
                    await self.desk.save(paper.session, choices[0], row=row)
                else:
                    await self.desk.save_many(paper.session, choices)
            except Unanswered:
                self._fix(paper, choices)
                raise
            except Refused as refusal:
                raise SessionEnded(refusal.message) from refusal

        await until_answered(once, self.lot)

    def _choose(self, paper: Paper, question: int) -> Choice:
        option = None if self.lot.random() < _CLEAR else self.lot.choice(paper.options[question])
        return Choice(question=question, option=option, revision=next(self._numbers) if self.revisions else None)

    def _fix(self, paper: Paper, choices: Sequence[Choice]) -> None:
        if not self.revisions:
            self._fixed.update((paper.session, choice.question) for choice in choices)

    async def _hand_in(self, paper: Paper) -> None:
        """Hand in, sometimes while a last answer is on its way or twice at once."""
        key = self.desk.key(What.SUBMIT)
        if self.lot.random() < _LAST_SAVE_RACES:
            question = self.lot.choice(sorted(paper.options))
            if (paper.session, question) not in self._fixed:
                choice = self._choose(paper, question)
                await self._race(self.desk.save(paper.session, choice, line=1), self.desk.submit(paper.session, key))
        elif self.lot.random() < _TWO_HAND_INS:
            again = self.desk.key(What.SUBMIT)
            await self._race(self.desk.submit(paper.session, key), self.desk.submit(paper.session, again, line=1))

        async def once() -> None:
            try:
                await self.desk.submit(paper.session, key)
            except Refused as refusal:
                raise SessionEnded(refusal.message) from refusal

        await until_answered(once, self.lot)

    async def _race(self, *calls: Awaitable[None]) -> None:
        """Do these at once, whatever comes of them: the ledger knows."""
        for outcome in await asyncio.gather(*calls, return_exceptions=True):
            if isinstance(outcome, BaseException) and not isinstance(
                outcome, Busy | Refused | Unanswered | Unreachable
            ):
                raise outcome


async def until_answered(call: Callable[[], Awaitable[T]], lot: random.Random) -> T:
    """Repeat a call, ever more slowly, until the server says yes or no.

    :raises TimeoutError: when it never does.
    """
    loop = asyncio.get_running_loop()
    until, pause = loop.time() + _PATIENCE, 0.05
    while True:
        try:
            return await call()
        except (Busy, Unanswered, Unreachable):
            if loop.time() > until:
                raise TimeoutError from None
        await asyncio.sleep(pause * (0.5 + lot.random()))
        pause = min(pause * 1.6, 1.5)
