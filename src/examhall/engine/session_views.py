"""Looking at one session: detail, log, result and the running one, each cut down to what the viewer may see."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from examhall.domain import scoring, timing
from examhall.domain.access import Actor, is_staff_of
from examhall.domain.errors import AccountDisabled, NoActiveSession, ResultNotFound, SessionNotFound
from examhall.domain.words import ResultStatus, SessionStatus
from examhall.engine import clock, closing
from examhall.engine.access import person
from examhall.engine.answer_rows import AnswerRow
from examhall.engine.papers import asked_count, paper_by_id
from examhall.engine.session_rows import (
    RunningSession,
    SeenSession,
    answers_of,
    find_session,
    logs_of,
    running_of,
)
from examhall.engine.sheets import Sheet, reveal_for, sheet
from examhall.engine.snapshots import (
    ActiveSession,
    ExamSnapshot,
    ResultSnapshot,
    SessionDetail,
    SessionLogs,
    SessionSnapshot,
)
from examhall.store.models import ExamResult, ExamSession, StudentAnswer

_ZERO = Decimal("0.00")


def get_session_detail(*, actor: Actor, session_id: int, now: datetime) -> SessionDetail:
    """Return a session with its answers and its log.

    :raises SessionNotFound: when there is none that the actor may know of.
    """
    seen = _current(actor, session_id, now=now)
    answers = answers_of(session_id)
    staff = _is_staff(actor, seen)
    sibling = _sibling_active(seen, now=now)
    return SessionDetail(
        session=session_snapshot(seen, answers, staff=staff, sibling_active=sibling, now=now), logs=logs_of(session_id)
    )


def get_session_logs(*, actor: Actor, session_id: int, now: datetime) -> SessionLogs:
    """Return a session's log, oldest first.

    :raises SessionNotFound: when there is none that the actor may know of.
    """
    seen = _current(actor, session_id, now=now)
    return SessionLogs(
        session_id=session_id,
        code=seen.session.code,
        student_id=seen.student.id,
        student_name=seen.student.full_name,
        logs=logs_of(session_id),
    )


def get_session_result(*, actor: Actor, session_id: int, now: datetime) -> ResultSnapshot:
    """Return the result of a closed session.

    :raises SessionNotFound: when there is none that the actor may know of.
    :raises ResultNotFound: while it runs, and when it was abandoned.
    """
    seen = _current(actor, session_id, now=now)
    result = ExamResult.objects.filter(session=seen.session).first()
    if result is None:
        raise ResultNotFound
    return result_snapshot(seen, result, answers_of(session_id), staff=_is_staff(actor, seen), now=now)


def get_active_session(*, actor: Actor, now: datetime) -> ActiveSession:
    """Return the student's running session, the one started last if there are several.

    :raises NoActiveSession: when none runs.
    """
    running = running_of(actor.user_id)
    if not running:
        # Nothing tells of the account then, and whoever was switched off is told that first.
        person(actor)
        raise NoActiveSession
    if not running[0].account_active:
        raise AccountDisabled
    found: ActiveSession | None = None
    for each in running:
        if not _closed_by_now(each.session, window_end=each.window_end, now=now) and found is None:
            found = _active(each, now=now)
    if found is None:
        raise NoActiveSession
    return found


def session_snapshot(
    seen: SeenSession, answers: Iterable[AnswerRow], *, staff: bool, sibling_active: bool, now: datetime
) -> SessionSnapshot:
    """Return a session with its paper."""
    session = seen.session
    shown = reveal_for(session, seen.exam, staff=staff, sibling_active=sibling_active, now=now)
    running = session.status == SessionStatus.IN_PROGRESS
    return SessionSnapshot(
        id=session.pk,
        exam=_exam(seen),
        student=seen.student,
        code=session.code,
        start_time=session.start_time,
        end_time=session.end_time,
        # It stands still while the session runs, so it tells nothing then.
        total_score=_ZERO if running else session.total_score if shown.totals else None,
        status=SessionStatus(session.status),
        submitted_at=session.submitted_at,
        time_remaining=clock.seconds_remaining(session, window_end=seen.exam.end_time, now=now),
        answers=sheet(session, answers, seen_with=shown, staff=staff).answers(),
    )


def result_snapshot(
    seen: SeenSession, result: ExamResult, answers: Iterable[AnswerRow], *, staff: bool, now: datetime
) -> ResultSnapshot:
    """Return a result; what the reveal policy hides from the viewer is ``None``."""
    session = seen.session
    sibling = _sibling_active(seen, now=now)
    shown = reveal_for(session, seen.exam, staff=staff, sibling_active=sibling, now=now)
    return _result(seen, result, sheet(session, answers, seen_with=shown))


def _result(seen: SeenSession, result: ExamResult, lines: Sheet) -> ResultSnapshot:
    session, shown = seen.session, lines.reveal.totals
    return ResultSnapshot(
        id=result.pk,
        session_id=session.pk,
        session_code=session.code,
        session_status=SessionStatus(session.status),
        student=seen.student,
        exam=_exam(seen),
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


def _exam(seen: SeenSession) -> ExamSnapshot:
    paper = paper_by_id(seen.session.paper_id)
    return seen.exam.snapshot(total_score=paper.total_score, minutes=paper.minutes)


def _current(actor: Actor, session_id: int, *, now: datetime) -> SeenSession:
    """Return a session as it stands now, if the actor may know of it: one whose time is up is closed first."""
    seen = _visible(actor, session_id)
    return _visible(actor, session_id) if _closed_by_now(seen.session, window_end=seen.exam.end_time, now=now) else seen


def _visible(actor: Actor, session_id: int) -> SeenSession:
    seen = find_session(session_id)
    if seen is not None and seen.student.id == actor.user_id:
        if not seen.student.is_active:
            raise AccountDisabled
        return seen
    # First who asks: somebody whose account was switched off is told that, whatever they ask for.
    who = person(actor)
    if seen is None or not is_staff_of(actor_id=who.user_id, role=who.role, teacher_id=seen.exam.class_obj.teacher.id):
        raise SessionNotFound
    return seen


def _closed_by_now(session: ExamSession, *, window_end: datetime, now: datetime) -> bool:
    """Close a session that was read as running if its time is up; say whether it is not running any more after all."""
    due = clock.may_be_due(session, window_end=window_end, now=now)
    return due and closing.close_when_due(session.pk, now=now)


def _is_staff(actor: Actor, seen: SeenSession) -> bool:
    # Whoever may see it and did not sit it.
    return seen.student.id != actor.user_id


def _sibling_active(seen: SeenSession, *, now: datetime) -> bool:
    """Say whether the student is sitting a further attempt of the same exam, or another one that asks the same question."""
    session = seen.session
    if session.status == SessionStatus.IN_PROGRESS or not seen.others_run:
        return False
    asked = StudentAnswer.objects.filter(session=session).values("exam_question__question_id")
    asked_again = StudentAnswer.objects.filter(session=OuterRef("pk"), exam_question__question_id__in=asked)
    running = (
        ExamSession.objects.filter(student_id=session.student_id, status=SessionStatus.IN_PROGRESS.value)
        .filter(Q(exam_id=session.exam_id) | Exists(asked_again))
        .select_related("exam")
    )
    return any(not _closed_by_now(sibling, window_end=sibling.exam.end_time, now=now) for sibling in running)


def _active(running: RunningSession, *, now: datetime) -> ActiveSession:
    session, answered = running.session, running.answered_count
    total = asked_count(session.paper_id)
    return ActiveSession(
        id=session.pk,
        exam_id=session.exam_id,
        exam_title=running.exam_title,
        minutes=paper_by_id(session.paper_id).minutes,
        code=session.code,
        start_time=session.start_time,
        status=SessionStatus(session.status),
        time_remaining=clock.seconds_remaining(session, window_end=running.window_end, now=now),
        answered_count=answered,
        total_questions=total,
        progress_percentage=round(100 * answered / total, 2) if total else 0.0,
    )
