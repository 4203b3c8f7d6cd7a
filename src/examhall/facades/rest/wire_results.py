"""Results on the wire (sessions-api.md 1.4 and 5.1)."""

import msgspec

from examhall.domain.words import ResultStatus, SessionStatus
from examhall.engine.snapshots import AnswerSummary, ResultSnapshot
from examhall.facades.rest.wire import ExamOut, Fixed, Moment, UserOut, exam_out, fixed_or_none, user_out


class ResultSessionOut(msgspec.Struct, kw_only=True):
    """The session of a result."""

    id: int
    code: str
    status: SessionStatus


class AnswerSummaryOut(msgspec.Struct, kw_only=True):
    """A line of a result; what is hidden is null."""

    question_order: int
    question_text: str
    is_correct: bool | None
    score: float | None
    selected_answer: str | None
    correct_answer: str | None


class ResultOut(msgspec.Struct, kw_only=True):
    """Result; every figure is null while the exam's reveal policy hides it."""

    id: int
    session: ResultSessionOut
    student: UserOut
    exam: ExamOut
    total_score: Fixed | None
    correct_count: int | None
    wrong_count: int | None
    unanswered_count: int
    submitted_at: Moment
    status: ResultStatus
    feedback: str | None
    percentage: Fixed | None
    grade: str | None
    time_taken: int
    answers_summary: list[AnswerSummaryOut]


def result_out(result: ResultSnapshot) -> ResultOut:
    """Return a result."""
    return ResultOut(
        id=result.id,
        session=ResultSessionOut(id=result.session_id, code=result.session_code, status=result.session_status),
        student=user_out(result.student),
        exam=exam_out(result.exam),
        total_score=fixed_or_none(result.total_score),
        correct_count=result.correct_count,
        wrong_count=result.wrong_count,
        unanswered_count=result.unanswered_count,
        submitted_at=result.submitted_at,
        status=result.status,
        feedback=result.feedback,
        percentage=fixed_or_none(result.percentage),
        grade=result.grade,
        time_taken=result.time_taken,
        answers_summary=[_summary(line) for line in result.answers_summary],
    )


def _summary(line: AnswerSummary) -> AnswerSummaryOut:
    return AnswerSummaryOut(
        question_order=line.question_order,
        question_text=line.question_text,
        is_correct=line.is_correct,
        score=None if line.score is None else float(line.score),
        selected_answer=line.selected_answer,
        correct_answer=line.correct_answer,
    )
