"""Saving answers: the hot path. Four statements: lock the session, read the row, write it, log it."""

from collections.abc import Sequence
from datetime import datetime

from examhall.domain import reveal
from examhall.domain.access import Actor
from examhall.domain.errors import (
    AnswerNotFound,
    DomainError,
    QuestionLocked,
    QuestionNotInExam,
    QuestionNotServed,
    QuestionTimeUp,
    SessionNotActive,
    SessionTimeUp,
    TooManyItems,
)
from examhall.domain.kinds import Response, kind_of
from examhall.domain.paper import PaperQuestion
from examhall.domain.timing import Phase, QuestionState, question_state
from examhall.domain.words import LogAction, SessionStatus
from examhall.engine import closing, journal, sitting
from examhall.engine.locking import unit_of_work
from examhall.engine.papers import layout, paper_by_id
from examhall.engine.sheets import Sheet
from examhall.engine.sitting import Sitting
from examhall.engine.snapshots import AnswerItem, AnswerSnapshot, SaveOutcome
from examhall.store.models import ExamLog, StudentAnswer

_WRITTEN = ("selected_answer_id", "selected_answer_ids", "answer_text", "score", "answered_at", "is_correct")


def save_answer(
    *, actor: Actor, session_id: int, exam_question_id: int, response: Response, now: datetime
) -> AnswerSnapshot:
    """Save, replace or clear the answer to one question of a running session.

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
    try:
        return _save_one(actor=actor, session_id=session_id, response=response, now=now, question=exam_question_id)
    except SessionTimeUp:
        closing.close_when_due(session_id, now=now)
        raise SessionNotActive from None


def update_answer(
    *, actor: Actor, session_id: int, answer_id: int, response: Response, now: datetime
) -> AnswerSnapshot:
    """Save, replace or clear an answer that is named by its own id.

    :raises AnswerNotFound: when the session has no such answer; and whatever :func:`save_answer` raises.
    """
    try:
        return _save_one(actor=actor, session_id=session_id, response=response, now=now, answer=answer_id)
    except SessionTimeUp:
        closing.close_when_due(session_id, now=now)
        raise SessionNotActive from None


def save_answers(
    *, actor: Actor, session_id: int, items: Sequence[AnswerItem], now: datetime
) -> tuple[SaveOutcome, ...]:
    """Save many answers in one transaction, each with its own outcome, in the order given.

    :raises TooManyItems: when there are more items than questions on the paper.
    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when the actor is not its student.
    :raises SessionNotActive: when it is closed or its time, grace included, is over.
    """
    try:
        return _save_many(actor=actor, session_id=session_id, items=items, now=now)
    except SessionTimeUp:
        closing.close_when_due(session_id, now=now)
        raise SessionNotActive from None


@unit_of_work
def _save_one(
    *,
    actor: Actor,
    session_id: int,
    response: Response,
    now: datetime,
    question: int | None = None,
    answer: int | None = None,
) -> AnswerSnapshot:
    held = sitting.lock(actor=actor, session_id=session_id)
    phase = sitting.check_running(held, now=now)
    rows = StudentAnswer.objects.filter(session_id=session_id)
    if answer is not None:
        row = rows.filter(pk=answer).first()
        if row is None:
            raise AnswerNotFound
    else:
        row = rows.filter(exam_question_id=question).first()
        if row is None:
            raise QuestionNotInExam(field="exam_question_id")
    log = put_response(held, row, response, phase=phase, now=now)
    row.save(update_fields=_WRITTEN)
    log.save(force_insert=True)
    closing.close_when_complete(held, now=now)
    return _snapshot(held, row)


@unit_of_work
def _save_many(*, actor: Actor, session_id: int, items: Sequence[AnswerItem], now: datetime) -> tuple[SaveOutcome, ...]:
    held = sitting.lock(actor=actor, session_id=session_id)
    phase = sitting.check_running(held, now=now)
    rows = {row.exam_question_id: row for row in StudentAnswer.objects.filter(session_id=session_id)}
    if len(items) > len(rows):
        raise TooManyItems(limit=len(rows))
    outcomes: list[SaveOutcome] = []
    changed: dict[int, StudentAnswer] = {}
    logs: list[ExamLog] = []
    for item in items:
        row = rows.get(item.exam_question_id)
        try:
            if row is None:
                raise QuestionNotInExam(field="exam_question_id")
            logs.append(put_response(held, row, item.response, phase=phase, now=now))
        except DomainError as refusal:
            outcomes.append(SaveOutcome(exam_question_id=item.exam_question_id, answer=None, refusal=refusal))
            continue
        changed[row.pk] = row
        answer = _snapshot(held, row)
        outcomes.append(SaveOutcome(exam_question_id=item.exam_question_id, answer=answer, refusal=None))
    if changed:
        StudentAnswer.objects.bulk_update(changed.values(), _COLUMNS)
        ExamLog.objects.bulk_create(logs)
        closing.close_when_complete(held, now=now)
    return tuple(outcomes)


_COLUMNS = tuple(name.removesuffix("_id") for name in _WRITTEN)


def put_response(held: Sitting, row: StudentAnswer, response: Response, *, phase: Phase, now: datetime) -> ExamLog:
    """Put a response into an answer row, graded; return the line for the log. Neither is saved yet.

    Nothing of the row has changed when it raises what :func:`save_answer` raises of the question and the response.
    """
    paper = paper_by_id(held.session.paper_id)
    question = paper.question(row.exam_question_id)
    _check_open(held, row, question_seconds=paper.question_seconds, now=now)
    kind = kind_of(question.type)
    stored = kind.normalise(question, response)
    grade = kind.grade(question, stored, points=row.points, partial_credit=paper.partial_credit)
    first = row.answered_at is None
    _choose(row, question, stored.selected_ids)
    row.answer_text = stored.answer_text
    row.score, row.is_correct = grade.score, grade.is_correct
    row.answered_at = now if stored.answered else None
    return journal.entry(
        held.session,
        LogAction.ANSWER_SUBMITTED if first and stored.answered else LogAction.ANSWER_UPDATED,
        now=now,
        code=question.code,
        cleared=not stored.answered,
        late=phase is Phase.LATE,
    )


def _check_open(held: Sitting, row: StudentAnswer, *, question_seconds: int | None, now: datetime) -> None:
    locks = reveal.locks_on_answer(policy=held.policy, question_seconds=question_seconds)
    if locks and row.answered_at is not None:
        raise QuestionLocked
    if question_seconds is None:
        return
    state = question_state(served_at=row.served_at, answered_at=row.answered_at, seconds=question_seconds, now=now)
    if state is QuestionState.UNSERVED:
        raise QuestionNotServed
    if state is QuestionState.EXPIRED:
        raise QuestionTimeUp


def _choose(row: StudentAnswer, question: PaperQuestion, selected: tuple[int, ...]) -> None:
    row.selected_answer_id = selected[0] if selected and not question.allows_several else None
    row.selected_answer_ids = list(selected) if selected and question.allows_several else None


def _snapshot(held: Sitting, row: StudentAnswer) -> AnswerSnapshot:
    # A running session shows at most what its policy reveals at once; no sibling can be active beside it.
    seen = reveal.reveal(
        policy=held.policy,
        staff=False,
        status=SessionStatus(held.session.status),
        exam_closed=False,
        sibling_active=False,
    )
    items = {item.question.exam_question_id: item for item in layout(held.session.paper_id, held.session.seed)}
    return Sheet(lines=(), reveal=seen).answer(row, items[row.exam_question_id])
