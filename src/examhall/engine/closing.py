"""Closing sessions: by the student's hand or by the clock, one way to do both, the same number of statements for many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery

from examhall.domain import scoring
from examhall.domain.scoring import Mark, Totals
from examhall.domain.session import check_move, has_result, status_when_time_is_up
from examhall.domain.timing import all_questions_done_at
from examhall.domain.words import LogAction, QuestionType, SessionStatus
from examhall.engine import clock, journal, row_writes
from examhall.engine.answer_rows import MarkedRow, ServedRow
from examhall.engine.locking import unit_of_work
from examhall.engine.papers import paper_by_id
from examhall.engine.sitting import Sitting
from examhall.store.models import ExamLog, ExamResult, ExamSession, StudentAnswer

BATCH = 100
_CHANGED = ("status", "end_time", "active_key", "submitted_at", "total_score")
_ACTIONS = {
    SessionStatus.COMPLETED: LogAction.EXAM_SUBMITTED,
    SessionStatus.TIMEOUT: LogAction.EXAM_TIMEOUT,
    SessionStatus.ABANDONED: LogAction.EXAM_ABANDONED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How one locked session ends: when it ended, what is logged at which moment, and its last status."""

    session: ExamSession
    status: SessionStatus
    end_time: datetime
    logged_at: datetime
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """How many sessions of a batch were closed, and how many go on."""

    closed: int
    running: int


def close_sessions(endings: Sequence[Ending], *, marks: Mapping[int, Sequence[Mark]]) -> dict[int, ExamResult]:
    """Write the end of locked, running sessions: three statements, whatever their number.

    ``marks`` holds the marks of each session by its id. Returns the results by session id; an abandoned session has none.

    :raises SessionNotActive: when one of them is closed already.
    """
    results: dict[int, ExamResult] = {}
    logs: list[ExamLog] = []
    for ending in endings:
        session = ending.session
        check_move(source=SessionStatus(session.status), target=ending.status)
        session.status = ending.status.value
        session.end_time = ending.end_time
        session.active_key = None
        if ending.status is SessionStatus.COMPLETED:
            session.submitted_at = ending.logged_at
        if has_result(ending.status):
            totals = scoring.totals(marks[session.pk], total_score=paper_by_id(session.paper_id).total_score)
            session.total_score = totals.total_score
            results[session.pk] = _result(session, totals, submitted_at=ending.logged_at)
        logs.append(journal.entry(session, _ACTIONS[ending.status], now=ending.logged_at, late=ending.late))
    if len(endings) == 1:
        row_writes.update(endings[0].session, _CHANGED)
        # Not in bulk: MySQL would not tell the result's id.
        for row in (*results.values(), *logs):
            row_writes.insert(row)
    else:
        ExamSession.objects.bulk_update([ending.session for ending in endings], _CHANGED)
        ExamResult.objects.bulk_create(results.values())
        ExamLog.objects.bulk_create(logs)
    return results


def marks_of(answers: Iterable[MarkedRow], paper_id: int) -> tuple[Mark, ...]:
    """Return the marks of one session's answer rows."""
    paper = paper_by_id(paper_id)
    return tuple(_mark(answer, paper.question(answer.exam_question_id).type) for answer in answers)


def close_due_sessions(*, now: datetime, only: Q | None = None) -> int:
    """Close every session whose time is up, in batches; return how many were closed.

    ``only`` narrows it to a part of the sessions. Each ends at its own end, not at ``now``. Where there is nothing to
    close, to find that out takes one statement.
    """
    ids = _due_ids(now=now, only=only)
    batches = (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))
    return sum(_close_batch(ids=batch, now=now).closed for batch in batches)


def close_all_when_due(session_ids: Iterable[int], *, now: datetime) -> None:
    """Close those of some sessions whose time is up."""
    ids = sorted(session_ids)
    for first in range(0, len(ids), BATCH):
        _close_batch(ids=ids[first : first + BATCH], now=now)


def close_when_due(session_id: int, *, now: datetime) -> bool:
    """Close one session if its time is up; say whether it is closed now, be it by somebody else a moment ago."""
    return not _close_batch(ids=[session_id], now=now).running


