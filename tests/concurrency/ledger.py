"""What a server acknowledged, beside what it kept: nothing acknowledged may be missing, nothing refused may be there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from django.db import transaction

from examhall.domain.errors import SessionNotActive
from tests.builders import choose
from tests.engine.sessions.seat import Seat


class Way(Enum):
    """How an answer is saved; ``ALONE`` in a transaction of its own, as if by another process than the others."""

    ONE = auto()
    BULK = auto()
    ALONE = auto()


WAYS = tuple(Way)


@dataclass(slots=True, kw_only=True)
class Page:
    """One question that one thread answers again and again, right and wrong in turn, until the session is closed."""

    seat: Seat
    index: int
    at: datetime
    way: Way = Way.ONE
    most: int = 200
    acknowledged: list[int] = field(default_factory=list)

    def __call__(self) -> int:
        """Answer until refused; return how many answers were acknowledged."""
        for option_id in self._options():
            try:
                self._save(option_id)
            except SessionNotActive:
                break
            self.acknowledged.append(option_id)
        return len(self.acknowledged)

    def _save(self, option_id: int) -> None:
        match self.way:
            case Way.ONE:
                self.seat.save(self.index, choose(option_id), at=self.at)
            case Way.BULK:
                (outcome,) = self.seat.save_many([(self.index, choose(option_id))], at=self.at)
                assert outcome.refusal is None
            case Way.ALONE:
                with transaction.atomic():
                    self.seat.save(self.index, choose(option_id), at=self.at)

    def _options(self) -> Iterator[int]:
        right, wrong = self.seat.world.key(self.index), self.seat.world.wrong(self.index)
        for number in range(self.most):
            yield (right, wrong)[number % 2]

    @property
    def last(self) -> int | None:
        """Return the option acknowledged last."""
        return self.acknowledged[-1] if self.acknowledged else None

    @property
    def is_right(self) -> bool:
        """Say whether the answer acknowledged last is the right one."""
        return len(self.acknowledged) % 2 == 1


def check(seat: Seat, pages: list[Page]) -> None:
    """Compare the ledger with the rows, the total and the log of a closed session."""
    assert [seat.row(page.index).selected_answer_id for page in pages] == [page.last for page in pages]
    answered = [page for page in pages if page.acknowledged]
    saves = [log for log in seat.logs if log.actions.startswith("answer_")]
    assert len(saves) == sum(len(page.acknowledged) for page in pages)
    assert seat.session.active_key is None
    closings = [action for action in seat.actions if action in {"exam_submitted", "exam_timeout", "exam_abandoned"}]
    assert len(closings) == 1
    if seat.session.status == "abandoned":
        assert not answered
        return
    result = seat.stored_result
    right = [page for page in pages if page.is_right]
    assert result.correct_count == len(right)
    assert result.wrong_count == len(answered) - len(right)
    assert result.total_score == seat.session.total_score == sum(seat.row(page.index).points for page in right)
