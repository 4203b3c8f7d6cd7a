"""The question bank on the wire (companion-apis.md, "Questions")."""

from decimal import Decimal
from typing import Annotated

import msgspec

from examhall.domain.authoring import (
    IMAGE_URL_LENGTH,
    OPTION_TEXT_LENGTH,
    OPTIONS_PER_QUESTION,
    QUESTION_TEXT_LENGTH,
)
from examhall.domain.words import Difficulty, QuestionType
from examhall.engine.option_sets import OptionValues
from examhall.engine.snapshots_questions import BankOption, BankQuestion, MyQuestion, OptionDetail, QuestionDetail
from examhall.facades.httpkit.bodies import Id
from examhall.facades.rest.wire import Moment, UserOut, user_out

QuestionText = Annotated[str, msgspec.Meta(max_length=QUESTION_TEXT_LENGTH)]
OptionText = Annotated[str, msgspec.Meta(max_length=OPTION_TEXT_LENGTH)]
ImageUrl = Annotated[str, msgspec.Meta(max_length=IMAGE_URL_LENGTH)]


class AddOptionIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new answer option; ``tolerance`` makes an accepted text of a blank a number with a permitted distance."""

    text: OptionText
    is_correct: bool
    tolerance: Decimal | None = None


class OptionIn(AddOptionIn, forbid_unknown_fields=True, kw_only=True):
    """An answer option of a question's body; ``id`` names the option to change."""

    id: Id | None = None


class OptionChangeIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What changes of an answer option; a field left out stays as it is."""

    text: OptionText | msgspec.UnsetType = msgspec.UNSET
    is_correct: bool | msgspec.UnsetType = msgspec.UNSET
    tolerance: Decimal | msgspec.UnsetType | None = msgspec.UNSET


OptionList = Annotated[list[OptionIn], msgspec.Meta(max_length=OPTIONS_PER_QUESTION)]


class QuestionIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of a new question."""

    question_text: QuestionText
    type: QuestionType
    difficulty: Difficulty
    image_url: ImageUrl | None = None
    answers: OptionList = []


class QuestionChangeIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What changes of a question; a field left out stays as it is, ``answers`` replaces the whole list."""

    question_text: QuestionText | msgspec.UnsetType = msgspec.UNSET
    type: QuestionType | msgspec.UnsetType = msgspec.UNSET
    difficulty: Difficulty | msgspec.UnsetType = msgspec.UNSET
    image_url: ImageUrl | msgspec.UnsetType | None = msgspec.UNSET
    answers: OptionList | msgspec.UnsetType = msgspec.UNSET


class BankOptionOut(msgspec.Struct, kw_only=True):
    """Answer option of the question bank; ``tolerance`` is there for a blank's number only."""

    id: int
    text: str
    is_correct: bool
    created_at: Moment
    updated_at: Moment
    tolerance: Decimal | msgspec.UnsetType = msgspec.UNSET


class BankQuestionOut(msgspec.Struct, kw_only=True):
    """Question."""

    id: int
    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    teacher: UserOut
    created_at: Moment
    answers: list[BankOptionOut]
    usage_count: int


class QuestionUseOut(msgspec.Struct, kw_only=True):
    """A question's place in an exam."""

    id: int
    title: str
    order: int
    code: str


class QuestionDetailOut(BankQuestionOut, kw_only=True):
    """Question with the caller's exams that hold it."""

    used_in_exams: list[QuestionUseOut]


class MyQuestionOut(msgspec.Struct, kw_only=True):
    """A question of the caller in a list."""

    id: int
    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    created_at: Moment
    answers_count: int
    usage_count: int


class QuestionTextOut(msgspec.Struct, kw_only=True):
    """A question by its text only."""

    id: int
    question_text: str


class OptionDetailOut(msgspec.Struct, kw_only=True):
    """Answer option with its question."""

    id: int
    question: QuestionTextOut
    text: str
    is_correct: bool
    created_at: Moment
    updated_at: Moment
    tolerance: Decimal | msgspec.UnsetType = msgspec.UNSET


def option_values(option: AddOptionIn) -> OptionValues:
    """Return an option as the engine takes it."""
    return OptionValues(
        text=option.text,
        is_correct=option.is_correct,
        tolerance=option.tolerance,
        id=option.id if isinstance(option, OptionIn) else None,
    )


def bank_question_out(question: BankQuestion) -> BankQuestionOut:
    """Return a question of the bank."""
    return BankQuestionOut(
        id=question.id,
        question_text=question.question_text,
        type=question.type,
        difficulty=question.difficulty,
        image_url=question.image_url,
        teacher=user_out(question.teacher),
        created_at=question.created_at,
        answers=[_option(option) for option in question.options],
        usage_count=question.usage_count,
    )


def question_detail_out(detail: QuestionDetail) -> QuestionDetailOut:
    """Return a question with where it is used."""
    shown = bank_question_out(detail.question)
    return QuestionDetailOut(
        id=shown.id,
        question_text=shown.question_text,
        type=shown.type,
        difficulty=shown.difficulty,
        image_url=shown.image_url,
        teacher=shown.teacher,
        created_at=shown.created_at,
        answers=shown.answers,
        usage_count=shown.usage_count,
        used_in_exams=[
            QuestionUseOut(id=use.exam_id, title=use.title, order=use.order, code=use.code) for use in detail.used_in
        ],
    )


def my_question_out(question: MyQuestion) -> MyQuestionOut:
    """Return a question of the caller in a list."""
    return MyQuestionOut(
        id=question.id,
        question_text=question.question_text,
        type=question.type,
        difficulty=question.difficulty,
        image_url=question.image_url,
        created_at=question.created_at,
        answers_count=question.answers_count,
        usage_count=question.usage_count,
    )


def option_detail_out(detail: OptionDetail) -> OptionDetailOut:
    """Return an option with its question."""
    option = detail.option
    return OptionDetailOut(
        id=option.id,
        question=QuestionTextOut(id=detail.question_id, question_text=detail.question_text),
        text=option.text,
        is_correct=option.is_correct,
        created_at=option.created_at,
        updated_at=option.updated_at,
        tolerance=_tolerance(option),
    )


def _option(option: BankOption) -> BankOptionOut:
    return BankOptionOut(
        id=option.id,
        text=option.text,
        is_correct=option.is_correct,
        created_at=option.created_at,
        updated_at=option.updated_at,
        tolerance=_tolerance(option),
    )


def _tolerance(option: BankOption) -> Decimal | msgspec.UnsetType:
    # The column fills up with zeros: 0.5 comes back as 0.5000000000.
    return msgspec.UNSET if option.tolerance is None else Decimal(format(option.tolerance.normalize(), "f"))
