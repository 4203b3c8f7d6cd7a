"""Sessions end by the clock: at their own end, whoever looks first, once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Q

from examhall.domain.errors import AttemptLimitReached, NoActiveSession, ResultNotFound, SessionNotActive
from examhall.domain.words import SessionStatus
from examhall.engine.closing import BATCH, close_due_sessions
from examhall.engine.paging import PageRequest
from examhall.engine.session_lists import (
    list_class_sessions,
    list_exam_sessions,
    list_my_sessions,
    session_rows_of_exam,
)
from examhall.engine.session_views import get_active_session, get_session_logs
from examhall.engine.sessions import start_session
from examhall.store.models import Exam, ExamLog, ExamResult, ExamSession
from tests.builders import NOW, actor, choose, make_user, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
LIMIT = timedelta(minutes=45)
GRACE = timedelta(seconds=5)
END = NOW + LIMIT
MUCH_LATER = NOW + timedelta(hours=2)
PAGE = PageRequest()


def _start_again(seat: Seat, at: datetime) -> None:
    with pytest.raises(AttemptLimitReached):
        start_session(actor=actor(seat.student), exam_id=seat.world.exam.pk, now=at)


def _look_for_running(seat: Seat, at: datetime) -> None:
    with pytest.raises(NoActiveSession):
        get_active_session(actor=actor(seat.student), now=at)


def _refused(act: Callable[[Seat, datetime], object]) -> Callable[[Seat, datetime], None]:
    def tried(seat: Seat, at: datetime) -> None:
        with pytest.raises(SessionNotActive):
            act(seat, at)

    return tried


def _see_result(seat: Seat, at: datetime) -> None:
    if seat.row(0).answered_at is None:
        with pytest.raises(ResultNotFound):
            seat.result(at=at)
    else:
        seat.result(at=at)


ACCESSES: dict[str, Callable[[Seat, datetime], object]] = {
    "save": _refused(lambda seat, at: seat.save(1, choose(seat.world.key(1)), at=at)),
    "update": _refused(lambda seat, at: seat.update(1, choose(seat.world.key(1)), at=at)),
    "save many": _refused(lambda seat, at: seat.save_many([(1, choose(seat.world.key(1)))], at=at)),
    "submit": _refused(lambda seat, at: seat.submit(at=at)),
    "log action": _refused(lambda seat, at: seat.log("page_leave", at=at)),
    "start again": _start_again,
    "active": _look_for_running,
    "detail": lambda seat, at: seat.detail(at=at),
    "detail by the teacher": lambda seat, at: seat.detail(at=at, by=seat.world.teacher),
    "detail by an admin": lambda seat, at: seat.detail(at=at, by=seat.world.admin),
    "result": _see_result,
    "logs": lambda seat, at: get_session_logs(actor=actor(seat.student), session_id=seat.id, now=at),
    "my sessions": lambda seat, at: list_my_sessions(actor=actor(seat.student), page=PAGE, now=at),
    "class sessions": lambda seat, at: list_class_sessions(
        actor=actor(seat.world.teacher), class_id=seat.world.group.pk, page=PAGE, now=at
    ),
    "exam sessions": lambda seat, at: list_exam_sessions(
        actor=actor(seat.world.teacher), exam_id=seat.world.exam.pk, page=PAGE, now=at
    ),
    "rows of the exam": lambda seat, at: session_rows_of_exam(
        exam_id=seat.world.exam.pk, student_id=None, staff=True, now=at
    ),
    "sweeper": lambda _, at: close_due_sessions(now=at),
}
# What is refused once the time is over; the others are looks.
REFUSED = {"save", "update", "save many", "submit", "log action", "start again", "active", "result"}
every_access = pytest.mark.parametrize("access", ACCESSES)


@every_access
def test_any_access_closes_a_session_with_answers_as_a_timeout_at_its_own_end(access: str) -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    ACCESSES[access](seat, MUCH_LATER)
    session = seat.session
    assert (session.status, session.end_time, session.submitted_at) == ("timeout", END, None)
    assert (session.active_key, session.total_score) == (None, Decimal("26.67"))
    result = seat.stored_result
    assert (result.total_score, result.submitted_at, result.status) == (Decimal("26.67"), END, "graded")
    assert (result.correct_count, result.wrong_count, result.unanswered_count) == (1, 0, 2)


@every_access
def test_any_access_closes_a_session_without_answers_as_abandoned_without_a_result(access: str) -> None:
    seat = sit(make_world())
    ACCESSES[access](seat, MUCH_LATER)
    session = seat.session
    assert (session.status, session.end_time, session.submitted_at) == ("abandoned", END, None)
    assert (session.active_key, session.total_score) == (None, Decimal(0))
    assert not ExamResult.objects.exists()


@pytest.mark.parametrize("access", sorted(set(ACCESSES) - REFUSED))
def test_no_look_closes_a_session_within_the_grace(access: str) -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    ACCESSES[access](seat, END + GRACE)
    assert seat.session.status == "in_progress"


def test_a_cleared_answer_is_no_answer() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.save(0, choose(None))
    close_due_sessions(now=MUCH_LATER)
    assert seat.session.status == "abandoned"


def test_a_timeout_is_logged_at_the_end_itself_and_once_however_many_look() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    for minutes in range(5):
        for access in ACCESSES.values():
            access(seat, MUCH_LATER + timedelta(minutes=minutes))
    logs = [log for log in seat.logs if log.actions.startswith("exam_")]
    assert [log.actions for log in logs] == ["exam_started", "exam_timeout"]
    assert (logs[1].timestamp, logs[1].student_id) == (END, seat.student.pk)
    assert ExamResult.objects.count() == 1


def test_an_abandoned_session_is_logged_as_one() -> None:
    seat = sit(make_world())
    close_due_sessions(now=MUCH_LATER)
    assert seat.actions == ["exam_started", "exam_abandoned"]
    assert seat.logs[1].timestamp == END


def test_a_session_ends_with_the_window_where_that_is_first() -> None:
    window_end = NOW + timedelta(minutes=20)
    seat = sit(make_world(end_time=window_end))
    seat.save(0, choose(seat.world.key(0)))
    assert close_due_sessions(now=window_end + GRACE) == 0
    assert close_due_sessions(now=window_end + GRACE + TICK) == 1
    assert (seat.session.end_time, seat.session.status) == (window_end, "timeout")


def test_a_late_answer_is_in_the_total() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.save(1, choose(seat.world.key(1)), at=END + GRACE)
    close_due_sessions(now=END + GRACE + TICK)
    assert (seat.stored_result.correct_count, seat.session.end_time) == (2, END)


def test_moving_the_window_moves_the_end_of_a_running_session() -> None:
    seat = sit(make_world(minutes=600, end_time=END))
    Exam.objects.filter(pk=seat.world.exam.pk).update(end_time=END + timedelta(minutes=10))
    assert seat.detail(at=END).session.time_remaining == 600
    Exam.objects.filter(pk=seat.world.exam.pk).update(end_time=END - timedelta(minutes=10))
    seat.detail(at=END)
    assert seat.session.end_time == END - timedelta(minutes=10)


def test_moving_the_window_never_opens_a_closed_session() -> None:
    seat = sit(make_world(minutes=600, end_time=END))
    seat.save(0, choose(seat.world.key(0)))
    close_due_sessions(now=MUCH_LATER)
    Exam.objects.filter(pk=seat.world.exam.pk).update(end_time=MUCH_LATER + LIMIT)
    for access in ("detail", "result", "save", "submit", "sweeper"):
        ACCESSES[access](seat, MUCH_LATER)
    assert (seat.session.status, seat.session.end_time) == ("timeout", END)


def test_the_minutes_of_a_running_session_are_those_it_was_started_with() -> None:
    seat = sit(make_world(minutes=45))
    Exam.objects.filter(pk=seat.world.exam.pk).update(minutes=5, paper=None)
    assert close_due_sessions(now=END + GRACE) == 0
    assert close_due_sessions(now=END + GRACE + TICK) == 1
    assert seat.session.end_time == END


def test_the_sweeper_closes_each_once_and_counts_them() -> None:
    world = make_world()
    alice = sit(world)
    bob = sit(world, world.bob, at=NOW + timedelta(minutes=30))
    assert close_due_sessions(now=END + GRACE) == 0
    assert close_due_sessions(now=END + timedelta(minutes=1)) == 1
    assert close_due_sessions(now=END + timedelta(minutes=1)) == 0
    assert (alice.session.status, bob.session.status) == ("abandoned", "in_progress")
    assert close_due_sessions(now=MUCH_LATER) == 1
    assert bob.session.end_time == END + timedelta(minutes=30)


def test_a_part_of_the_sessions_can_be_swept() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    assert close_due_sessions(now=MUCH_LATER, only=Q(student=world.bob)) == 1
    assert (alice.session.status, bob.session.status) == ("in_progress", "abandoned")


def test_a_list_closes_nothing_that_it_does_not_show() -> None:
    one, other = make_world(), make_world()
    seat, foreign = sit(one), sit(other)
    for access in ("my sessions", "class sessions", "exam sessions", "rows of the exam"):
        ACCESSES[access](seat, MUCH_LATER)
    assert (seat.session.status, foreign.session.status) == ("abandoned", "in_progress")


def test_more_sessions_than_a_batch_are_closed_in_one_sweep_each_at_its_own_end() -> None:
    world = make_world(questions=1)
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    count = 2 * BATCH + 3
    seats = [sit(world, make_user(f"Student {number}"), at=NOW + timedelta(seconds=number)) for number in range(count)]
    for seat in seats[::2]:
        seat.save(0, choose(world.key(0)), at=NOW + timedelta(minutes=10))
    assert close_due_sessions(now=MUCH_LATER) == count
    assert close_due_sessions(now=MUCH_LATER) == 0
    ends = dict(ExamSession.objects.values_list("pk", "end_time"))
    assert ends == {seat.id: END + timedelta(seconds=number) for number, seat in enumerate(seats)}
    assert ExamSession.objects.filter(status=SessionStatus.TIMEOUT.value).count() == BATCH + 2
    assert ExamResult.objects.filter(total_score=80, correct_count=1).count() == ExamResult.objects.count() == BATCH + 2
    assert ExamLog.objects.filter(actions__in=["exam_timeout", "exam_abandoned"]).count() == count
    assert not ExamSession.objects.exclude(active_key=None).exists()


def test_many_sessions_closed_together_read_like_one_closed_alone() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    for seat in (alice, bob):
        seat.save(0, choose(world.key(0)))
        seat.save(1, choose(world.wrong(1)))
    assert close_due_sessions(now=MUCH_LATER) == 2
    alone = sit(make_world())
    alone.save(0, choose(alone.world.key(0)))
    alone.save(1, choose(alone.world.wrong(1)))
    close_due_sessions(now=MUCH_LATER)
    seen = [
        (
            seat.session.status,
            seat.session.end_time,
            seat.session.total_score,
            seat.session.active_key,
            seat.session.submitted_at,
            seat.stored_result.percentage,
            seat.stored_result.wrong_count,
            seat.stored_result.submitted_at,
            [(log.actions, log.detail, log.timestamp) for log in seat.logs],
        )
        for seat in (alice, bob, alone)
    ]
    assert seen[0] == seen[1] == seen[2]


def test_the_result_of_a_timeout_is_there_at_the_first_look() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    result = seat.result(at=MUCH_LATER)
    assert (result.session_status, result.submitted_at, result.time_taken) == (SessionStatus.TIMEOUT, END, 45)


def test_a_detail_shows_the_session_as_it_was_closed_by_that_very_look() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    detail = seat.detail(at=MUCH_LATER)
    assert (detail.session.status, detail.session.end_time) == (SessionStatus.TIMEOUT, END)
    assert detail.session.total_score == Decimal("26.67")
    assert [log.actions for log in detail.logs] == ["exam_started", "answer_submitted", "exam_timeout"]
