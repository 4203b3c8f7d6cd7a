"""The state that all students of one run share: whether to go on, and when the server answered again after an injury."""

import asyncio
from dataclasses import dataclass, field

from tests.chaos.ledger import Ledger

# A person would have been called by then.
RECOVERY_LIMIT = 60.0


class NotRecovered(Exception):
    """The server did not come back by itself."""


@dataclass(slots=True, kw_only=True)
class Drive:
    """A run: it is over when every fault was injected and enough answers were acknowledged, or it took long enough."""

    ledger: Ledger
    wanted: int
    seconds: float
    recoveries: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    injured: bool = False
    _started_at: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    _hurt_at: float | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def over(self) -> bool:
        """Say whether the students are to finish."""
        tired = self._now() - self._started_at > self.seconds
        return self.injured and (tired or self.ledger.acknowledged >= self.wanted)

    def heard(self, sent_at: float) -> None:
        """Take note of an answer to a call that was sent at this moment of the loop's clock."""
        if self._hurt_at is not None and sent_at >= self._hurt_at:
            self.recoveries.append(self._now() - self._hurt_at)
            self._hurt_at = None
            self._answered.set()

    def hurt(self) -> None:
        """Begin to wait for the first answer to a call that is sent from now on."""
        self._answered.clear()
        self._hurt_at = self._now()

    async def recovered(self) -> None:
        """Wait for that answer.

        :raises NotRecovered: when it takes longer than anybody would wait.
        """
        try:
            await asyncio.wait_for(self._answered.wait(), RECOVERY_LIMIT)
        except TimeoutError:
            message = f"no answer within {RECOVERY_LIMIT:.0f} s"
            raise NotRecovered(message) from None

    async def acknowledged(self, more: int, *, within: float = RECOVERY_LIMIT) -> None:
        """Wait until that many more answers were acknowledged, so that the next injury meets the server at work.

        :raises NotRecovered: when it takes longer than anybody would wait.
        """
        goal, until = self.ledger.acknowledged + more, self._now() + within
        while self.ledger.acknowledged < goal:
            if self._now() > until:
                message = f"no {more} answers within {within:.0f} s"
                raise NotRecovered(message)
            await asyncio.sleep(0.05)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
