"""What every question kind takes and gives: the protocol and its values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from examhall.domain.paper import PaperQuestion
from examhall.domain.scoring import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a student sent for a question; ``given`` names the fields that were in the body, ``null`` or not.

    ``revision`` orders the client's writes of one answer (domain.revisions); no kind of question looks at it.
    """

    selected_answer_id: int | None = None
    selected_answer_ids: tuple[int, ...] | None = None
    answer_text: str | None = None
    given: frozenset[str] = frozenset()
    revision: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResponse:
    """A response that fits its question, as it is kept: option ids ascending, text verbatim."""

    selected_ids: tuple[int, ...]
    answer_text: str | None
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What a stored response is worth; ``pending`` says that a person has to mark it."""

    score: Decimal
    is_correct: bool
    pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthoredOption:
    """An answer option, or an accepted text, as an author wrote it."""

    text: str
    is_correct: bool
    tolerance: Decimal | None = None


CLEARED = StoredResponse(selected_ids=(), answer_text=None, answered=False)
"""An unanswered question."""

NO_SCORE = Grade(score=ZERO, is_correct=False, pending=False)
"""What an unanswered question, or a wrong answer, is worth."""


class Kind(Protocol):
    """The rules of one kind of question."""

    def check_options(self, options: Sequence[AuthoredOption]) -> None:
        """Check the options of a question that is being written.

        :raises ValueInvalid: when they do not make a question of this kind; its field is ``answers``.
        """

    def normalise(self, question: PaperQuestion, response: Response) -> StoredResponse:
        """Turn what a student sent into what is kept.

        :raises OptionNotInQuestion: when it selects an option that the question does not have.
        :raises ResponseInvalid: when it does not fit the question otherwise.
        """

    def grade(self, question: PaperQuestion, stored: StoredResponse, *, points: Decimal, partial_credit: bool) -> Grade:
        """Grade a kept response against the key, from 0 to ``points``, in hundredths."""
