"""Sessions on the wire: one, the running one, lists and logs (sessions-api.md 1, 3 and 4)."""

from typing import Annotated

import msgspec

from examhall.domain.words import SessionStatus
from examhall.engine.snapshots import (
    ActiveSession,
    ExamSessions,
    LogEntry,
    SessionDetail,
    SessionLogs,
    SessionRow,
    SessionSnapshot,
)
from examhall.facades.httpkit.bodies import Id
from examhall.facades.httpkit.requests import AnyRequest
from examhall.facades.rest.wire import (
    ClassNameOut,
    ExamOut,
    Fixed,
    Moment,
    PageOut,
    UserOut,
    exam_out,
    fixed_or_none,
    page_out,
    user_out,
)
from examhall.facades.rest.wire_answers import AnswerOut, BlankAnswerOut, answer_out, blank_answer_out


class StartIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of a start."""

    exam_id: Id


class LogActionIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of log-action."""

    # domain.session judges it; this only tells the schema what it will say.
    action: Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": 100, "pattern": "^[a-z0-9]+([_-][a-z0-9]+)*$"})]


class StartedSessionOut(msgspec.Struct, kw_only=True):
    """A session that has just been started."""

    id: int
    exam: ExamOut
    student: UserOut
    code: str
    start_time: Moment
    end_time: Moment | None
    total_score: Fixed | None
    status: SessionStatus
    submitted_at: Moment | None
    time_remaining: int
    answers: list[AnswerOut]
    questions: list[BlankAnswerOut]


class SessionLogOut(msgspec.Struct, kw_only=True):
    """A line of a session's log."""

    id: int
    actions: str
    timestamp: Moment
    detail: str | None


class SessionDetailOut(msgspec.Struct, kw_only=True):
    """A session with its answers and its log."""

    id: int
    exam: ExamOut
    student: UserOut
    code: str
    start_time: Moment
    end_time: Moment | None
    total_score: Fixed | None
    status: SessionStatus
    submitted_at: Moment | None
    answers: list[AnswerOut]
    logs: list[SessionLogOut]


class ActiveExamOut(msgspec.Struct, kw_only=True):
    """The exam of the running session."""

    id: int
    title: str
    minutes: int


class ActiveSessionOut(msgspec.Struct, kw_only=True):
    """The running session at a glance."""

    id: int
    exam: ActiveExamOut
    code: str
    start_time: Moment
    status: SessionStatus
    time_remaining: int
    answered_count: int
    total_questions: int
    progress_percentage: float


class ExamTitleOut(msgspec.Struct, kw_only=True):
    """The exam of a session in a list."""

    id: int
    title: str
    class_obj: ClassNameOut


class SessionRowOut(msgspec.Struct, kw_only=True):
    """A session in a list."""

    id: int
    exam: ExamTitleOut
    student: UserOut
    code: str
    start_time: Moment
    end_time: Moment | None
    total_score: Fixed | None
    status: SessionStatus
    submitted_at: Moment | None
    time_taken: int | None
    percentage: Fixed | None


class MonitoredExamOut(msgspec.Struct, kw_only=True):
    """The exam whose sessions are listed."""

    id: int
    title: str
    total_score: int
    minutes: int


class SessionStatisticsOut(msgspec.Struct, kw_only=True):
    """How the sessions of an exam stand."""

    total_sessions: int
    completed: int
    in_progress: int
    abandoned: int
    timeout: int
    average_score: float
    completion_rate: float


class ExamSessionsOut(msgspec.Struct, kw_only=True):
    """An exam's sessions."""

    exam: MonitoredExamOut
    sessions: PageOut[SessionRowOut]
    statistics: SessionStatisticsOut


class LogOwnerOut(msgspec.Struct, kw_only=True):
    """Whose log it is."""

    id: int
    full_name: str = msgspec.field(name="fullName")


class LoggedSessionOut(msgspec.Struct, kw_only=True):
    """The session of a log."""

    id: int
    code: str
    student: LogOwnerOut


class SessionLogsOut(msgspec.Struct, kw_only=True):
    """A session's log."""

    session: LoggedSessionOut
    logs: list[SessionLogOut]


def started_out(session: SessionSnapshot) -> StartedSessionOut:
    """Return a session that has just been started."""
    return StartedSessionOut(
        id=session.id,
        exam=exam_out(session.exam),
        student=user_out(session.student),
        code=session.code,
        start_time=session.start_time,
        end_time=session.end_time,
        total_score=fixed_or_none(session.total_score),
        status=session.status,
        submitted_at=session.submitted_at,
        time_remaining=session.time_remaining,
        answers=[answer_out(answer) for answer in session.answers],
        questions=[blank_answer_out(answer) for answer in session.answers],
    )


def detail_out(detail: SessionDetail) -> SessionDetailOut:
    """Return a session with its answers and its log."""
    session = detail.session
    return SessionDetailOut(
        id=session.id,
        exam=exam_out(session.exam),
        student=user_out(session.student),
        code=session.code,
        start_time=session.start_time,
        end_time=session.end_time,
        total_score=fixed_or_none(session.total_score),
        status=session.status,
        submitted_at=session.submitted_at,
        answers=[answer_out(answer) for answer in session.answers],
        logs=[_log(entry) for entry in detail.logs],
    )


def active_out(active: ActiveSession) -> ActiveSessionOut:
    """Return the running session at a glance."""
    return ActiveSessionOut(
        id=active.id,
        exam=ActiveExamOut(id=active.exam_id, title=active.exam_title, minutes=active.minutes),
        code=active.code,
        start_time=active.start_time,
        status=active.status,
        time_remaining=active.time_remaining,
        answered_count=active.answered_count,
        total_questions=active.total_questions,
        progress_percentage=active.progress_percentage,
    )


def session_row_out(row: SessionRow) -> SessionRowOut:
    """Return a session in a list."""
    class_obj = ClassNameOut(id=row.class_id, class_name=row.class_name)
    return SessionRowOut(
        id=row.id,
        exam=ExamTitleOut(id=row.exam_id, title=row.exam_title, class_obj=class_obj),
        student=user_out(row.student),
        code=row.code,
        start_time=row.start_time,
        end_time=row.end_time,
        total_score=fixed_or_none(row.total_score),
        status=row.status,
        submitted_at=row.submitted_at,
        time_taken=row.time_taken,
        percentage=fixed_or_none(row.percentage),
    )


def exam_sessions_out(request: AnyRequest, found: ExamSessions) -> ExamSessionsOut:
    """Return an exam's sessions and how they stand."""
    standing = found.statistics
    return ExamSessionsOut(
        exam=MonitoredExamOut(
            id=found.exam_id, title=found.title, total_score=found.total_score, minutes=found.minutes
        ),
        sessions=page_out(request, found.sessions, session_row_out),
        statistics=SessionStatisticsOut(
            total_sessions=standing.total_sessions,
            completed=standing.completed,
            in_progress=standing.in_progress,
            abandoned=standing.abandoned,
            timeout=standing.timeout,
            average_score=standing.average_score,
            completion_rate=standing.completion_rate,
        ),
    )


def logs_out(logs: SessionLogs) -> SessionLogsOut:
    """Return a session's log."""
    student = LogOwnerOut(id=logs.student_id, full_name=logs.student_name)
    session = LoggedSessionOut(id=logs.session_id, code=logs.code, student=student)
    return SessionLogsOut(session=session, logs=[_log(entry) for entry in logs.logs])


def _log(entry: LogEntry) -> SessionLogOut:
    return SessionLogOut(id=entry.id, actions=entry.actions, timestamp=entry.timestamp, detail=entry.detail)
