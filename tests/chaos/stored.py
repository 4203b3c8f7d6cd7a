"""What the database holds of a planted school, read with plain SQL through the driver and not through our code."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from tests.chaos.world import hundredths


class Cursor(Protocol):
    """A cursor of any driver."""

    def execute(self, query: Any, args: Any = ..., /) -> Any:
        """Send one statement."""

    def fetchall(self) -> Sequence[Any]:
        """Return its rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A row of ``examhall_exam_session``."""

    id: int
    exam: int
    student: int
    status: str
    total_score: Decimal
    attempt_number: int
    active_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """A row of ``examhall_student_answer``."""

    session: int
    question: int
    option: int | None
    points: Decimal
    score: Decimal
    is_correct: bool
    is_answered: bool
    revision: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A row of ``examhall_exam_result``."""

    id: int
    session: int
    total_score: Decimal
    percentage: Decimal
    correct: int
    wrong: int
    unanswered: int


@dataclass(slots=True, kw_only=True)
class Stored:
    """The rows of some exams: sessions by id; answers, results and counted log actions by session."""

    sessions: dict[int, SessionRow] = field(default_factory=dict)
    answers: dict[int, list[AnswerRow]] = field(default_factory=lambda: defaultdict(list))
    results: dict[int, list[ResultRow]] = field(default_factory=lambda: defaultdict(list))
    logs: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


_SESSIONS = (
    "SELECT id, exam_id, student_id, status, total_score, attempt_number, active_key"
    " FROM examhall_exam_session WHERE exam_id = %s"
)
_ANSWERS = (
    "SELECT a.session_id, a.exam_question_id, a.selected_answer_id, a.points, a.score, a.is_correct, a.answered_at,"
    " a.revision FROM examhall_student_answer a JOIN examhall_exam_session s ON s.id = a.session_id"
    " WHERE s.exam_id = %s"
)
_RESULTS = (
    "SELECT r.id, r.session_id, r.total_score, r.percentage, r.correct_count, r.wrong_count, r.unanswered_count"
    " FROM examhall_exam_result r JOIN examhall_exam_session s ON s.id = r.session_id WHERE s.exam_id = %s"
)
_LOGS = (
    "SELECT l.session_id, l.actions, COUNT(*) FROM examhall_exam_log l"
    " JOIN examhall_exam_session s ON s.id = l.session_id WHERE s.exam_id = %s GROUP BY l.session_id, l.actions"
)


def read_stored(cursor: Cursor, exams: Iterable[int], *, marker: str = "%s") -> Stored:
    """Return the rows of these exams; ``marker`` is how the driver marks a parameter."""
    stored = Stored()
    for exam in exams:
        _read_exam(cursor, exam, marker, stored)
    return stored


def _read_exam(cursor: Cursor, exam: int, marker: str, stored: Stored) -> None:
    def rows(query: str) -> Sequence[Any]:
        cursor.execute(query.replace("%s", marker), (exam,))
        return cursor.fetchall()

    for key, of, student, status, total, attempt, active in rows(_SESSIONS):
        stored.sessions[key] = SessionRow(
            id=key,
            exam=of,
            student=student,
            status=status,
            total_score=hundredths(total),
            attempt_number=attempt,
            active_key=active,
        )
    for session, question, option, points, score, correct, answered_at, revision in rows(_ANSWERS):
        answer = AnswerRow(
            session=session,
            question=question,
            option=option,
            points=hundredths(points),
            score=hundredths(score),
            is_correct=bool(correct),
            is_answered=answered_at is not None,
            revision=revision,
        )
        stored.answers[session].append(answer)
    for key, session, total, percentage, correct, wrong, unanswered in rows(_RESULTS):
        result = ResultRow(
            id=key,
            session=session,
            total_score=hundredths(total),
            percentage=hundredths(percentage),
            correct=correct,
            wrong=wrong,
            unanswered=unanswered,
        )
        stored.results[session].append(result)
    for session, action, count in rows(_LOGS):
        stored.logs[session][action] = count
