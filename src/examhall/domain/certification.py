"""Certification: the two exams that a candidate sits by name, what one comes to, and what its history may show."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from examhall.domain.reveal import Visibility, reveal, review_of_running
from examhall.domain.scoring import ZERO, Level, level, passed
from examhall.domain.timing import QuestionState
from examhall.domain.words import RevealPolicy, SessionStatus

# certification-api.es.md, note 5; an exam may set another.
PASS_MARK = 70

_SHOWN_WHILE_RUNNING = frozenset({RevealPolicy.OPEN, RevealPolicy.ON_ANSWER, RevealPolicy.AFTER_SUBMIT})


class CertificationKind(StrEnum):
    """The exams of the certification API, by the names that candidates give; an exam has one as its slug."""

    PRACTICE = "prueba"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a closed exam came to; ``percentage`` is 0 to 100 with two decimals."""

    percentage: Decimal
    level: Level
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a candidate may see of an exam of their own; ``outcome`` is its grade as a whole."""

    closed: bool
    keys: bool
    outcome: bool

    def key(self, *, state: QuestionState) -> bool:
        """Say whether one question shows its key: all of a closed exam, the finished ones of a running exam."""
        return self.keys and (self.closed or review_of_running(state=state))


def outcome(*, percentage: Decimal | None, pass_mark: int | None) -> Outcome:
    """Grade a closed exam; ``None`` as the percentage says that nothing was handed in, which comes to 0."""
    reached = ZERO if percentage is None else percentage
    return Outcome(
        percentage=reached,
        level=level(reached),
        passed=passed(percentage=reached, pass_mark=PASS_MARK if pass_mark is None else pass_mark),
    )


def review(*, policy: RevealPolicy, status: SessionStatus, exam_closed: bool, other_running: bool) -> Review:
    """Decide what a candidate may see of an exam of their own (design: "What may be shown").

    ``exam_closed`` says that the exam's window has ended. ``other_running`` says that the candidate is sitting another
    certification exam: both kinds draw from one bank, so a key shown here may be asked there. Grades stay visible.
    """
    if status is SessionStatus.IN_PROGRESS:
        return Review(closed=False, keys=policy in _SHOWN_WHILE_RUNNING and not other_running, outcome=False)
    seen = reveal(policy=policy, staff=False, status=status, exam_closed=exam_closed, sibling_active=other_running)
    return Review(closed=True, keys=seen.questions is Visibility.ALL, outcome=seen.totals)
