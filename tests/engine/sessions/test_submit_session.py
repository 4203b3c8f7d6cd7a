"""Handing in: the session closes, the saved answers are its result, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from examhall.domain.errors import (
    AccountDisabled,
    DomainError,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
)
from examhall.domain.words import Difficulty, ResultStatus, RevealPolicy, SessionStatus
from examhall.engine.sessions import submit_session
from examhall.store.models import ExamLog, ExamResult, ExamSession
from tests.builders import NOW, actor, choose, choose_many, make_question, make_world
from tests.engine.sessions.kinds_world import ESSAY, POINTS, SEVERAL, make_kinds_world, right, wrong
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=12, seconds=59)


def test_the_session_is_completed_at_the_moment_of_the_hand_in() -> None:
    seat = sit(make_world())
    seat.submit(at=LATER)
    session = seat.session
    assert (session.status, session.end_time, session.submitted_at) == ("completed", LATER, LATER)
    assert session.active_key is None


def test_the_result_counts_right_wrong_and_unanswered() -> None:
    seat = sit(make_world(questions=4))
    seat.save(0, choose(seat.world.key(0)))
    seat.save(1, choose(seat.world.wrong(1)))
    seat.save(2, choose(seat.world.key(2)))
    result = seat.submit(at=LATER)
    assert (result.correct_count, result.wrong_count, result.unanswered_count) == (2, 1, 1)
    assert (result.total_score, result.percentage, result.grade) == (Decimal("40.00"), Decimal("50.00"), "F")
    assert (result.status, result.session_status) == (ResultStatus.GRADED, SessionStatus.COMPLETED)
    assert (result.submitted_at, result.time_taken, result.feedback) == (LATER, 12, None)


def test_the_result_is_kept_with_the_session() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    result = seat.submit(at=LATER)
    stored = seat.stored_result
    assert (result.id, result.session_id, result.session_code) == (stored.pk, seat.id, seat.session.code)
    assert (stored.student_id, stored.exam_id) == (seat.student.pk, seat.world.exam.pk)
    assert stored.total_score == seat.session.total_score == Decimal("26.67")


def test_the_hand_in_is_logged_in_the_contract_s_words() -> None:
    seat = sit(make_world())
    seat.submit(at=LATER)
    log = seat.logs[-1]
    assert (log.actions, log.detail, log.timestamp) == ("exam_submitted", "Student submitted the exam", LATER)


def test_handing_in_again_returns_the_same_result_and_writes_nothing() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    first = seat.submit(at=LATER)
    assert seat.submit(at=LATER + timedelta(minutes=3)) == first
    assert seat.submit(at=LATER + timedelta(hours=30)) == first
    assert ExamResult.objects.count() == 1
    assert seat.actions.count("exam_submitted") == 1
    assert seat.session.end_time == LATER


def test_nothing_answered_is_a_result_of_nothing() -> None:
    seat = sit(make_world())
    result = seat.submit()
    assert (result.total_score, result.percentage, result.grade) == (Decimal(0), Decimal(0), "F")
    assert (result.correct_count, result.wrong_count, result.unanswered_count) == (0, 0, 3)
    assert seat.session.status == "completed"


@pytest.mark.parametrize("questions", [3, 6, 7, 11])
def test_everything_right_is_the_total_to_the_cent(questions: int) -> None:
    seat = sit(make_world(questions=questions, total_score=100))
    for index in range(questions):
        seat.save(index, choose(seat.world.key(index)))
    result = seat.submit()
    assert (result.total_score, result.percentage, result.grade) == (Decimal("100.00"), Decimal("100.00"), "A")


def test_the_points_follow_the_difficulty() -> None:
    world = make_world(questions=0, total_score=60)
    for place, difficulty in enumerate(Difficulty, start=1):
        question = make_question(world.teacher, f"How {difficulty}?", difficulty=difficulty)
        world.exam.exam_questions.create(question=question, order=place, code=f"D{place}")
    seat = sit(world)
    assert [row.points for row in seat.session.answers.order_by("position")] == [Decimal(10), Decimal(20), Decimal(30)]


def test_all_kinds_add_up_and_an_essay_keeps_the_result_pending() -> None:
    seat = sit(make_kinds_world())
    for index in range(len(POINTS)):
        seat.save(index, right(seat.world, index))
    result = seat.submit()
    assert result.status is ResultStatus.PENDING
    assert result.total_score == sum(POINTS[:ESSAY])
    assert (result.correct_count, result.wrong_count, result.unanswered_count) == (5, 0, 0)


def test_an_essay_that_was_not_written_waits_for_nobody() -> None:
    seat = sit(make_kinds_world())
    for index in range(ESSAY):
        seat.save(index, wrong(seat.world, index))
    result = seat.submit()
    assert (result.status, result.total_score) == (ResultStatus.GRADED, Decimal(0))
    assert (result.correct_count, result.wrong_count, result.unanswered_count) == (0, 5, 1)


def test_partial_credit_counts_but_is_not_a_right_answer() -> None:
    seat = sit(make_kinds_world(partial_credit=True))
    seat.save(SEVERAL, choose_many(*seat.world.options(SEVERAL, correct=True)[:2]))
    result = seat.submit()
    assert (result.total_score, result.percentage) == (Decimal("5.00"), Decimal("8.33"))
    assert (result.correct_count, result.wrong_count) == (0, 1)


def test_a_cleared_answer_is_unanswered() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.save(0, choose(None))
    result = seat.submit()
    assert (result.total_score, result.unanswered_count) == (Decimal(0), 3)


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (119, 1), (44 * 60 + 59, 44), (45 * 60 - 1, 44)]
)
def test_the_time_taken_is_whole_minutes_rounded_down(seconds: int, minutes: int) -> None:
    seat = sit(make_world())
    assert seat.submit(at=NOW + timedelta(seconds=seconds)).time_taken == minutes


def test_the_next_attempt_may_begin_at_once() -> None:
    world = make_world(max_attempts=2)
    sit(world).submit()
    assert sit(world).session.attempt_number == 2


def test_a_later_attempt_leaves_the_earlier_result_alone() -> None:
    world = make_world(max_attempts=2)
    first = sit(world)
    first.save(0, choose(world.key(0)))
    before = first.submit()
    second = sit(world)
    second.submit()
    assert first.submit() == before
    assert second.stored_result.total_score == Decimal(0)


def test_a_hidden_result_says_that_it_was_handed_in_and_nothing_more() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.NEVER.value))
    seat.save(0, choose(seat.world.key(0)))
    result = seat.submit(at=LATER)
    assert (result.submitted_at, result.unanswered_count) == (LATER, 2)
    assert (result.total_score, result.percentage, result.grade) == (None, None, None)
    assert (result.correct_count, result.wrong_count) == (None, None)
    assert seat.stored_result.total_score == Decimal("26.67")


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("bob", SessionNotFound),
        ("charlie", SessionNotFound),
        ("other_teacher", SessionNotFound),
        ("teacher", StaffCannotSit),
        ("admin", StaffCannotSit),
    ],
)
def test_nobody_but_its_student_hands_in(name: str, refusal: type[DomainError]) -> None:
    seat = sit(make_world())
    with pytest.raises(refusal):
        seat.submit(by=getattr(seat.world, name))
    assert seat.session.status == "in_progress"


@pytest.mark.parametrize("session_id", [987_654_321, 2**63, 10**30])
def test_an_unknown_session_is_not_found(session_id: int) -> None:
    world = make_world()
    with pytest.raises(SessionNotFound):
        submit_session(actor=actor(world.alice), session_id=session_id, now=NOW)


def test_a_deactivated_student_hands_nothing_in() -> None:
    seat = sit(make_world())
    seat.student.is_active = False
    seat.student.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        seat.submit()


@pytest.mark.parametrize("status", [SessionStatus.ABANDONED, SessionStatus.TIMEOUT])
def test_a_session_that_ended_otherwise_is_not_handed_in(status: SessionStatus) -> None:
    seat = sit(make_world())
    ExamSession.objects.filter(pk=seat.id).update(status=status.value, active_key=None, end_time=NOW)
    with pytest.raises(SessionNotActive):
        seat.submit()
    assert not ExamResult.objects.exists()
    assert not ExamLog.objects.filter(actions="exam_submitted").exists()


def test_a_database_that_tells_no_ids_of_a_bulk_serves_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    # MySQL; MariaDB, PostgreSQL and SQLite return them.
    monkeypatch.setattr(type(connection.features), "can_return_rows_from_bulk_insert", False)
    seat = sit(make_world())
    assert sorted(answer.id for answer in seat.started.answers) == sorted(seat.row(index).pk for index in range(3))
    assert seat.submit().id == seat.stored_result.pk
