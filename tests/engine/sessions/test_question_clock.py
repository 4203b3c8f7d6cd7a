"""The clock of a question: it starts when the question is served, has no grace, and the last one ends the session."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from examhall.domain.errors import (
    DomainError,
    QuestionLocked,
    QuestionNotServed,
    QuestionTimeUp,
    SessionNotActive,
)
from examhall.domain.words import RevealPolicy
from examhall.engine.closing import close_due_sessions
from examhall.engine.paging import PageRequest
from examhall.engine.session_lists import list_my_sessions
from examhall.engine.session_views import get_active_session
from examhall.engine.sessions import start_session
from examhall.store.models import Exam, ExamResult, StudentAnswer
from tests.builders import NOW, World, actor, choose, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

SECONDS = 65
OVER = NOW + timedelta(seconds=SECONDS)
TICK = timedelta(microseconds=1)


def _clocked(**fields: Any) -> World:
    return make_world(question_seconds=SECONDS, max_attempts=2, **fields)


def _serve(seat: Seat, index: int, *, after: float) -> None:
    """Put a question before the student, as a door does that serves them one by one."""
    row = seat.row(index)
    row.served_at = NOW + timedelta(seconds=after)
    row.save(update_fields=["served_at"])


def test_a_start_serves_every_question_at_once() -> None:
    seat = sit(_clocked())
    assert set(StudentAnswer.objects.values_list("served_at", flat=True)) == {NOW}
    assert seat.session.status == "in_progress"


def test_a_start_that_serves_none_starts_no_clock() -> None:
    sit(_clocked(), serve_all=False)
    assert set(StudentAnswer.objects.values_list("served_at", flat=True)) == {None}


def test_without_question_clocks_nothing_is_noted() -> None:
    sit(make_world())
    assert set(StudentAnswer.objects.values_list("served_at", flat=True)) == {None}


@pytest.mark.parametrize(
    ("offset", "refusal"),
    [(timedelta(0), None), (timedelta(seconds=SECONDS) - TICK, None), (timedelta(seconds=SECONDS), QuestionTimeUp)],
)
def test_the_clock_is_half_open_and_has_no_grace(offset: timedelta, refusal: type[DomainError] | None) -> None:
    seat = sit(_clocked())
    if refusal is None:
        seat.save(0, choose(seat.world.key(0)), at=NOW + offset)
        assert seat.row(0).answered_at == NOW + offset
    else:
        with pytest.raises(refusal):
            seat.save(0, choose(seat.world.key(0)), at=NOW + offset)
        assert seat.row(0).answered_at is None


def test_each_question_has_its_own_clock() -> None:
    seat = sit(_clocked(), serve_all=False)
    _serve(seat, 0, after=0)
    _serve(seat, 1, after=60)
    with pytest.raises(QuestionTimeUp):
        seat.save(0, choose(seat.world.key(0)), at=OVER)
    seat.save(1, choose(seat.world.key(1)), at=OVER)
    assert seat.row(1).is_correct


def test_a_question_that_was_not_served_takes_no_answer() -> None:
    seat = sit(_clocked(), serve_all=False)
    with pytest.raises(QuestionNotServed):
        seat.save(0, choose(seat.world.key(0)))


@pytest.mark.parametrize("policy", RevealPolicy)
def test_an_answer_is_for_good(policy: RevealPolicy) -> None:
    seat = sit(_clocked(reveal_policy=policy.value))
    seat.save(0, choose(seat.world.wrong(0)))
    for response in (choose(seat.world.key(0)), choose(None)):
        with pytest.raises(QuestionLocked):
            seat.save(0, response, at=NOW + timedelta(seconds=1))
        with pytest.raises(QuestionLocked):
            seat.update(0, response, at=NOW + timedelta(seconds=1))
    # Also when its time would be over anyway: what was answered stays answered.
    with pytest.raises(QuestionLocked):
        seat.save(0, choose(seat.world.key(0)), at=OVER)
    assert seat.row(0).selected_answer_id == seat.world.wrong(0)


def test_in_bulk_each_question_is_held_to_its_own_clock() -> None:
    seat = sit(_clocked(questions=4), serve_all=False)
    _serve(seat, 0, after=0)
    _serve(seat, 1, after=30)
    outcomes = seat.save_many([(index, choose(seat.world.key(index))) for index in range(3)], at=OVER)
    assert [type(outcome.refusal) for outcome in outcomes] == [QuestionTimeUp, type(None), QuestionNotServed]
    assert [seat.row(index).answered_at for index in range(3)] == [None, OVER, None]


def test_answering_the_last_question_hands_the_session_in() -> None:
    seat = sit(_clocked())
    for index in range(3):
        assert seat.session.status == "in_progress"
        seat.save(index, choose(seat.world.key(index)), at=NOW + timedelta(seconds=index))
    done = NOW + timedelta(seconds=2)
    session = seat.session
    assert (session.status, session.end_time, session.submitted_at) == ("completed", done, done)
    assert (session.active_key, seat.stored_result.correct_count) == (None, 3)
    assert seat.actions == ["exam_started", *["answer_submitted"] * 3, "exam_submitted"]


def test_answering_the_last_questions_in_bulk_hands_the_session_in() -> None:
    seat = sit(_clocked())
    seat.save_many([(index, choose(seat.world.key(index))) for index in range(3)])
    assert (seat.session.status, seat.stored_result.correct_count) == ("completed", 3)


def test_without_question_clocks_the_last_answer_hands_nothing_in() -> None:
    seat = sit(make_world())
    seat.save_many([(index, choose(seat.world.key(index))) for index in range(3)])
    assert seat.session.status == "in_progress"


def test_the_last_clock_to_run_out_ends_the_session_then_whoever_looks_first() -> None:
    looks: dict[str, Callable[[Seat], object]] = {
        "sweeper": lambda _: close_due_sessions(now=OVER),
        "detail": lambda seat: seat.detail(at=OVER),
        "list": lambda seat: list_my_sessions(actor=actor(seat.student), page=PageRequest(), now=OVER),
        "result": lambda seat: seat.result(at=OVER + timedelta(minutes=10)),
        "submit": lambda seat: seat.submit(at=OVER + timedelta(minutes=10)),
        "start again": lambda seat: start_session(actor=actor(seat.student), exam_id=seat.world.exam.pk, now=OVER),
    }
    for look in looks.values():
        seat = sit(_clocked())
        seat.save(0, choose(seat.world.key(0)))
        look(seat)
        session = seat.session
        assert (session.status, session.end_time, session.submitted_at) == ("completed", OVER, OVER)
        assert (seat.stored_result.correct_count, seat.stored_result.unanswered_count) == (1, 2)
        assert seat.actions == ["exam_started", "answer_submitted", "exam_submitted"]


def test_nothing_is_over_a_moment_before_the_last_clock() -> None:
    seat = sit(_clocked())
    assert close_due_sessions(now=OVER - TICK) == 0
    assert get_active_session(actor=actor(seat.student), now=OVER - TICK).id == seat.id
    seat.detail(at=OVER - TICK)
    assert seat.session.status == "in_progress"
    assert close_due_sessions(now=OVER) == 1


def test_a_question_still_to_be_served_keeps_the_session_open() -> None:
    seat = sit(_clocked(), serve_all=False)
    _serve(seat, 0, after=0)
    _serve(seat, 1, after=1)
    assert close_due_sessions(now=OVER + timedelta(minutes=5)) == 0
    _serve(seat, 2, after=300)
    assert close_due_sessions(now=OVER + timedelta(seconds=299)) == 0
    assert close_due_sessions(now=OVER + timedelta(seconds=300)) == 1
    assert seat.session.end_time == OVER + timedelta(seconds=300)


def test_the_session_s_own_limit_still_ends_it() -> None:
    seat = sit(_clocked(minutes=1))
    seat.save(0, choose(seat.world.key(0)))
    end = NOW + timedelta(minutes=1)
    with pytest.raises(SessionNotActive):
        seat.save(1, choose(seat.world.key(1)), at=end + timedelta(seconds=5) + TICK)
    assert (seat.session.status, seat.session.end_time) == ("timeout", end)


def test_a_session_left_with_questions_unserved_ends_by_its_limit() -> None:
    seat = sit(_clocked(), serve_all=False)
    assert close_due_sessions(now=NOW + timedelta(hours=1)) == 1
    assert (seat.session.status, seat.session.end_time) == ("abandoned", NOW + timedelta(minutes=45))
    assert not ExamResult.objects.exists()


@pytest.mark.parametrize("changed", [None, 30, 300])
def test_a_clock_that_the_teacher_changes_is_not_that_of_a_running_session(changed: int | None) -> None:
    seat = sit(_clocked())
    Exam.objects.filter(pk=seat.world.exam.pk).update(question_seconds=changed, paper=None)
    seat.save(0, choose(seat.world.key(0)), at=OVER - TICK)
    with pytest.raises(QuestionTimeUp):
        seat.save(1, choose(seat.world.key(1)), at=OVER)
    seat.detail(at=OVER)
    assert (seat.session.status, seat.session.end_time) == ("completed", OVER)
