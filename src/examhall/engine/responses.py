"""Putting a response into an answer row: checked, normalised and graded, with its line for the log."""

from datetime import datetime

from examhall.domain import reveal
from examhall.domain.errors import QuestionLocked, QuestionNotServed, QuestionTimeUp
from examhall.domain.kinds import Response, kind_of
from examhall.domain.paper import PaperQuestion
from examhall.domain.timing import Phase, QuestionState, question_state
from examhall.domain.words import LogAction
from examhall.engine import journal
from examhall.engine.papers import paper_by_id
from examhall.engine.sitting import Sitting
from examhall.store.models import ExamLog, StudentAnswer


def put_response(held: Sitting, row: StudentAnswer, response: Response, *, phase: Phase, now: datetime) -> ExamLog:
    """Put a response into an answer row, graded; return the line for the log. Neither is saved yet.

    Nothing of the row has changed when it raises what :func:`examhall.engine.answers.save_answer` raises of the question and the response.
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
    if response.revision is not None:
        row.revision = response.revision
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
