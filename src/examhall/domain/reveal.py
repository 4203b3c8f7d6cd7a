"""Reveal: which keys and scores of a session may be seen now."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from examhall.domain.timing import QuestionState
from examhall.domain.words import RevealPolicy, SessionStatus


class Visibility(StrEnum):
    """Which questions of a session show their keys and scores."""

    ALL = "all"
    ANSWERED = "answered"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """What may be seen of a session; ``totals`` are its total, percentage, counts and grade."""

    questions: Visibility
    totals: bool

    def question(self, *, answered: bool) -> bool:
        """Say whether one question shows its key and score."""
        match self.questions:
            case Visibility.ALL:
                return True
            case Visibility.ANSWERED:
                return answered
            case Visibility.NONE:
                return False


EVERYTHING = Reveal(questions=Visibility.ALL, totals=True)
ANSWERED_ONLY = Reveal(questions=Visibility.ANSWERED, totals=False)
NOTHING = Reveal(questions=Visibility.NONE, totals=False)


def reveal(
    *, policy: RevealPolicy, staff: bool, status: SessionStatus, exam_closed: bool, sibling_active: bool
) -> Reveal:
    """Decide what may be seen of a session (design: "What may be shown").

    ``exam_closed`` says that the exam's window has ended, ``sibling_active`` that another attempt of the same student at
    the same exam runs: its questions may be the same, so keys are hidden again until it ends; totals stay as they were.
    """
    if staff:
        return EVERYTHING
    alone = _of_policy(policy, closed=status is not SessionStatus.IN_PROGRESS, exam_closed=exam_closed)
    hidden_again = sibling_active and policy is not RevealPolicy.OPEN
    return Reveal(questions=Visibility.NONE, totals=alone.totals) if hidden_again else alone


def _of_policy(policy: RevealPolicy, *, closed: bool, exam_closed: bool) -> Reveal:
    match policy:
        case RevealPolicy.OPEN:
            return EVERYTHING
        case RevealPolicy.ON_ANSWER:
            return EVERYTHING if closed else ANSWERED_ONLY
        case RevealPolicy.AFTER_SUBMIT:
            return EVERYTHING if closed else NOTHING
        case RevealPolicy.AFTER_CLOSE:
            return EVERYTHING if closed and exam_closed else NOTHING
        case RevealPolicy.NEVER:
            return NOTHING
        case _:
            assert_never(policy)


def locks_on_answer(*, policy: RevealPolicy, question_seconds: int | None) -> bool:
    """Say whether an answer is for good: its key is shown at once, or its question has a clock."""
    return policy is RevealPolicy.ON_ANSWER or question_seconds is not None


def hides_unserved(*, closed: bool, question_seconds: int | None) -> bool:
    """Say whether questions that were never served are hidden from a session's student: text, image and options.

    Serving a question starts its clock, so without a clock, and once the session is closed, there is nothing to hide.
    """
    return question_seconds is not None and not closed


def review_of_running(*, state: QuestionState) -> bool:
    """Say whether a question of a running certification exam shows its key in the history: answered or expired."""
    return state in {QuestionState.ANSWERED, QuestionState.EXPIRED}
