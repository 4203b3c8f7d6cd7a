"""Starting and handing in: the two ends of a session."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError

from examhall.domain import access as access_rules
from examhall.domain.access import Actor
from examhall.domain.errors import (
    AccountDisabled,
    AlreadyActive,
    ExamNotFound,
    SessionNotActive,
    SessionNotFound,
    SessionTimeUp,
    StartKeyReused,
)
from examhall.domain.scoring import ZERO
from examhall.domain.session import session_code
from examhall.domain.timing import Phase
from examhall.domain.words import LogAction, SessionStatus
from examhall.engine import clock, closing, journal, row_writes, sitting
from examhall.engine.answer_rows import PlainAnswer
from examhall.engine.closing import Ending
from examhall.engine.locking import unit_of_work
from examhall.engine.papers import freeze, layout, paper_by_id
from examhall.engine.session_rows import SeenSession, answers_of, find_session
from examhall.engine.session_views import get_session_detail, result_snapshot, session_snapshot
from examhall.engine.snapshots import ResultSnapshot, SessionSnapshot, UserSnapshot
from examhall.engine.start_rows import Startable, find_startable, find_user
from examhall.store.models import ExamResult, ExamSession, StartKey

_SEED_BITS = 62
_LOST_STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """Who wants to start what, as it was read before the transaction."""

    student: UserSnapshot
    wanted: Startable


def start_session(
    *, actor: Actor, exam_id: int, now: datetime, serve_all: bool = True, key: str | None = None
) -> SessionSnapshot:
    """Start a student's next attempt at an exam.

    ``serve_all`` serves every question at once, so that all question clocks start now; a door that serves questions
    one by one says no. ``key`` is the client's name for this start: asked for again under the same name, it returns
    the session that it began, as that is now.

    :raises ExamNotFound: when there is no such exam.
    :raises StaffCannotSit: when the actor is not a student.
    :raises NotEnrolled: when the student is not in the exam's class.
    :raises ExamNotStarted: before the exam's window.
    :raises ExamEnded: after it.
    :raises AlreadyActive: while another session of the same exam runs.
    :raises AttemptLimitReached: after the last attempt.
    :raises NotEnoughQuestions: when the exam has fewer questions than it draws.
    :raises StartKeyReused: when the key has started another exam.
    """
    for _ in range(_LOST_STARTS):
        candidate = _candidate(actor, exam_id, key=key)
        wanted = candidate.wanted
        if wanted.repeated_id is not None:
            return _repeated(actor, wanted.repeated_id, exam_id=exam_id, now=now)
        try:
            _refuse(candidate, now=now)
        except AlreadyActive as running:
            # It may only count as running because nobody has looked at it since its time ran out.
            if not closing.close_when_due(running.context["session_id"], now=now):
                raise
            continue
        # Outside the transaction that may still be rolled back: what is cached by id must be committed.
        paper_id = freeze(exam_id=exam_id, now=now) if wanted.paper_id is None else wanted.paper_id
        try:
            session, answers = _insert_session(
                candidate=candidate, paper_id=paper_id, serve_all=serve_all, key=key, now=now
            )
        except IntegrityError:
            # What was read is no longer true. The unique keys of the table decide between simultaneous starts.
            continue
        seen = SeenSession(session=session, exam=wanted.exam, student=candidate.student, others_run=False)
        return session_snapshot(seen, answers, staff=False, sibling_active=False, now=now)
    raise AlreadyActive


def _repeated(actor: Actor, session_id: int, *, exam_id: int, now: datetime) -> SessionSnapshot:
    session = get_session_detail(actor=actor, session_id=session_id, now=now).session
    if session.exam.id != exam_id:
        raise StartKeyReused
    return session


def _candidate(actor: Actor, exam_id: int, *, key: str | None) -> _Candidate:
    student = find_user(actor.user_id)
    if student is None or not student.is_active:
        raise AccountDisabled
    wanted = find_startable(exam_id=exam_id, student_id=actor.user_id, key=key)
    if wanted is None:
        raise ExamNotFound(field="exam_id")
    return _Candidate(student=student, wanted=wanted)


def _refuse(candidate: _Candidate, *, now: datetime) -> None:
    wanted = candidate.wanted
    decision = access_rules.may_start(
        role=candidate.student.role,
        enrolled=wanted.class_is_open or wanted.enrolled,
        starts_at=wanted.exam.start_time,
        ends_at=wanted.exam.end_time,
        now=now,
        attempts_used=wanted.last_attempt or 0,
        max_attempts=wanted.max_attempts,
        active_session_id=wanted.active_id,
    )
    if decision.refusal is not None:
        raise decision.refusal


@unit_of_work
def _insert_session(
    *, candidate: _Candidate, paper_id: int, serve_all: bool, key: str | None, now: datetime
) -> tuple[ExamSession, Sequence[PlainAnswer]]:
    session = _new_session(candidate, paper_id=paper_id, now=now)
    laid_out = layout(paper_id, session.seed)
    row_writes.insert(session)
    if key is not None:
        row_writes.insert(StartKey(student_id=session.student_id, key=key, session_id=session.pk, created_at=now))
    # The paper's own clock, not the exam's: the teacher may have changed that since it was frozen.
    clocked = serve_all and paper_by_id(paper_id).question_seconds is not None
    answers = row_writes.insert_answers(session.pk, laid_out, served_at=now if clocked else None)
    row_writes.insert(journal.entry(session, LogAction.EXAM_STARTED, now=now))
    return session, answers


def _new_session(candidate: _Candidate, *, paper_id: int, now: datetime) -> ExamSession:
    wanted, student = candidate.wanted, candidate.student
    return ExamSession(
        exam_id=wanted.exam.id,
        student_id=student.id,
        paper_id=paper_id,
        code=session_code(started_at=now, token=secrets.token_hex(4)),
        start_time=now,
        limit_at=clock.new_session_limit(paper_id, started_at=now, window_end=wanted.exam.end_time),
        total_score=ZERO,
        attempt_number=(wanted.last_attempt or 0) + 1,
        seed=secrets.randbits(_SEED_BITS),
        active_key=sitting.active_key(exam_id=wanted.exam.id, student_id=student.id),
    )


def submit_session(*, actor: Actor, session_id: int, now: datetime) -> ResultSnapshot:
    """Hand in a session; handing in again returns the same result.

    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when a member of staff tries to hand in for a student.
    :raises SessionNotActive: when its time ran out before, or it was voided.
    """
    try:
        result, answers = _submit(actor=actor, session_id=session_id, now=now)
    except SessionTimeUp:
        closing.close_when_due(session_id, now=now)
        raise SessionNotActive from None
    seen = find_session(session_id)
    if seen is None:
        raise SessionNotFound
    return result_snapshot(seen, result, answers, staff=False, now=now)


@unit_of_work
def _submit(*, actor: Actor, session_id: int, now: datetime) -> tuple[ExamResult, Sequence[PlainAnswer]]:
    held = sitting.lock(actor=actor, session_id=session_id)
    session = held.session
    if session.status == SessionStatus.COMPLETED:
        return ExamResult.objects.get(session=session), answers_of(session_id)
    phase = sitting.check_running(held, now=now)
    answers = answers_of(session_id)
    # Question clocks may have ended it before; then that was its end, whoever looks first.
    ending = closing.ending_by_clock(session, held.window_end, answers, now=now) or Ending(
        session=session,
        status=SessionStatus.COMPLETED,
        end_time=min(now, clock.ends_at(session, window_end=held.window_end)),
        logged_at=now,
        late=phase is Phase.LATE,
    )
    marks = {session_id: closing.marks_of(answers, session.paper_id)}
    return closing.close_sessions([ending], marks=marks)[session_id], answers
