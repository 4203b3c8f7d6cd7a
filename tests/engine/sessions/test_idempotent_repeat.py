"""Doing the same again: a click too many, a retry after a lost answer, an old tab."""

from datetime import timedelta

import pytest

from examhall.domain.errors import AlreadyActive, DomainError, SessionNotActive
from examhall.engine.closing import close_due_sessions
from examhall.store.models import ExamResult, ExamSession, Paper, StudentAnswer
from tests.builders import NOW, choose, make_world
from tests.engine.sessions.kinds_world import POINTS, make_kinds_world, right
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
OVER = NOW + timedelta(hours=2)


def _kept(seat: Seat) -> list[tuple[object, ...]]:
    columns = ("id", "selected_answer", "selected_answer_ids", "answer_text", "score", "is_correct")
    return list(StudentAnswer.objects.filter(session_id=seat.id).order_by("id").values_list(*columns))


def test_a_repeated_start_is_refused_and_leaves_one_session_and_one_paper() -> None:
    world = make_world(max_attempts=3)
    seat = sit(world)
    for _ in range(3):
        with pytest.raises(AlreadyActive):
            sit(world)
    assert list(ExamSession.objects.values_list("pk", flat=True)) == [seat.id]
    assert (Paper.objects.count(), StudentAnswer.objects.count()) == (1, 3)
    assert seat.actions == ["exam_started"]


@pytest.mark.parametrize("index", range(len(POINTS)))
def test_a_repeated_save_keeps_the_same_answer_and_logs_both(index: int) -> None:
    seat = sit(make_kinds_world())
    first = seat.save(index, right(seat.world, index))
    kept = _kept(seat)
    second = seat.save(index, right(seat.world, index), at=LATER)
    assert _kept(seat) == kept
    assert (second.id, second.selected, second.answer_text) == (first.id, first.selected, first.answer_text)
    assert seat.row(index).answered_at == LATER
    assert seat.actions == ["exam_started", "answer_submitted", "answer_updated"]


def test_a_repeated_bulk_save_keeps_the_same_answers() -> None:
    seat = sit(make_kinds_world())
    items = [(index, right(seat.world, index)) for index in range(len(POINTS))]
    first = seat.save_many(items)
    kept = _kept(seat)
    assert seat.save_many(items) == first
    assert _kept(seat) == kept


def test_a_repeated_clearing_stays_clear() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    assert seat.save(0, choose(None)) == seat.save(0, choose(None))
    assert seat.row(0).answered_at is None


def test_a_repeated_hand_in_is_the_same_result() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    results = [seat.submit(at=LATER), seat.submit(at=LATER), seat.submit(at=OVER), seat.result(at=OVER)]
    assert all(result == results[0] for result in results)
    assert ExamResult.objects.count() == 1


def test_an_old_tab_changes_nothing_after_the_hand_in() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.submit()
    kept, result = _kept(seat), seat.result()
    for act in (
        lambda: seat.save(0, choose(seat.world.wrong(0)), at=LATER),
        lambda: seat.update(1, choose(seat.world.key(1)), at=LATER),
        lambda: seat.save_many([(2, choose(seat.world.key(2)))], at=LATER),
        lambda: seat.log("page_return", at=LATER),
    ):
        with pytest.raises(SessionNotActive):
            act()
    assert (_kept(seat), seat.result()) == (kept, result)
    assert seat.actions == ["exam_started", "answer_submitted", "exam_submitted"]


def test_an_old_tab_changes_nothing_after_the_time_ran_out() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    close_due_sessions(now=OVER)
    kept, session, lines = _kept(seat), seat.session, seat.actions
    for act in (lambda: seat.save(0, choose(seat.world.wrong(0)), at=OVER), lambda: seat.submit(at=OVER)):
        for _ in range(2):
            with pytest.raises(SessionNotActive):
                act()
    assert (_kept(seat), seat.actions) == (kept, lines)
    assert (seat.session.status, seat.session.end_time) == (session.status, session.end_time)


def test_an_act_of_before_the_end_that_arrives_after_the_closing_is_refused() -> None:
    # Two servers whose clocks differ, or a request that waited: the session is closed, whatever the request's own time.
    seat = sit(make_world())
    close_due_sessions(now=OVER)
    for act in (lambda: seat.save(0, choose(seat.world.key(0))), seat.submit, lambda: seat.log("page_leave")):
        with pytest.raises(DomainError) as refused:
            act()
        assert type(refused.value) is SessionNotActive
    assert seat.session.status == "abandoned"


def test_repeated_looks_write_nothing() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    before = (seat.actions, _kept(seat), seat.session.status)
    details = [seat.detail(at=LATER) for _ in range(3)]
    assert details[0] == details[1] == details[2]
    assert (seat.actions, _kept(seat), seat.session.status) == before
