"""The calls that save answers, translated in and out: the same for whichever way a request took to get here."""

from typing import NamedTuple

from examhall.domain.errors import DomainError
from examhall.domain.kinds import Response
from examhall.engine import answers as engine_answers
from examhall.engine.snapshots import AnswerItem, SaveOutcome
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.bodies import read_body, read_list
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import AnyIncoming, actor_of, request_now
from examhall.facades.rest.envelope import told
from examhall.facades.rest.errors import Refusal, body_refusal, refusal
from examhall.facades.rest.wire_answers import (
    AnswerIn,
    SaveOutcomeOut,
    UpdateAnswerIn,
    answer_out,
    not_saved_out,
    response_of,
    saved_out,
)

SAVED = "Answer submitted successfully"
UPDATED = "Answer updated successfully"
SAVED_MANY = "Answers processed"

# Far above any paper; the paper itself sets the true limit.
_MOST_ITEMS = 10_000

# Stands in for an item that cannot be read: it counts as an item, and no question has this id.
_UNREADABLE = AnswerItem(exam_question_id=0, response=Response())


class Reply(NamedTuple):
    """A success: what stands in its envelope, and its status."""

    data: object
    message: str
    status: int


def save_one(request: AnyIncoming, session_id: int) -> Reply:
    """Save, replace or clear one answer.

    :raises DomainError: as :func:`examhall.engine.answers.save_answer`; BodyRefused as :func:`read_body`.
    """
    body = read_body(request, AnswerIn)
    answer = engine_answers.save_answer(
        actor=actor_of(request),
        session_id=session_id,
        exam_question_id=body.exam_question_id,
        response=response_of(body),
        now=request_now(request),
    )
    observe.count_saved(answer)
    return Reply(answer_out(answer), SAVED, 201)


def save_many(request: AnyIncoming, session_id: int) -> Reply:
    """Save many answers in one transaction; what became of each stands in the order given.

    :raises DomainError: as :func:`examhall.engine.answers.save_answers`; BodyRefused as :func:`read_list`.
    """
    read = read_list(request, AnswerIn, _MOST_ITEMS)
    saved = engine_answers.save_answers(
        actor=actor_of(request),
        session_id=session_id,
        items=[_UNREADABLE if isinstance(item, BodyRefused) else _answer_item(item) for item in read],
        now=request_now(request),
    )
    return Reply([_outcome(item, outcome) for item, outcome in zip(read, saved, strict=True)], SAVED_MANY, 200)


def change_one(request: AnyIncoming, session_id: int, answer_id: int) -> Reply:
    """Save, replace or clear the answer that has this id.

    :raises DomainError: as :func:`examhall.engine.answers.update_answer`; BodyRefused as :func:`read_body`.
    """
    body = read_body(request, UpdateAnswerIn)
    answer = engine_answers.update_answer(
        actor=actor_of(request),
        session_id=session_id,
        answer_id=answer_id,
        response=response_of(body),
        now=request_now(request),
    )
    observe.count_saved(answer)
    return Reply(answer_out(answer), UPDATED, 200)


def told_unsaved(exc: Exception, *, where: str) -> Refusal:
    """Return what a client is told when such a call came to nothing, and count what was not saved."""
    if isinstance(exc, (DomainError, BodyRefused)):
        observe.count_refused_save()
    return told(exc, where=where)


def _answer_item(item: AnswerIn) -> AnswerItem:
    return AnswerItem(exam_question_id=item.exam_question_id, response=response_of(item))


def _outcome(item: AnswerIn | BodyRefused, outcome: SaveOutcome) -> SaveOutcomeOut:
    if outcome.answer is not None:
        observe.count_saved(outcome.answer)
        return saved_out(outcome.answer)
    observe.count_refused_save()
    if isinstance(item, BodyRefused):
        observe.count_refused(item)
        return not_saved_out(body_refusal(item))
    if outcome.refusal is None:
        raise LookupError("an outcome holds an answer or a refusal")
    observe.count_refused(outcome.refusal)
    return not_saved_out(refusal(outcome.refusal), outcome.exam_question_id)
