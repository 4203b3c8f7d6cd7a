"""Starting and handing in: the two ends of a session."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from examhall.domain import access as access_rules
from examhall.domain.access import Actor
from examhall.domain.errors import (
    AccountDisabled,
    AlreadyActive,
    DomainError,
    ExamNotFound,
    SessionNotActive,
    SessionTimeUp,
)
from examhall.domain.paper import LaidOutQuestion
from examhall.domain.session import session_code
from examhall.domain.timing import Phase
from examhall.domain.words import LogAction, Role, SessionStatus
from examhall.engine import clock, closing, journal, sitting
from examhall.engine.access import Person, with_everything_shown
from examhall.engine.closing import Ending
from examhall.engine.locking import unit_of_work
from examhall.engine.papers import current_paper_id, layout
from examhall.engine.session_views import result_snapshot, session_snapshot
from examhall.engine.snapshots import ResultSnapshot, SessionSnapshot
from examhall.store.models import Enrolment, Exam, ExamLog, ExamResult, ExamSession, StudentAnswer, User

_SEED_BITS = 62
_LOST_STARTS = 3


class _LostStart(Exception):
    """Another start of the same student and exam was committed first: look again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """Who wants to start what, as it was read before the transaction."""

    exam: Exam
    student: User
    enrolled: bool


def start_session(*, actor: Actor, exam_id: int, now: datetime, serve_all: bool = True) -> SessionSnapshot:
    """Start a student's next attempt at an exam.

    ``serve_all`` serves every question at once, so that all question clocks start now; a door that serves questions
    one by one says no.

    :raises ExamNotFound: when there is no such exam.
    :raises StaffCannotSit: when the actor is not a student.
    :raises NotEnrolled: when the student is not in the exam's class.
    :raises ExamNotStarted: before the exam's window.
    :raises ExamEnded: after it.
    :raises AlreadyActive: while another session of the same exam runs.
    :raises AttemptLimitReached: after the last attempt.
    :raises NotEnoughQuestions: when the exam has fewer questions than it draws.
    """
    candidate = _candidate(actor, exam_id)
    # A refusal that is certain already needs no paper; the attempts are looked at under the transaction.
    _refuse(_decision(candidate, attempts_used=0, active_id=None, now=now).refusal)
    # Outside the transaction that may still be rolled back: what is cached by id must be committed.
    paper_id = current_paper_id(candidate.exam, now=now)
    for _ in range(_LOST_STARTS):
        try:
            session, answers = _insert_session(candidate=candidate, paper_id=paper_id, serve_all=serve_all, now=now)
        except _LostStart:
            continue
        except AlreadyActive as running:
            # It may only count as running because nobody has looked at it since its time ran out.
            if not closing.close_when_due(running.context["session_id"], now=now):
                raise
            continue
        session.exam, session.student = candidate.exam, candidate.student
        return session_snapshot(session, answers, staff=False, sibling_active=False, now=now)
    raise AlreadyActive


def _candidate(actor: Actor, exam_id: int) -> _Candidate:
    student = User.objects.filter(pk=actor.user_id).first()
    if student is None:
        raise AccountDisabled
    Person.of(student)
    exam = (
        Exam.objects.select_related("class_obj__teacher", "created_by")
        .annotate(
            enrolled=Exists(Enrolment.objects.filter(class_obj_id=OuterRef("class_obj_id"), student_id=actor.user_id))
        )
        .filter(pk=exam_id)
        .first()
    )
    if exam is None:
        raise ExamNotFound(field="exam_id")
    enrolled = exam.class_obj.open_enrolment or bool(exam.enrolled)
    return _Candidate(exam=exam, student=student, enrolled=enrolled)


def _decision(
    candidate: _Candidate, *, attempts_used: int, active_id: int | None, now: datetime
) -> access_rules.StartDecision:
    exam = candidate.exam
    return access_rules.may_start(
        role=Role(candidate.student.role),
        enrolled=candidate.enrolled,
        starts_at=exam.start_time,
        ends_at=exam.end_time,
        now=now,
        attempts_used=attempts_used,
        max_attempts=exam.max_attempts,
        active_session_id=active_id,
    )


def _refuse(refusal: DomainError | None) -> None:
    if refusal is not None:
        raise refusal


@unit_of_work
def _insert_session(
    *, candidate: _Candidate, paper_id: int, serve_all: bool, now: datetime
) -> tuple[ExamSession, list[StudentAnswer]]:
    exam, student = candidate.exam, candidate.student
    last = ExamSession.objects.filter(exam=exam, student=student).order_by("-attempt_number").first()
    used = last.attempt_number if last else 0
    active = last if last is not None and last.status == SessionStatus.IN_PROGRESS else None
    _refuse(_decision(candidate, attempts_used=used, active_id=active.pk if active else None, now=now).refusal)
    session = _new_session(candidate, paper_id=paper_id, attempt=used + 1, now=now)
    laid_out = layout(paper_id, session.seed)
    try:
        with transaction.atomic():
            session.save(force_insert=True)
    except IntegrityError as lost:
        # The unique keys of the table decided between simultaneous starts.
        raise _LostStart from lost
    answers = _insert_answers(session, laid_out, served_at=now if serve_all and exam.question_seconds else None)
    ExamLog.objects.bulk_create([journal.entry(session, LogAction.EXAM_STARTED, now=now)])
    return session, answers


def _new_session(candidate: _Candidate, *, paper_id: int, attempt: int, now: datetime) -> ExamSession:
    exam, student = candidate.exam, candidate.student
    return ExamSession(
        exam=exam,
        student=student,
        paper_id=paper_id,
        code=session_code(started_at=now, token=secrets.token_hex(4)),
        start_time=now,
        limit_at=clock.new_session_limit(paper_id, started_at=now, window_end=exam.end_time),
        attempt_number=attempt,
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
    ending = Ending(
        session=session,
        status=SessionStatus.COMPLETED,
        end_time=min(now, clock.ends_at(session, window_end=held.window_end)),
        logged_at=now,
        late=phase is Phase.LATE,
    )
    marks = {session.pk: closing.marks_of(answers, session.paper_id)}
    return closing.close_sessions([ending], marks=marks)[session.pk]
