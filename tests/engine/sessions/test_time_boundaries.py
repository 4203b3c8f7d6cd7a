"""The end of a session to the microsecond: in time, late within the grace, over; and on nights when clocks change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from examhall.domain.errors import SessionNotActive
from examhall.engine.closing import close_due_sessions
from tests.builders import NOW, choose, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)
GRACE = timedelta(seconds=5)
END = NOW + timedelta(minutes=45)
MUCH_LATER = NOW + timedelta(hours=2)

SAVES: dict[str, Callable[[Seat, datetime], object]] = {
    "save": lambda seat, at: seat.save(0, choose(seat.world.key(0)), at=at),
    "update": lambda seat, at: seat.update(0, choose(seat.world.key(0)), at=at),
    "save many": lambda seat, at: seat.save_many([(0, choose(seat.world.key(0)))], at=at),
}


@pytest.mark.parametrize("way", SAVES)
@pytest.mark.parametrize(
    ("offset", "taken", "late"),
    [
        (-TICK, True, False),
        (timedelta(0), True, True),
        (TICK, True, True),
        (GRACE - TICK, True, True),
        (GRACE, True, True),
        (GRACE + TICK, False, False),
    ],
)
@pytest.mark.parametrize("ends_by", ["limit", "window"])
def test_an_answer_is_in_time_before_the_end_late_within_the_grace_and_then_refused(
    way: str, offset: timedelta, taken: bool, late: bool, ends_by: str
) -> None:
    seat = sit(make_world() if ends_by == "limit" else make_world(minutes=600, end_time=END))
    if not taken:
        with pytest.raises(SessionNotActive):
            SAVES[way](seat, END + offset)
        assert seat.row(0).answered_at is None
        assert seat.session.status == "abandoned"
        return
    SAVES[way](seat, END + offset)
    assert seat.row(0).answered_at == END + offset
    assert seat.logs[-1].detail == ("Answered question P1 (late)" if late else "Answered question P1")


@pytest.mark.parametrize(
    ("offset", "end_offset", "detail"),
    [
        (-TICK, -TICK, "Student submitted the exam"),
        (timedelta(0), timedelta(0), "Student submitted the exam (late)"),
        (GRACE, timedelta(0), "Student submitted the exam (late)"),
    ],
)
def test_a_hand_in_within_the_grace_counts_and_the_session_ended_at_its_end(
    offset: timedelta, end_offset: timedelta, detail: str
) -> None:
    seat = sit(make_world())
    result = seat.submit(at=END + offset)
    session = seat.session
    assert (session.status, session.end_time) == ("completed", END + end_offset)
    assert session.submitted_at == result.submitted_at == END + offset
    assert (seat.logs[-1].detail, seat.logs[-1].timestamp) == (detail, END + offset)


def test_a_hand_in_after_the_grace_is_refused_and_what_was_saved_is_the_result() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    with pytest.raises(SessionNotActive):
        seat.submit(at=END + GRACE + TICK)
    with pytest.raises(SessionNotActive):
        seat.submit(at=MUCH_LATER)
    assert (seat.session.status, seat.session.end_time) == ("timeout", END)
    assert seat.stored_result.correct_count == 1


def test_the_grace_is_a_setting(settings: Settings) -> None:
    seat = sit(make_world())
    settings.EXAMHALL_GRACE_SECONDS = 60
    seat.save(0, choose(seat.world.key(0)), at=END + timedelta(seconds=60))
    settings.EXAMHALL_GRACE_SECONDS = 0
    with pytest.raises(SessionNotActive):
        seat.save(1, choose(seat.world.key(1)), at=END + TICK)


def test_the_time_runs_out_in_the_same_instant_for_a_save_and_for_the_sweeper(settings: Settings) -> None:
    for grace in (0, 5, 30):
        settings.EXAMHALL_GRACE_SECONDS = grace
        last = END + timedelta(seconds=grace)
        seat = sit(make_world())
        assert close_due_sessions(now=last) == 0
        seat.save(0, choose(seat.world.key(0)), at=last)
        assert close_due_sessions(now=last + TICK) == 1


def _later(moment: datetime, *, by: timedelta) -> datetime:
    """Add true time and tell the result by the same zone's clock."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


MADRID = ZoneInfo("Europe/Madrid")
MEXICO = ZoneInfo("America/Mexico_City")


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        # The clock jumps from 2 to 3 o'clock: 45 minutes from 01:30 end at 03:15.
        (datetime(2026, 3, 29, 1, 30, tzinfo=MADRID), datetime(2026, 3, 29, 3, 15, tzinfo=MADRID)),
        # It goes back from 3 to 2: 45 minutes from 02:30 end at 02:15, the second time.
        (datetime(2026, 10, 25, 2, 30, tzinfo=MADRID), datetime(2026, 10, 25, 2, 15, fold=1, tzinfo=MADRID)),
        # Mexico's clock jumped on the first Sunday of April until 2022; since then it stands.
        (datetime(2022, 4, 3, 1, 30, tzinfo=MEXICO), datetime(2022, 4, 3, 3, 15, tzinfo=MEXICO)),
        (datetime(2026, 4, 5, 1, 30, tzinfo=MEXICO), datetime(2026, 4, 5, 2, 15, tzinfo=MEXICO)),
    ],
)
@pytest.mark.parametrize("ends_by", ["limit", "window"])
def test_a_night_on_which_clocks_change_takes_and_gives_nothing(
    starts_at: datetime, ends_at: datetime, ends_by: str
) -> None:
    window_end = ends_at if ends_by == "window" else starts_at + timedelta(days=2)
    minutes = 600 if ends_by == "window" else 45
    world = make_world(start_time=starts_at - timedelta(days=2), end_time=window_end, minutes=minutes)
    seat = sit(world, at=starts_at)
    assert seat.started.time_remaining == 45 * 60
    seat.save(0, choose(world.key(0)), at=_later(ends_at, by=-TICK))
    seat.save(0, choose(world.key(0)), at=ends_at)
    assert [log.detail for log in seat.logs[1:]] == ["Answered question P1", "Changed the answer to question P1 (late)"]
    assert close_due_sessions(now=_later(ends_at, by=GRACE)) == 0
    with pytest.raises(SessionNotActive):
        seat.submit(at=_later(ends_at, by=GRACE + TICK))
    # In UTC: Python calls an instant of a repeated hour unequal to the same instant of another zone.
    assert seat.session.end_time == ends_at.astimezone(UTC)
