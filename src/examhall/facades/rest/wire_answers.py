"""Answers on the wire: the bodies that save them and the questions they belong to (sessions-api.md 1.1 and 2)."""

from typing import Annotated, Literal, cast

import msgspec
from msgspec import UNSET, UnsetType

from examhall.domain.kinds import Response
from examhall.domain.revisions import MAX_REVISION
from examhall.domain.words import Difficulty, QuestionType
from examhall.engine.kept_by_identity import KeptByIdentity
from examhall.engine.snapshots import AnswerSnapshot, QuestionContent, SessionQuestion
from examhall.facades.httpkit.bodies import Id
from examhall.facades.rest.errors import Refusal
from examhall.facades.rest.wire import Fixed, Moment, OptionOut, fixed_or_none, option_out

_MOST_OPTIONS = 1000


class UpdateAnswerIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A response to a question; which of the fields it needs depends on the question's type.

    ``revision`` orders a client's writes of one answer: one that is not newer than the stored one changes nothing.
    """

    selected_answer_id: Id | UnsetType | None = UNSET
    selected_answer_ids: Annotated[list[Id], msgspec.Meta(max_length=_MOST_OPTIONS)] | UnsetType | None = UNSET
    answer_text: str | UnsetType | None = UNSET
    revision: Annotated[int, msgspec.Meta(ge=0, le=MAX_REVISION)] | UnsetType | None = UNSET


class AnswerIn(UpdateAnswerIn, forbid_unknown_fields=True, kw_only=True):
    """A response with the question that it answers."""

    exam_question_id: Id


class SessionQuestionOut(msgspec.Struct, kw_only=True):
    """A question of a sat exam; ``allow_multiple`` stands there only when several options may be chosen.

    While a question with a clock of its own was not served yet, its text and image are null and it has no ``answers``.
    """

    id: int
    question_text: str | None
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    answers: list[OptionOut]
    allow_multiple: Literal[True] | UnsetType = UNSET


class SessionPlaceOut(msgspec.Struct, kw_only=True):
    """A question's place on the student's paper."""

    id: int
    order: int
    code: str
    question: SessionQuestionOut


class AnswerOut(msgspec.Struct, kw_only=True):
    """A question of a session and what was answered; ``score`` and ``is_correct`` are null while hidden.

    ``selected_answers`` stands there only when several options may be chosen, ``revision`` only when the client gave one
    with a write of this answer.
    """

    id: int
    exam_question: SessionPlaceOut
    selected_answer: OptionOut | None
    answer_text: str | None
    score: Fixed | None
    answered_at: Moment | None
    is_correct: bool | None
    selected_answers: list[OptionOut] | UnsetType = UNSET
    revision: int | UnsetType = UNSET


class BlankAnswerOut(msgspec.Struct, kw_only=True):
    """A question as the start of a session lists it: ``id`` is that of the exam question, the score is a number.

    Nothing is answered yet, except where the same start was asked for again. ``answers`` tells that in full.
    """

    id: int
    exam_question: SessionPlaceOut
    selected_answer: OptionOut | None
    answer_text: str | None
    score: float | None
    answered_at: Moment | None
    is_correct: bool | None


class SaveOutcomeOut(msgspec.Struct, kw_only=True):
    """What became of one item of a bulk save: ``data`` when it was saved, else ``errors`` and ``message``.

    ``exam_question_id`` stands beside a refusal wherever the item could be read.
    """

    success: bool
    data: AnswerOut | UnsetType = UNSET
    errors: dict[str, list[str]] | UnsetType = UNSET
    message: str | UnsetType = UNSET
    exam_question_id: int | UnsetType = UNSET


def response_of(body: UpdateAnswerIn) -> Response:
    """Return the response that a body holds; a field left out is not the same as null."""
    one, several, text = body.selected_answer_id, body.selected_answer_ids, body.answer_text
    given = {"selected_answer_id": one, "selected_answer_ids": several, "answer_text": text}
    return Response(
        selected_answer_id=None if one is UNSET else one,
        selected_answer_ids=None if several is UNSET or several is None else tuple(several),
        answer_text=None if text is UNSET else text,
        given=frozenset(name for name, value in given.items() if value is not UNSET),
        revision=None if body.revision is UNSET else body.revision,
    )


def answer_out(answer: AnswerSnapshot) -> AnswerOut:
    """Return one question of a session with its answer."""
    several = answer.question.content.allows_several
    selected = [option_out(option) for option in answer.selected]
    return AnswerOut(
        id=answer.id,
        exam_question=_place(answer.question),
        selected_answer=selected[0] if selected and not several else None,
        answer_text=answer.answer_text,
        score=fixed_or_none(answer.score),
        answered_at=answer.answered_at,
        is_correct=answer.is_correct,
        selected_answers=selected if several else UNSET,
        revision=UNSET if answer.revision is None else answer.revision,
    )


def blank_answer_out(answer: AnswerSnapshot) -> BlankAnswerOut:
    """Return a question as the start of a session lists it."""
    one = answer.selected[0] if answer.selected and not answer.question.content.allows_several else None
    return BlankAnswerOut(
        id=answer.question.exam_question_id,
        exam_question=_place(answer.question),
        selected_answer=None if one is None else option_out(one),
        answer_text=answer.answer_text,
        score=None if answer.score is None else float(answer.score),
        answered_at=answer.answered_at,
        is_correct=answer.is_correct,
    )


def saved_out(answer: AnswerSnapshot) -> SaveOutcomeOut:
    """Return an item of a bulk save that was saved."""
    return SaveOutcomeOut(success=True, data=answer_out(answer))


def not_saved_out(refusal: Refusal, exam_question_id: int | UnsetType = UNSET) -> SaveOutcomeOut:
    """Return an item of a bulk save that was refused."""
    return SaveOutcomeOut(
        success=False, errors=dict(refusal.errors), message=refusal.message, exam_question_id=exam_question_id
    )


def _place(question: SessionQuestion) -> SessionPlaceOut:
    # Its bytes stand for the struct: the encoder copies them as they are, and the schema sees the struct.
    prepared = cast("SessionQuestionOut", _CONTENTS(question.content))
    return SessionPlaceOut(id=question.exam_question_id, order=question.order, code=question.code, question=prepared)


def _content(content: QuestionContent) -> msgspec.Raw:
    shape = SessionQuestionOut(
        id=content.question_id,
        question_text=content.question_text,
        type=content.type,
        difficulty=content.difficulty,
        image_url=content.image_url,
        answers=[option_out(option) for option in content.options],
        allow_multiple=True if content.allows_several else UNSET,
    )
    return msgspec.Raw(msgspec.json.encode(shape))


# A frozen question never changes, so each form of it is written once in the life of a process. What a viewer may see of it is
# decided before: there is one content for each answer to that, and its very identity is what its bytes are kept under.
_CONTENTS: KeptByIdentity[QuestionContent, msgspec.Raw] = KeptByIdentity(_content, most=8192)
