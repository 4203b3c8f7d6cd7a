"""Looking at one session: detail, log, result and the running one, each cut down to what the viewer may see."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q

from examhall.domain import scoring, timing
from examhall.domain.access import Actor, is_staff_of
from examhall.domain.errors import NoActiveSession, ResultNotFound
from examhall.domain.words import ResultStatus, SessionStatus
from examhall.engine import clock, closing
from examhall.engine.access import Person, person, session_for
from examhall.engine.papers import paper_by_id
from examhall.engine.sheets import Sheet, reveal_for, sheet
from examhall.engine.snapshot_builders import exam_snapshot, user_snapshot
from examhall.engine.snapshots import (
    ActiveSession,
    ExamSnapshot,
    LogEntry,
    ResultSnapshot,
    SessionDetail,
    SessionLogs,
    SessionSnapshot,
)
from examhall.store.models import ExamLog, ExamResult, ExamSession, StudentAnswer

_ZERO = Decimal("0.00")


def get_session_detail(*, actor: Actor, session_id: int, now: datetime) -> SessionDetail:
    """Return a session with its answers and its log.

    :raises SessionNotFound: when there is none that the actor may know of.
    """
    who = person(actor)
    session = _current(who, session_id, now=now)
    answers = list(StudentAnswer.objects.filter(session=session))
    staff = _is_staff(who, session)
    sibling = _sibling_active(session, now=now)
    return SessionDetail(
        session=session_snapshot(session, answers, staff=staff, sibling_active=sibling, now=now), logs=_logs(session)
    )


def get_session_logs(*, actor: Actor, session_id: int, now: datetime) -> SessionLogs:
    """Return a session's log, oldest first.

    :raises SessionNotFound: when there is none that the actor may know of.
    """
    session = _current(person(actor), session_id, now=now)
    return SessionLogs(
        session_id=session.pk,
        code=session.code,
        student_id=session.student_id,
        student_name=session.student.full_name,
        logs=_logs(session),
    )


def get_session_result(*, actor: Actor, session_id: int, now: datetime) -> ResultSnapshot:
    """Return the result of a closed session.

    :raises SessionNotFound: when there is none that the actor may know of.
    :raises ResultNotFound: while it runs, and when it was abandoned.
    """
    who = person(actor)
    session = _current(who, session_id, now=now)
    result = ExamResult.objects.filter(session=session).first()
    if result is None:
        raise ResultNotFound
    return result_snapshot(session, result, staff=_is_staff(who, session), now=now)


def get_active_session(*, actor: Actor, now: datetime) -> ActiveSession:
    """Return the student's running session, the one started last if there are several.

    :raises NoActiveSession: when none runs.
    """
    who = person(actor)
    running = (
        ExamSession.objects.filter(student_id=who.user_id, status=SessionStatus.IN_PROGRESS.value)
        .select_related("exam")
        .annotate(
            total_questions=Count("answers"),
            answered_count=Count("answers", filter=Q(answers__answered_at__isnull=False)),
        )
        .order_by("-start_time", "-id")
    )
    found: ActiveSession | None = None
    for session in running:
        if not _closed_by_now(session, now=now) and found is None:
            found = _active(session, answered=session.answered_count, total=session.total_questions, now=now)
    if found is None:
        raise NoActiveSession
    return found


def session_snapshot(
    session: ExamSession, answers: Sequence[StudentAnswer], *, staff: bool, sibling_active: bool, now: datetime
) -> SessionSnapshot:
    """Return a session with its paper; ``exam`` (with class and teachers) and ``student`` must be loaded."""
    seen = reveal_for(session, session.exam, staff=staff, sibling_active=sibling_active, now=now)
    running = session.status == SessionStatus.IN_PROGRESS
    return SessionSnapshot(
        id=session.pk,
        exam=_exam(session),
        student=user_snapshot(session.student),
        code=session.code,
        start_time=session.start_time,
        end_time=session.end_time,
        # It stands still while the session runs, so it tells nothing then.
        total_score=_ZERO if running else session.total_score if seen.totals else None,
        status=SessionStatus(session.status),
        submitted_at=session.submitted_at,
        time_remaining=clock.seconds_remaining(session, window_end=session.exam.end_time, now=now),
        answers=sheet(session, answers, seen_with=seen, staff=staff).answers(),
    )


def result_snapshot(session: ExamSession, result: ExamResult, *, staff: bool, now: datetime) -> ResultSnapshot:
    """Return a result; what the reveal policy hides from the viewer is ``None``."""
    answers = StudentAnswer.objects.filter(session=session)
    seen = reveal_for(session, session.exam, staff=staff, sibling_active=_sibling_active(session, now=now), now=now)
    lines = sheet(session, answers, seen_with=seen)
    return _result(session, result, lines)


def _result(session: ExamSession, result: ExamResult, lines: Sheet) -> ResultSnapshot:
    shown = lines.reveal.totals
    return ResultSnapshot(
        id=result.pk,
        session_id=session.pk,
        session_code=session.code,
        session_status=SessionStatus(session.status),
        student=user_snapshot(session.student),
        exam=_exam(session),
        total_score=result.total_score if shown else None,
        correct_count=result.correct_count if shown else None,
        wrong_count=result.wrong_count if shown else None,
        unanswered_count=result.unanswered_count,
        submitted_at=result.submitted_at,
        status=ResultStatus(result.status),
        feedback=result.feedback if shown else None,
        percentage=result.percentage if shown else None,
        grade=scoring.letter(result.percentage) if shown else None,
        time_taken=timing.minutes_taken(
            started_at=session.start_time, ended_at=session.end_time or result.submitted_at
        ),
        answers_summary=lines.summaries(),
    )


def _exam(session: ExamSession) -> ExamSnapshot:
    paper = paper_by_id(session.paper_id)
    return exam_snapshot(session.exam, total_score=paper.total_score, minutes=paper.minutes)


def _current(who: Person, session_id: int, *, now: datetime) -> ExamSession:
    """Return a session as it stands now: one whose time is up is closed first."""
    session = session_for(who, session_id)
    return session_for(who, session_id) if _closed_by_now(session, now=now) else session


def _closed_by_now(session: ExamSession, *, now: datetime) -> bool:
    """Close a session that was read as running if its time is up; say whether it is not running any more after all."""
    due = clock.may_be_due(session, window_end=session.exam.end_time, now=now)
    return due and closing.close_when_due(session.pk, now=now)


def _is_staff(who: Person, session: ExamSession) -> bool:
    if session.student_id == who.user_id:
        return False
    return is_staff_of(actor_id=who.user_id, role=who.role, teacher_id=session.exam.class_obj.teacher_id)


def _sibling_active(session: ExamSession, *, now: datetime) -> bool:
    """Say whether the student is sitting a further attempt of the same exam, or another one that asks the same question."""
    if session.status == SessionStatus.IN_PROGRESS:
        return False
    asked = StudentAnswer.objects.filter(session=session).values("exam_question__question_id")
    asked_again = StudentAnswer.objects.filter(session=OuterRef("pk"), exam_question__question_id__in=asked)
    running = (
        ExamSession.objects.filter(student_id=session.student_id, status=SessionStatus.IN_PROGRESS.value)
        .filter(Q(exam_id=session.exam_id) | Exists(asked_again))
        .select_related("exam")
    )
    return any(not _closed_by_now(sibling, now=now) for sibling in running)


def _logs(session: ExamSession) -> tuple[LogEntry, ...]:
    rows = ExamLog.objects.filter(session=session).order_by("timestamp", "id")
    return tuple(LogEntry(id=row.pk, actions=row.actions, timestamp=row.timestamp, detail=row.detail) for row in rows)


def _active(session: ExamSession, *, answered: int, total: int, now: datetime) -> ActiveSession:
    return ActiveSession(
        id=session.pk,
        exam_id=session.exam_id,
        exam_title=session.exam.title,
        minutes=paper_by_id(session.paper_id).minutes,
        code=session.code,
        start_time=session.start_time,
        status=SessionStatus(session.status),
        time_remaining=clock.seconds_remaining(session, window_end=session.exam.end_time, now=now),
        answered_count=answered,
        total_questions=total,
        progress_percentage=round(100 * answered / total, 2) if total else 0.0,
    )
