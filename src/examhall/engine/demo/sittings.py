"""Simulated sittings of the demo's exams: planted in bulk, by the same rules as real ones."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from examhall.domain.errors import DomainError
from examhall.domain.session import session_code
from examhall.domain.timing import Phase
from examhall.domain.words import LogAction, QuestionType, RevealPolicy, SessionStatus
from examhall.engine import closing, journal
from examhall.engine.clock import new_session_limit
from examhall.engine.closing import Ending
from examhall.engine.demo.answering import essay_score, knows, respond
from examhall.engine.papers import current_paper_id, layout, paper_by_id
from examhall.engine.responses import put_response
from examhall.engine.sitting import Sitting, active_key
from examhall.store.models import Exam, ExamLog, ExamSession, StudentAnswer, User

_SKIPPED = 0.04
_LEAVES_PAGE = 0.12
_RUNS_OUT_OF_TIME = 0.07


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A simulated student: ``ability`` in standard deviations from the mean, when the sitting begins, its number."""

    student: User
    ability: float
    starts_at: datetime
    attempt: int = 1


@dataclass(slots=True, kw_only=True)
class _Simulation:
    """One sitting in the making; ``ends_at`` is when the student hands in, ``None`` while the session still runs."""

    session: ExamSession
    answers: list[StudentAnswer]
    logs: list[ExamLog] = field(default_factory=list)
    at: datetime
    ran_out: bool = False


def sit(exam: Exam, candidates: Sequence[Candidate], *, rng: random.Random, now: datetime, mark_essays: bool) -> None:
    """Let candidates sit an exam. Those whose time is over by ``now`` are closed, the others are left running."""
    paper_id = current_paper_id(exam, now=min(candidate.starts_at for candidate in candidates))
    runs = [_run(exam, paper_id, candidate, rng=rng, now=now, mark_essays=mark_essays) for candidate in candidates]
    _insert(runs)
    endings = [ending for run in runs if (ending := _ending(run, now=now)) is not None]
    marks = {run.session.pk: closing.marks_of(run.answers, paper_id) for run in runs}
    closing.close_sessions(endings, marks=marks)


def _run(
    exam: Exam, paper_id: int, candidate: Candidate, *, rng: random.Random, now: datetime, mark_essays: bool
) -> _Simulation:
    run = _begin(exam, paper_id, candidate, rng=rng)
    run.ran_out = rng.random() < _RUNS_OUT_OF_TIME and exam.question_seconds is None
    held = Sitting(session=run.session, window_end=exam.end_time, policy=RevealPolicy(exam.reveal_policy))
    paper = paper_by_id(paper_id)
    # Who runs out of time spends half as much again on each question as there is.
    share = 1.5 if run.ran_out else rng.uniform(0.45, 0.9)
    pace = timedelta(minutes=exam.minutes) * share / len(run.answers)
    if exam.question_seconds is not None:
        pace = min(pace, timedelta(seconds=exam.question_seconds) * 0.6)
    for row in run.answers:
        if exam.question_seconds is not None:
            row.served_at = run.at
        run.at += pace * rng.uniform(0.5, 1.5)
        if run.at >= min(now, run.session.limit_at, exam.end_time):
            break
        if rng.random() < _SKIPPED:
            if exam.question_seconds is not None:
                run.at += timedelta(seconds=exam.question_seconds)
            continue
        question = paper.question(row.exam_question_id)
        right = knows(question, ability=candidate.ability, rng=rng)
        try:
            log = put_response(held, row, respond(question, right=right, rng=rng), phase=Phase.RUNNING, now=run.at)
        except DomainError:
            continue  # the question's own clock ran out
        run.logs.append(log)
        if mark_essays and question.type is QuestionType.ESSAY:
            row.score = essay_score(points=row.points, ability=candidate.ability, rng=rng)
            row.is_correct, row.marked_at = row.score == row.points, now
        if rng.random() < _LEAVES_PAGE / 4:
            run.logs += _absence(run.session, at=run.at, rng=rng)
    return run


def _begin(exam: Exam, paper_id: int, candidate: Candidate, *, rng: random.Random) -> _Simulation:
    session = ExamSession(
        exam=exam,
        student=candidate.student,
        paper_id=paper_id,
        code=session_code(started_at=candidate.starts_at, token=rng.randbytes(4).hex()),
        start_time=candidate.starts_at,
        limit_at=new_session_limit(paper_id, started_at=candidate.starts_at, window_end=exam.end_time),
        attempt_number=candidate.attempt,
        seed=rng.getrandbits(62),
        active_key=active_key(exam_id=exam.pk, student_id=candidate.student.pk),
    )
    answers = [
        StudentAnswer(exam_question_id=item.question.exam_question_id, position=item.position, points=item.points)
        for item in layout(paper_id, session.seed)
    ]
    return _Simulation(session=session, answers=answers, at=candidate.starts_at)


def _absence(session: ExamSession, *, at: datetime, rng: random.Random) -> Iterable[ExamLog]:
    back = at + timedelta(seconds=rng.uniform(2, 40))
    for moment, action, detail in (
        (at, "page_leave", "Student left the page"),
        (back, "page_return", "Student returned to the page"),
    ):
        yield ExamLog(session=session, student_id=session.student_id, actions=action, timestamp=moment, detail=detail)


def _insert(runs: Sequence[_Simulation]) -> None:
    ExamSession.objects.bulk_create(run.session for run in runs)
    # Read again: MySQL does not tell the ids of the rows of one INSERT.
    ids = dict(ExamSession.objects.filter(code__in=[run.session.code for run in runs]).values_list("code", "id"))
    for run in runs:
        run.session.pk = ids[run.session.code]
        started = journal.entry(run.session, LogAction.EXAM_STARTED, now=run.session.start_time)
        run.logs.insert(0, started)
        for answer in run.answers:
            answer.session = run.session
        for log in run.logs:
            log.session = run.session
    StudentAnswer.objects.bulk_create(row for run in runs for row in run.answers)
    ExamLog.objects.bulk_create(sorted((log for run in runs for log in run.logs), key=lambda log: log.timestamp))


def _ending(run: _Simulation, *, now: datetime) -> Ending | None:
    by_clock = closing.ending_by_clock(run.session, run.session.exam.end_time, run.answers, now=now)
    if by_clock is not None and (run.ran_out or by_clock.status is not SessionStatus.TIMEOUT):
        return by_clock
    if run.at >= now:
        return None
    at = min(run.at + timedelta(seconds=20), run.session.limit_at, run.session.exam.end_time)
    return Ending(session=run.session, status=SessionStatus.COMPLETED, end_time=at, logged_at=at)
