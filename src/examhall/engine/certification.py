"""Sitting a certification exam: begin it or go on with it, be served one question at a time, answer it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from examhall.domain.access import Actor
from examhall.domain.certification import CertificationKind
from examhall.domain.errors import (
    AlreadyActive,
    DomainError,
    ExamNotFound,
    QuestionLocked,
    QuestionNotInExam,
    QuestionTimeUp,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
)
from examhall.domain.kinds import Response
from examhall.domain.paper import LaidOutQuestion
from examhall.domain.timing import Phase, QuestionState, question_state
from examhall.domain.words import Role, SessionStatus
from examhall.engine import closing, sitting
from examhall.engine.access import person
from examhall.engine.answers import save_answer
from examhall.engine.certification_exams import own_exams
from examhall.engine.locking import unit_of_work
from examhall.engine.papers import layout, paper_by_id
from examhall.engine.sessions import start_session
from examhall.engine.snapshots import OptionSnapshot
from examhall.engine.snapshots_certification import ServedQuestion, StartedExam
from examhall.store.models import Exam, ExamSession, StudentAnswer

_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A question's place in one sitting; what it holds never changes while the sitting lasts."""

    session_id: int
    item: LaidOutQuestion
    question_seconds: int | None


def start_or_resume(*, actor: Actor, kind: CertificationKind, now: datetime) -> StartedExam:
    """Begin the candidate's next exam of a kind, or return the one that runs: nothing is used up then.

    :raises StaffCannotSit: when the actor is not a student.
    :raises ExamNotFound: when no exam of this kind is offered.
    :raises AttemptLimitReached: after the last attempt; and whatever else :func:`start_session` raises.
    """
    who = person(actor)
    if who.role is not Role.STUDENT:
        raise StaffCannotSit
    exam_id = Exam.objects.filter(slug=kind.value).values_list("id", flat=True).first()
    if exam_id is None:
        raise ExamNotFound(field="exam_id")
    mine = own_exams(who.user_id, kind)
    closing.close_due_sessions(now=now, only=mine)
    for _ in range(_TRIES):
        running = ExamSession.objects.filter(mine, status=SessionStatus.IN_PROGRESS.value).first()
        if running is not None:
            items = layout(running.paper_id, running.seed)
            return StartedExam(id=running.pk, question_ids=tuple(item.question.question_id for item in items))
        try:
            session = start_session(actor=actor, exam_id=exam_id, now=now, serve_all=False)
        except AlreadyActive:
            # A simultaneous call of the same candidate was first: go on with what that one began.
            continue
        return StartedExam(id=session.id, question_ids=tuple(answer.question.question_id for answer in session.answers))
    raise AlreadyActive


def serve_question(*, actor: Actor, session_id: int, question_id: int, now: datetime) -> ServedQuestion:
    """Put a question before the candidate; its clock starts the first time and goes on unchanged after.

    :raises SessionNotFound: when the candidate has no such exam.
    :raises StaffCannotSit: when the actor is not a student.
    :raises QuestionNotInExam: when the question is not on this candidate's paper.
    :raises QuestionLocked: when it was answered.
    :raises QuestionTimeUp: when its clock ran out.
    :raises SessionNotActive: when the exam is over.
    """
    place = _place(actor, session_id=session_id, question_id=question_id)
    with _closing_what_is_over(place, now=now):
        _serve(actor=actor, place=place, now=now)
    question = place.item.question
    return ServedQuestion(
        question_id=question.question_id,
        text=question.text,
        image_url=question.image_url,
        options=tuple(OptionSnapshot(id=option.id, text=option.text, is_correct=None) for option in place.item.options),
    )


def answer_question(*, actor: Actor, session_id: int, question_id: int, option_id: int, now: datetime) -> None:
    """Answer a question for good, in its time.

    :raises SessionNotFound: when the candidate has no such exam.
    :raises StaffCannotSit: when the actor is not a student.
    :raises QuestionNotInExam: when the question is not on this candidate's paper.
    :raises OptionNotInQuestion: when the option belongs to another question.
    :raises QuestionNotServed: when the question was not served before.
    :raises QuestionLocked: when it was answered.
    :raises QuestionTimeUp: when its clock ran out.
    :raises SessionNotActive: when the exam is over.
    """
    place = _place(actor, session_id=session_id, question_id=question_id)
    chosen = Response(selected_answer_id=option_id, given=frozenset({"selected_answer_id"}))
    with _closing_what_is_over(place, now=now):
        save_answer(
            actor=actor,
            session_id=session_id,
            exam_question_id=place.item.question.exam_question_id,
            response=chosen,
            now=now,
        )


@unit_of_work
def _serve(*, actor: Actor, place: _Place, now: datetime) -> None:
    held = sitting.lock(actor=actor, session_id=place.session_id)
    # The grace is there for answers on their way, not for seeing another question.
    if sitting.check_running(held, now=now) is Phase.LATE:
        raise SessionNotActive
    row = _row(place)
    refusal = _refusal(row, place, now=now)
    if refusal is not None:
        raise refusal
    if row.served_at is None:
        row.served_at = now
        row.save(update_fields=["served_at"])


@contextmanager
def _closing_what_is_over(place: _Place, *, now: datetime) -> Iterator[None]:
    """Close the exam if it is over, and say what that means for the question, whoever closed it first."""
    try:
        yield
    except (SessionNotActive, QuestionTimeUp) as refused:
        closing.close_when_due(place.session_id, now=now)
        raise _refusal(_row(place), place, now=now) or refused from None


def _refusal(row: StudentAnswer, place: _Place, *, now: datetime) -> DomainError | None:
    """Return why a question can neither be served nor answered any more; ``None`` while it can."""
    state = question_state(
        served_at=row.served_at, answered_at=row.answered_at, seconds=place.question_seconds, now=now
    )
    match state:
        case QuestionState.ANSWERED:
            return QuestionLocked()
        case QuestionState.EXPIRED:
            return QuestionTimeUp()
        case QuestionState.UNSERVED | QuestionState.RUNNING:
            return None


def _row(place: _Place) -> StudentAnswer:
    return StudentAnswer.objects.get(session_id=place.session_id, exam_question_id=place.item.question.exam_question_id)


def _place(actor: Actor, *, session_id: int, question_id: int) -> _Place:
    # Read without a lock: a sitting's paper and seed are written once.
    found = ExamSession.objects.filter(own_exams(actor.user_id), pk=session_id).values_list("paper_id", "seed").first()
    if found is None:
        raise StaffCannotSit if person(actor).is_staff else SessionNotFound
    paper_id, seed = found
    for item in layout(paper_id, seed):
        if item.question.question_id == question_id:
            seconds = paper_by_id(paper_id).question_seconds
            return _Place(session_id=session_id, item=item, question_seconds=seconds)
    raise QuestionNotInExam(field="question_id")
