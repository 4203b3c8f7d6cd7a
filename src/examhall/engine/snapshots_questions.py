"""What leaves the engine about the question bank; for its teachers, so with the keys."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from examhall.domain.words import Difficulty, QuestionType
from examhall.engine.snapshots import UserSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class BankOption:
    """An answer option, or an accepted text of a blank with the distance that a number may have from it."""

    id: int
    text: str
    is_correct: bool
    tolerance: Decimal | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """A question with its options by id; ``usage_count`` is the number of exams that hold it now."""

    id: int
    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    teacher: UserSnapshot
    created_at: datetime
    options: tuple[BankOption, ...]
    usage_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUse:
    """A question's place in one exam."""

    exam_id: int
    title: str
    order: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDetail:
    """A question and where it is used, as far as those exams are the viewer's own."""

    question: BankQuestion
    used_in: tuple[QuestionUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyQuestion:
    """A question of the viewer in a list, with counts in place of its options."""

    id: int
    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    created_at: datetime
    answers_count: int
    usage_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDetail:
    """One option with the question that it belongs to."""

    question_id: int
    question_text: str
    option: BankOption
