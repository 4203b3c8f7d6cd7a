"""Saving answers: the hot path's use cases. How they are written, alone or in groups, is in :mod:`examhall.engine.saving`."""

from collections.abc import Sequence
from datetime import datetime

from examhall.domain.access import Actor
from examhall.domain.kinds import Response
from examhall.engine.saving import SaveCall, SaveItem, save
from examhall.engine.snapshots import AnswerItem, AnswerSnapshot, SaveOutcome


def save_answer(
    *, actor: Actor, session_id: int, exam_question_id: int, response: Response, now: datetime
) -> AnswerSnapshot:
    """Save, replace or clear the answer to one question of a running session.

    A response whose revision is not newer than the stored one changes nothing; what is stored is returned.

    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when the actor is not its student.
    :raises SessionNotActive: when it is closed or its time, grace included, is over.
    :raises QuestionNotInExam: when the question is not on this student's paper.
    :raises OptionNotInQuestion: when a chosen option belongs to another question.
    :raises ResponseInvalid: when the response does not fit the question's kind.
    :raises QuestionLocked: when the answer was given for good.
    :raises QuestionTimeUp: when the question's own clock ran out.
    :raises QuestionNotServed: when the question's clock never started.
    """
    return saved(
        save(
            answer_call(
                actor=actor, session_id=session_id, exam_question_id=exam_question_id, response=response, now=now
            )
        )
    )


def update_answer(
    *, actor: Actor, session_id: int, answer_id: int, response: Response, now: datetime
) -> AnswerSnapshot:
    """Save, replace or clear an answer that is named by its own id.

    :raises AnswerNotFound: when the session has no such answer; and whatever :func:`save_answer` raises.
    """
    return saved(save(change_call(actor=actor, session_id=session_id, answer_id=answer_id, response=response, now=now)))


def save_answers(
    *, actor: Actor, session_id: int, items: Sequence[AnswerItem], now: datetime
) -> tuple[SaveOutcome, ...]:
    """Save many answers in one transaction, each with its own outcome, in the order given.

    :raises TooManyItems: when there are more items than questions on the paper.
    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when the actor is not its student.
    :raises SessionNotActive: when it is closed or its time, grace included, is over.
    """
    return save(answers_call(actor=actor, session_id=session_id, items=items, now=now))


def answer_call(*, actor: Actor, session_id: int, exam_question_id: int, response: Response, now: datetime) -> SaveCall:
    """Return the call that :func:`save_answer` makes, for who does not want to wait for it in a thread."""
    item = SaveItem(response=response, exam_question_id=exam_question_id)
    return SaveCall(actor=actor, session_id=session_id, items=(item,), now=now)


def change_call(*, actor: Actor, session_id: int, answer_id: int, response: Response, now: datetime) -> SaveCall:
    """Return the call that :func:`update_answer` makes."""
    item = SaveItem(response=response, answer_id=answer_id)
    return SaveCall(actor=actor, session_id=session_id, items=(item,), now=now)


def answers_call(*, actor: Actor, session_id: int, items: Sequence[AnswerItem], now: datetime) -> SaveCall:
    """Return the call that :func:`save_answers` makes."""
    named = tuple(SaveItem(response=item.response, exam_question_id=item.exam_question_id) for item in items)
    return SaveCall(actor=actor, session_id=session_id, items=named, now=now, bulk=True)


def saved(outcomes: Sequence[SaveOutcome]) -> AnswerSnapshot:
    """Return what a call for a single answer came to.

    :raises DomainError: when it was refused.
    """
    outcome = outcomes[0]
    if outcome.answer is None:
        raise outcome.refusal or LookupError("an outcome holds an answer or a refusal")
    return outcome.answer
