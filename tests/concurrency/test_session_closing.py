"""Sweepers, looks, saves and hand-ins that meet at the end of a session: it is closed once, nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from examhall.domain.errors import SessionNotActive
from examhall.engine.closing import close_due_sessions
from examhall.engine.sessions import start_session
from examhall.engine.snapshots import ResultSnapshot, SessionDetail, SessionSnapshot
from examhall.store.models import ExamLog, ExamResult, ExamSession
from tests.builders import NOW, actor, choose, make_user, make_world
from tests.concurrency.ledger import WAYS, Page, check
from tests.concurrency.racing import at_once
from tests.engine.sessions.seat import Seat, sit

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))

END = NOW + timedelta(minutes=45)
LAST = END + timedelta(seconds=5)
OVER = LAST + timedelta(microseconds=1)


def _sweep() -> int:
    return close_due_sessions(now=OVER)


def _seats(count: int, **exam_fields: int) -> list[Seat]:
    world = make_world(**exam_fields)
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    return [sit(world, make_user(f"Student {number}")) for number in range(count)]


@rounds
def test_four_sweepers_close_each_session_once(attempt: int) -> None:
    seats = _seats(12)
    for seat in seats[attempt::2]:
        seat.save(0, choose(seat.world.key(0)))
    closed = at_once([_sweep] * 4)
    assert sum(count for count in closed if isinstance(count, int)) == 12
    assert ExamLog.objects.filter(actions__in=["exam_timeout", "exam_abandoned"]).count() == 12
    assert ExamResult.objects.count() == len(seats[attempt::2])
    assert set(ExamSession.objects.values_list("end_time", flat=True)) == {END}


@rounds
def test_saves_of_the_last_moment_race_with_sweepers_and_are_in_the_total_or_refused(attempt: int) -> None:
    seats = _seats(3, questions=3 + attempt)
    pages = {
        seat.id: [Page(seat=seat, index=index, at=LAST, way=WAYS[index], most=30) for index in range(3)]
        for seat in seats
    }
    acts: list[Callable[[], object]] = [*(page for of_seat in pages.values() for page in of_seat), *[_sweep] * 3]
    at_once(acts)
    # A sweeper may have come before the first save and another after the last; whatever still runs is over now.
    _sweep()
    for seat in seats:
        assert seat.session.end_time == END
        check(seat, pages[seat.id])


@rounds
def test_a_hand_in_of_the_last_moment_and_the_sweeper_close_a_session_once(attempt: int) -> None:
    seats = _seats(6)
    for seat in seats[attempt:]:
        seat.save(0, choose(seat.world.key(0)))
    acts: list[Callable[[], object]] = [*(partial(seat.submit, at=LAST) for seat in seats), _sweep, _sweep]
    outcomes = at_once(acts)
    for seat, outcome in zip(seats, outcomes, strict=False):
        handed_in = isinstance(outcome, ResultSnapshot)
        assert handed_in or outcome is SessionNotActive
        assert (seat.session.status == "completed") == handed_in
        assert seat.session.end_time == END
        _closed_once(seat)


def _closed_once(seat: Seat) -> None:
    closings = [action for action in seat.actions if action.startswith("exam_") and action != "exam_started"]
    assert len(closings) == 1
    assert ExamResult.objects.filter(session_id=seat.id).count() == (seat.session.status != "abandoned")


@rounds
def test_everybody_who_looks_at_a_session_that_ran_out_sees_it_closed(attempt: int) -> None:
    seat = _seats(1)[0]
    if attempt:
        seat.save(0, choose(seat.world.key(0)))
    acts: list[Callable[[], object]] = [
        *[partial(seat.detail, at=OVER)] * 6,
        *[partial(seat.detail, at=OVER, by=seat.world.teacher)] * 4,
        _sweep,
        _sweep,
    ]
    details = [outcome.session for outcome in at_once(acts) if isinstance(outcome, SessionDetail)]
    assert len(details) == 10
    assert {(detail.status, detail.end_time) for detail in details} == {
        ("timeout" if attempt else "abandoned", END),
    }
    _closed_once(seat)


@rounds
def test_starts_that_find_a_session_run_out_close_it_once_and_begin_one(attempt: int) -> None:
    seat = _seats(1, max_attempts=2 + attempt)[0]
    start = partial(start_session, actor=actor(seat.student), exam_id=seat.world.exam.pk, now=OVER)
    acts: list[Callable[[], object]] = [*[start] * 8, _sweep]
    outcomes = at_once(acts)
    assert sum(isinstance(outcome, SessionSnapshot) for outcome in outcomes) == 1
    assert list(ExamSession.objects.order_by("id").values_list("attempt_number", "status")) == [
        (1, "abandoned"),
        (2, "in_progress"),
    ]
    _closed_once(seat)
