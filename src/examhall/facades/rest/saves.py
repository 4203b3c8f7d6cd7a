"""The calls that save answers, translated in and out: the same for whichever way a request took to get here."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from examhall.domain.errors import DomainError
from examhall.domain.kinds import Response
from examhall.engine import answers, saving
from examhall.engine.saving import Outcomes, SaveCall
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


class Pending(NamedTuple):
    """A call that was read: what is to be saved, and what to answer when it was."""

    call: SaveCall
    reply: Callable[[Outcomes], Reply]


def read_one(request: AnyIncoming, session_id: int) -> Pending:
    """Read a call that saves, replaces or clears one answer.

    :raises BodyRefused: when its body is not one.
    """
    body = read_body(request, AnswerIn)
    call = answers.answer_call(
        actor=actor_of(request),
        session_id=session_id,
        exam_question_id=body.exam_question_id,
        response=response_of(body),
        now=request_now(request),
    )
    return Pending(call, lambda outcomes: _reply_one(outcomes, SAVED, 201))


def read_many(request: AnyIncoming, session_id: int) -> Pending:
    """Read a call that saves many answers in one transaction; what became of each is answered in the order given.

    :raises BodyRefused: when its body is not a list.
    """
    read = read_list(request, AnswerIn, _MOST_ITEMS)
    call = answers.answers_call(
        actor=actor_of(request),
        session_id=session_id,
        items=[_UNREADABLE if isinstance(item, BodyRefused) else _answer_item(item) for item in read],
        now=request_now(request),
    )
    return Pending(call, lambda outcomes: _reply_many(read, outcomes))


def read_change(request: AnyIncoming, session_id: int, answer_id: int) -> Pending:
    """Read a call that saves, replaces or clears the answer that has this id.

    :raises BodyRefused: when its body is not one.
    """
    body = read_body(request, UpdateAnswerIn)
    call = answers.change_call(
        actor=actor_of(request),
        session_id=session_id,
        answer_id=answer_id,
        response=response_of(body),
        now=request_now(request),
    )
    return Pending(call, lambda outcomes: _reply_one(outcomes, UPDATED, 200))


def done(pending: Pending) -> Reply:
    """Save what is to be saved, in this thread, and return what to answer.

    :raises DomainError: as :func:`examhall.engine.saving.save`, and what the single answer was refused for.
    """
    return pending.reply(saving.save(pending.call))


def _reply_one(outcomes: Outcomes, message: str, status: int) -> Reply:
    answer = answers.saved(outcomes)
    observe.count_saved(answer)
    return Reply(answer_out(answer), message, status)


def _reply_many(read: Sequence[AnswerIn | BodyRefused], outcomes: Outcomes) -> Reply:
    return Reply([_outcome(item, outcome) for item, outcome in zip(read, outcomes, strict=True)], SAVED_MANY, 200)


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