def close_when_complete(held: Sitting, answers: Sequence[StudentAnswer], *, now: datetime) -> None:
    """Hand in a locked session with question clocks once its last question is answered; nothing for any other.

    ``answers`` are all rows of a session with question clocks.
    """
    session = held.session
    if paper_by_id(session.paper_id).question_seconds is None:
        return
    ending = ending_by_clock(session, held.window_end, answers, now=now)
    if ending is not None:
        close_sessions([ending], marks={session.pk: marks_of(answers, session.paper_id)})


def _due_ids(*, now: datetime, only: Q | None) -> list[int]:
    rows = ExamSession.objects.filter(clock.due(now=now))
    if only is not None:
        rows = rows.filter(only)
    unanswered = StudentAnswer.objects.filter(session=OuterRef("pk"), answered_at=None).order_by("-served_at")
    found = rows.order_by("id").values_list(
        "id", "limit_at", "exam__end_time", "exam__question_seconds", Subquery(unanswered.values("served_at")[:1])
    )
    return [
        session_id
        for session_id, limit_at, window_end, seconds, last_served_at in found
        if min(limit_at, window_end) < now - clock.grace()
        # All questions were served, so the session goes on for as long as the clock of the last one.
        or last_served_at is None
        or last_served_at + timedelta(seconds=seconds) <= now
    ]


@unit_of_work
def _close_batch(*, ids: Sequence[int], now: datetime) -> _Batch:
    # The rows are locked first and alone: a join under FOR UPDATE would lock the exam for everybody.
    locked = list(ExamSession.objects.select_for_update().filter(pk__in=ids, status="in_progress").order_by("id"))
    windows = dict(ExamSession.objects.filter(pk__in=ids).values_list("id", "exam__end_time"))
    answers: dict[int, list[StudentAnswer]] = defaultdict(list)
    for answer in StudentAnswer.objects.filter(session__in=locked):
        answers[answer.session_id].append(answer)
    found = (ending_by_clock(row, windows[row.pk], answers[row.pk], now=now) for row in locked)
    endings = [ending for ending in found if ending is not None]
    if endings:
        marks = {row.pk: marks_of(answers[row.pk], row.paper_id) for row in (ending.session for ending in endings)}
        close_sessions(endings, marks=marks)
    return _Batch(closed=len(endings), running=len(locked) - len(endings))


def ending_by_clock(
    session: ExamSession, window_end: datetime, answers: Sequence[ServedRow], *, now: datetime
) -> Ending | None:
    """Say how the clock ends a session: all of its questions are done, or its time is up; ``None`` while neither is."""
    end = clock.ends_at(session, window_end=window_end)
    done_at = all_questions_done_at(
        questions=((answer.served_at, answer.answered_at) for answer in answers),
        seconds=paper_by_id(session.paper_id).question_seconds,
    )
    if done_at is not None and done_at <= min(now, end):
        return Ending(session=session, status=SessionStatus.COMPLETED, end_time=done_at, logged_at=done_at)
    if not clock.is_due(session, window_end=window_end, now=now):
        return None
    answered = sum(answer.answered_at is not None for answer in answers)
    return Ending(session=session, status=status_when_time_is_up(answered_count=answered), end_time=end, logged_at=end)


def _mark(answer: MarkedRow, kind: QuestionType) -> Mark:
    answered = answer.answered_at is not None
    return Mark(
        points=answer.points,
        score=answer.score,
        answered=answered,
        is_correct=answer.is_correct,
        pending=answered and kind is QuestionType.ESSAY and answer.marked_at is None,
    )


def _result(session: ExamSession, totals: Totals, *, submitted_at: datetime) -> ExamResult:
    return ExamResult(
        session_id=session.pk,
        student_id=session.student_id,
        exam_id=session.exam_id,
        total_score=totals.total_score,
        correct_count=totals.correct_count,
        wrong_count=totals.wrong_count,
        unanswered_count=totals.unanswered_count,
        submitted_at=submitted_at,
        status=scoring.result_status(totals).value,
        percentage=totals.percentage,
    )
