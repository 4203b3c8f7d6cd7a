"""Answer rows as the use cases pass them about: the model, or just the values that are read of it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol


class AnsweredRow(Protocol):
    """What everybody asks of an answer row: whether it is answered."""

    @property
    def answered_at(self) -> datetime | None:
        """Return when it was answered, ``None`` while it is not."""


class ServedRow(AnsweredRow, Protocol):
    """What the clocks ask of an answer row."""

    @property
    def served_at(self) -> datetime | None:
        """Return when the question was first served, where it has a clock."""


class GradedRow(AnsweredRow, Protocol):
    """A question and what its answer is worth."""

    @property
    def exam_question_id(self) -> int:
        """Return the question's place in its exam."""

    @property
    def score(self) -> Decimal:
        """Return what the answer is worth."""

    @property
    def is_correct(self) -> bool:
        """Say whether the answer is right."""


class MarkedRow(GradedRow, Protocol):
    """What a total is made of."""

    @property
    def points(self) -> Decimal:
        """Return what the question is worth."""

    @property
    def marked_at(self) -> datetime | None:
        """Return when a person set the score."""


class AnswerRow(GradedRow, ServedRow, Protocol):
    """What a sheet shows of an answer row."""

    @property
    def pk(self) -> int:
        """Return the row's id."""

    @property
    def selected_answer_id(self) -> int | None:
        """Return a single choice."""

    @property
    def selected_answer_ids(self) -> Sequence[int] | None:
        """Return the choice where several options are correct."""

    @property
    def answer_text(self) -> str | None:
        """Return the text that was written."""

    @property
    def revision(self) -> int | None:
        """Return the highest revision that the client gave."""


class PlainAnswer(NamedTuple):
    """The columns of an answer row that looking at a session or closing it needs, without a model around them."""

    pk: int
    exam_question_id: int
    selected_answer_id: int | None
    selected_answer_ids: Sequence[int] | None
    answer_text: str | None
    points: Decimal
    score: Decimal
    answered_at: datetime | None
    is_correct: bool
    served_at: datetime | None
    marked_at: datetime | None
    revision: int | None


class ShownExam(Protocol):
    """What the reveal rules ask of an exam as it is now."""

    @property
    def reveal_policy(self) -> str:
        """Return the policy's word."""

    @property
    def end_time(self) -> datetime:
        """Return the end of the exam's window."""
