"""Starting and handing in: the two ends of a session."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Subquery

from examhall.domain import access as access_rules
from examhall.domain.access import Actor
from examhall.domain.errors import (
    AccountDisabled,
    AlreadyActive,
    ExamNotFound,
    SessionNotActive,
    SessionTimeUp,
    StartKeyReused,
)
from examhall.domain.paper import LaidOutQuestion
from examhall.domain.scoring import ZERO
from examhall.domain.session import session_code
from examhall.domain.timing import Phase
from examhall.domain.words import LogAction, Role, SessionStatus
from examhall.engine import clock, closing, journal, sitting
from examhall.engine.access import Person, with_everything_shown
from examhall.engine.closing import Ending
from examhall.engine.locking import unit_of_work
from examhall.engine.papers import current_paper_id, layout, paper_by_id
from examhall.engine.session_views import get_session_detail, result_snapshot, session_snapshot
from examhall.engine.snapshots import ResultSnapshot, SessionSnapshot
from examhall.store.models import Enrolment, Exam, ExamLog, ExamResult, ExamSession, StartKey, StudentAnswer, User

_SEED_BITS = 62
_LOST_STARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """Who wants to start what, and the attempts so far, as it was read before the transaction."""

    exam: Exam
    student: User
    enrolled: bool
    attempts_used: int
    active_id: int | None
    repeated_id: int | None


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
        if candidate.repeated_id is not None:
            return _repeated(actor, candidate.repeated_id, exam_id=exam_id, now=now)
        try:
            _refuse(candidate, now=now)
        except AlreadyActive as running:
            # It may only count as running because nobody has looked at it since its time ran out.
            if not closing.close_when_due(running.context["session_id"], now=now):
                raise
            continue
        # Outside the transaction that may still be rolled back: what is cached by id must be committed.
        paper_id = current_paper_id(candidate.exam, now=now)
        try:
            session, answers = _insert_session(
                candidate=candidate, paper_id=paper_id, serve_all=serve_all, key=key, now=now
            )
        except IntegrityError:
            # What was read is no longer true. The unique keys of the table decide between simultaneous starts.
            continue
        return session_snapshot(session, answers, staff=False, sibling_active=False, now=now)
    raise AlreadyActive


def _repeated(actor: Actor, session_id: int, *, exam_id: int, now: datetime) -> SessionSnapshot:
    session = get_session_detail(actor=actor, session_id=session_id, now=now).session
    if session.exam.id != exam_id:
        raise StartKeyReused
    return session


def _candidate(actor: Actor, exam_id: int, *, key: str | None) -> _Candidate:
    student = User.objects.filter(pk=actor.user_id).first()
    if student is None:
        raise AccountDisabled
    Person.of(student)
    sat = ExamSession.objects.filter(exam_id=OuterRef("pk"), student_id=actor.user_id)
    enrolments = Enrolment.objects.filter(class_obj_id=OuterRef("class_obj_id"), student_id=actor.user_id)
    repeated = StartKey.objects.filter(student_id=actor.user_id, key=key) if key else StartKey.objects.none()
    exam = (
        Exam.objects.select_related("class_obj__teacher", "created_by")
        .annotate(
            enrolled=Exists(enrolments),
            last_attempt=Subquery(sat.order_by("-attempt_number").values("attempt_number")[:1]),
            # In the statement that reads the key: a session that somebody starts meanwhile is seen with its key or not at all.
            active_id=Subquery(sat.filter(status=SessionStatus.IN_PROGRESS.value).values("pk")[:1]),
            repeated_id=Subquery(repeated.values("session_id")[:1]),
        )
        .filter(pk=exam_id)
        .first()
    )
    if exam is None:
        raise ExamNotFound(field="exam_id")
    return _Candidate(
        exam=exam,
        student=student,
        enrolled=exam.class_obj.open_enrolment or bool(exam.enrolled),
        attempts_used=exam.last_attempt or 0,
        active_id=exam.active_id,
        repeated_id=exam.repeated_id,
    )


def _refuse(candidate: _Candidate, *, now: datetime) -> None:
    exam = candidate.exam
    decision = access_rules.may_start(
        role=Role(candidate.student.role),
        enrolled=candidate.enrolled,
        starts_at=exam.start_time,
        ends_at=exam.end_time,
        now=now,
        attempts_used=candidate.attempts_used,
        max_attempts=exam.max_attempts,
        active_session_id=candidate.active_id,
    )
    if decision.refusal is not None:
        raise decision.refusal


@unit_of_work
def _insert_session(
    *, candidate: _Candidate, paper_id: int, serve_all: bool, key: str | None, now: datetime
) -> tuple[ExamSession, list[StudentAnswer]]:
    session = _new_session(candidate, paper_id=paper_id, now=now)
    laid_out = layout(paper_id, session.seed)
    session.save(force_insert=True)
    if key is not None:
        StartKey.objects.create(student_id=session.student_id, key=key, session=session, created_at=now)
    # The paper's own clock, not the exam's: the teacher may have changed that since it was frozen.
    clocked = serve_all and paper_by_id(paper_id).question_seconds is not None
    answers = _insert_answers(session, laid_out, served_at=now if clocked else None)
    ExamLog.objects.bulk_create([journal.entry(session, LogAction.EXAM_STARTED, now=now)])
    return session, answers


def _new_session(candidate: _Candidate, *, paper_id: int, now: datetime) -> ExamSession:
    exam, student = candidate.exam, candidate.student
    return ExamSession(
        exam=exam,
        student=student,
        paper_id=paper_id,
        code=session_code(started_at=now, token=secrets.token_hex(4)),
        start_time=now,
        limit_at=clock.new_session_limit(paper_id, started_at=now, window_end=exam.end_time),
        attempt_number=candidate.attempts_used + 1,
        seed=secrets.randbits(_SEED_BITS),
        active_key=sitting.active_key(exam_id=exam.pk, student_id=student.pk),
    )


def _insert_answers(
    session: ExamSession, laid_out: Sequence[LaidOutQuestion], *, served_at: datetime | None
) -> list[StudentAnswer]:
    rows = StudentAnswer.objects.bulk_create(
        StudentAnswer(
            session=session,
            exam_question_id=item.question.exam_question_id,
            position=item.position,
            points=item.points,
            score=ZERO,
            served_at=served_at,
        )
        for item in laid_out
    )
    if all(row.pk is not None for row in rows):
        return rows
    # MySQL cannot return the ids of the rows it inserted; MariaDB, PostgreSQL and SQLite do.
    return list(StudentAnswer.objects.filter(session=session))


def submit_session(*, actor: Actor, session_id: int, now: datetime) -> ResultSnapshot:
    """Hand in a session; handing in again returns the same result.

    :raises SessionNotFound: when there is none, or it is somebody else's.
    :raises StaffCannotSit: when a member of staff tries to hand in for a student.
    :raises SessionNotActive: when its time ran out before, or it was voided.
    """
    try:
        result = _submit(actor=actor, session_id=session_id, now=now)
    except SessionTimeUp:
        closing.close_when_due(session_id, now=now)
        raise SessionNotActive from None
    session = with_everything_shown(ExamSession.objects.all()).get(pk=session_id)
    return result_snapshot(session, result, staff=False, now=now)


@unit_of_work
def _submit(*, actor: Actor, session_id: int, now: datetime) -> ExamResult:
    held = sitting.lock(actor=actor, session_id=session_id)
    session = held.session
    if session.status == SessionStatus.COMPLETED:
        return ExamResult.objects.get(session=session)
    phase = sitting.check_running(held, now=now)
    answers = list(StudentAnswer.objects.filter(session=session))
    # Question clocks may have ended it before; then that was its end, whoever looks first.
    ending = closing.ending_by_clock(session, held.window_end, answers, now=now) or Ending(
        session=session,
        status=SessionStatus.COMPLETED,
        end_time=min(now, clock.ends_at(session, window_end=held.window_end)),
        logged_at=now,
        late=phase is Phase.LATE,
    )
    marks = {session.pk: closing.marks_of(answers, session.paper_id)}
    return closing.close_sessions([ending], marks=marks)[session.pk]
