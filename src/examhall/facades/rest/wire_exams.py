"""Exams on the wire: bodies, rows, details, statistics (companion-apis.md, "Exams")."""

from datetime import timedelta
from typing import Any

import msgspec

from examhall.domain.words import ExamStatus, RevealPolicy, Weighting
from examhall.engine.snapshots_exams import AvailableExam, ExamDetail, ExamRow, ExamStatistics, Favorite
from examhall.facades.rest.wire import Moment, UserOut, user_out
from examhall.facades.rest.wire_classes import ClassRowOut, class_row_out
from examhall.facades.rest.wire_exam_questions import ExamQuestionOut, exam_question_out
from examhall.facades.rest.wire_sessions import SessionRowOut, session_row_out

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))
_UNITS_SHOWN = 2


class _ExamHead(msgspec.Struct, kw_only=True):
    id: int
    title: str
    description: str
    total_score: int
    minutes: int
    start_time: Moment
    end_time: Moment
    created_at: Moment
    class_obj: ClassRowOut
    created_by: UserOut


class ExamRowOut(_ExamHead, kw_only=True):
    """Exam in a list."""

    question_count: int
    student_count: int
    session_count: int
    status: ExamStatus


class ExamDetailOut(_ExamHead, kw_only=True):
    """Exam in detail; a student sees the questions and sessions that the student sat."""

    exam_questions: list[ExamQuestionOut]
    sessions: list[SessionRowOut]
    favorites_count: int
    is_favorited: bool
    reveal_policy: RevealPolicy
    max_attempts: int
    draw_count: int | None
    question_seconds: int | None
    shuffle: bool
    partial_credit: bool
    weighting: Weighting
    pass_mark: int | None


class AvailableExamOut(_ExamHead, kw_only=True):
    """Exam as its student sees it in a list; ``time_remaining`` is until its end, or its start, null after both."""

    question_count: int
    status: ExamStatus
    can_start: bool
    time_remaining: str | None
    is_favorited: bool
    has_session: bool


class FavoriteOut(msgspec.Struct, kw_only=True):
    """A student's bookmark of an exam."""

    id: int
    user: UserOut
    exam: ExamRowOut
    created_at: Moment


class ExamFiguresOut(msgspec.Struct, kw_only=True):
    """How the sessions of an exam stand, and their scores."""

    total_students: int
    completed_sessions: int
    in_progress_sessions: int
    abandoned_sessions: int
    timeout_sessions: int
    average_score: float
    highest_score: float
    lowest_score: float
    completion_rate: float


class ExamNameOut(msgspec.Struct, kw_only=True):
    """The exam that statistics are about."""

    id: int
    title: str
    total_score: int
    minutes: int


class ExamStatisticsOut(msgspec.Struct, kw_only=True):
    """How an exam went; ``score_distribution`` counts percentages by band."""

    exam: ExamNameOut
    statistics: ExamFiguresOut
    score_distribution: dict[str, int]


def exam_row_out(row: ExamRow) -> ExamRowOut:
    """Return an exam as lists show it."""
    return ExamRowOut(
        **_head(row),
        question_count=row.question_count,
        student_count=row.student_count,
        session_count=row.session_count,
        status=row.status,
    )


def exam_detail_out(detail: ExamDetail) -> ExamDetailOut:
    """Return an exam in detail."""
    values = detail.row.values
    return ExamDetailOut(
        **_head(detail.row),
        exam_questions=[exam_question_out(question, staff=detail.staff) for question in detail.exam_questions],
        sessions=[session_row_out(session) for session in detail.sessions],
        favorites_count=detail.favorites_count,
        is_favorited=detail.is_favorited,
        reveal_policy=values.reveal_policy,
        max_attempts=values.max_attempts,
        draw_count=values.draw_count,
        question_seconds=values.question_seconds,
        shuffle=values.shuffle,
        partial_credit=values.partial_credit,
        weighting=values.weighting,
        pass_mark=values.pass_mark,
    )


def available_exam_out(exam: AvailableExam) -> AvailableExamOut:
    """Return an exam as its student sees it in a list."""
    return AvailableExamOut(
        **_head(exam.row),
        question_count=exam.row.question_count,
        status=exam.row.status,
        can_start=exam.can_start,
        time_remaining=None if exam.remaining is None else time_left(exam.remaining),
        is_favorited=exam.is_favorited,
        has_session=exam.has_session,
    )


def favorite_out(favorite: Favorite) -> FavoriteOut:
    """Return a student's bookmark."""
    return FavoriteOut(
        id=favorite.id,
        user=user_out(favorite.user),
        exam=exam_row_out(favorite.exam),
        created_at=favorite.created_at,
    )


def exam_statistics_out(found: ExamStatistics) -> ExamStatisticsOut:
    """Return how an exam went."""
    return ExamStatisticsOut(
        exam=ExamNameOut(id=found.exam_id, title=found.title, total_score=found.total_score, minutes=found.minutes),
        statistics=ExamFiguresOut(
            total_students=found.total_students,
            completed_sessions=found.counts.completed,
            in_progress_sessions=found.counts.in_progress,
            abandoned_sessions=found.counts.abandoned,
            timeout_sessions=found.counts.timeout,
            average_score=found.scores.average,
            highest_score=found.scores.highest,
            lowest_score=found.scores.lowest,
            completion_rate=found.completion_rate,
        ),
        score_distribution=found.score_distribution,
    )


def time_left(left: timedelta) -> str:
    """Say a time in the two largest units that it fills, rounded down: "2 days, 5 hours"."""
    seconds = int(left.total_seconds())
    parts = []
    for name, length in _UNITS:
        number, seconds = divmod(seconds, length)
        if number:
            parts.append(f"{number} {name}" if number == 1 else f"{number} {name}s")
    return ", ".join(parts[:_UNITS_SHOWN]) or "less than a minute"


def _head(row: ExamRow) -> dict[str, Any]:
    values = row.values
    return {
        "id": row.id,
        "title": values.title,
        "description": values.description,
        "total_score": values.total_score,
        "minutes": values.minutes,
        "start_time": values.start_time,
        "end_time": values.end_time,
        "created_at": row.created_at,
        "class_obj": class_row_out(row.class_obj),
        "created_by": user_out(row.created_by),
    }
