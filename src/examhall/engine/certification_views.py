"""Looking at certification exams: the candidate's list, one outcome, one history, the attempts that are left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, QuerySet

from examhall.domain import certification as rules
from examhall.domain import scoring
from examhall.domain.access import Actor, may_start
from examhall.domain.certification import CertificationKind, Review
from examhall.domain.errors import SessionNotFound
from examhall.domain.reveal import EVERYTHING, NOTHING
from examhall.domain.timing import question_state
from examhall.domain.words import RevealPolicy, SessionStatus
from examhall.engine import closing
from examhall.engine.access import Person, person
from examhall.engine.answer_rows import AnswerRow
from examhall.engine.certification_exams import KINDS, own_exams
from examhall.engine.papers import paper_by_id
from examhall.engine.row_counts import annotated
from examhall.engine.sheets import sheet
from examhall.engine.snapshots import AnswerSnapshot
from examhall.engine.snapshots_certification import CertificationExam, ExamHistory, HistoryLine, HistorySummary
from examhall.store.models import Enrolment, Exam, ExamSession, StudentAnswer


def list_certification_exams(*, actor: Actor, now: datetime) -> tuple[CertificationExam, ...]:
    """Return all certification exams of the actor, the first one first."""
    rows = _current(person(actor), now=now).order_by("start_time", "id")
    return tuple(_exam(row, _review(row, other_running=False, now=now)) for row in rows)


def get_certification_exam(*, actor: Actor, session_id: int, now: datetime) -> CertificationExam:
    """Return a certification exam of the actor.

    :raises SessionNotFound: when the actor has none with this id.
    """
    row = _one(_current(person(actor), now=now), session_id)
    return _exam(row, _review(row, other_running=False, now=now))


def get_exam_history(*, actor: Actor, session_id: int, now: datetime) -> ExamHistory:
    """Return a certification exam of the actor question by question, in the order in which they were given.

    :raises SessionNotFound: when the actor has none with this id.
    """
    who = person(actor)
    others = ExamSession.objects.filter(own_exams(who.user_id), status=SessionStatus.IN_PROGRESS.value)
    rows = _current(who, now=now).annotate(other_running=Exists(others.exclude(pk=OuterRef("pk"))))
    session = _one(rows, session_id)
    review = _review(session, other_running=bool(annotated(session, "other_running")), now=now)
    answers = list(StudentAnswer.objects.filter(session=session))
    return ExamHistory(
        exam=_exam(session, review),
        lines=_lines(session, answers, review, now=now),
        summary=_summary(session, answers, review),
    )


def count_attempts_left(*, actor: Actor, now: datetime) -> Mapping[CertificationKind, int]:
    """Count how many exams of each kind the actor may still begin, a running one not counted.

    It is 0 where a start would be refused for another reason: no such exam, its window, its class, the actor's role.
    """
    who = person(actor)
    exams = Exam.objects.filter(slug__in=KINDS).select_related("class_obj")
    enrolled = Enrolment.objects.filter(class_obj_id=OuterRef("class_obj_id"), student_id=who.user_id)
    used = dict(
        ExamSession.objects.filter(own_exams(who.user_id))
        .values("exam_id")
        .annotate(used=Max("attempt_number"))
        .values_list("exam_id", "used")
    )
    found = exams.annotate(enrolled=Exists(enrolled))
    left = {exam.slug: _attempts_left(exam, who, used=used.get(exam.pk, 0), now=now) for exam in found}
    return {kind: left.get(kind.value, 0) for kind in CertificationKind}


def _attempts_left(exam: Exam, who: Person, *, used: int, now: datetime) -> int:
    decision = may_start(
        role=who.role,
        enrolled=exam.class_obj.open_enrolment or bool(annotated(exam, "enrolled")),
        starts_at=exam.start_time,
        ends_at=exam.end_time,
        now=now,
        attempts_used=used,
        max_attempts=exam.max_attempts,
        active_session_id=None,
    )
    return exam.max_attempts - used if decision.allowed else 0


def _current(who: Person, *, now: datetime) -> QuerySet[ExamSession]:
    """Return a person's certification exams as they stand now: those whose time is up are closed first."""
    mine = own_exams(who.user_id)
    closing.close_due_sessions(now=now, only=mine)
    return ExamSession.objects.filter(mine).select_related("exam", "result")


def _one(rows: QuerySet[ExamSession], session_id: int) -> ExamSession:
    found = rows.filter(pk=session_id).first()
    if found is None:
        raise SessionNotFound
    return found


def _review(session: ExamSession, *, other_running: bool, now: datetime) -> Review:
    return rules.review(
        policy=RevealPolicy(session.exam.reveal_policy),
        status=SessionStatus(session.status),
        exam_closed=now >= session.exam.end_time,
        other_running=other_running,
    )


def _exam(session: ExamSession, review: Review) -> CertificationExam:
    result = getattr(session, "result", None)
    percentage = None if result is None else result.percentage
    graded = rules.outcome(percentage=percentage, pass_mark=paper_by_id(session.paper_id).pass_mark)
    return CertificationExam(
        id=session.pk,
        kind=CertificationKind(session.exam.slug or ""),
        started_at=session.start_time,
        outcome=graded if review.outcome else None,
    )


def _lines(
    session: ExamSession, answers: Sequence[StudentAnswer], review: Review, *, now: datetime
) -> tuple[HistoryLine, ...]:
    seconds = paper_by_id(session.paper_id).question_seconds
    keyless = sheet(session, answers, seen_with=NOTHING)
    keyed = replace(keyless, reveal=EVERYTHING)
    lines: list[HistoryLine] = []
    for row, item in keyless.lines:
        state = question_state(served_at=row.served_at, answered_at=row.answered_at, seconds=seconds, now=now)
        shown = keyed if review.key(state=state) else keyless
        lines.append(_line(row, shown.answer(row, item)))
    return tuple(lines)


def _line(row: AnswerRow, answer: AnswerSnapshot) -> HistoryLine:
    return HistoryLine(
        question_id=answer.question.question_id,
        text=answer.question.question_text,
        image_url=answer.question.image_url,
        options=answer.question.options,
        # The certification API knows one option each way, which is what its bank holds.
        selected=next(iter(answer.selected), None),
        correct=next((option for option in answer.question.options if option.is_correct), None),
        is_correct=answer.is_correct,
        served_at=row.served_at,
        answered_at=row.answered_at,
    )


def _summary(session: ExamSession, answers: Sequence[StudentAnswer], review: Review) -> HistorySummary:
    totals = scoring.totals(
        closing.marks_of(answers, session.paper_id), total_score=paper_by_id(session.paper_id).total_score
    )
    counted = review.outcome or (review.keys and not review.closed)
    return HistorySummary(
        total=len(answers),
        correct=totals.correct_count if counted else None,
        wrong=totals.wrong_count if counted else None,
        unanswered=totals.unanswered_count,
    )
