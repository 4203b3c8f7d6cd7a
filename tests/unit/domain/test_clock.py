"""Where an instant lies: before the end, late, over; how much is left; the exam's window; minutes taken."""

from datetime import UTC, datetime, timedelta

import pytest

from examhall.domain.timing import Phase, exam_status, minutes_taken, phase, seconds_remaining
from examhall.domain.words import ExamStatus
from tests.unit.domain.zones import MADRID, MEXICO_CITY

END = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)
GRACE = timedelta(seconds=5)


@pytest.mark.parametrize(
    ("late_by", "expected"),
    [
        (-timedelta(hours=1), Phase.RUNNING),
        (-TICK, Phase.RUNNING),
        (timedelta(0), Phase.LATE),
        (TICK, Phase.LATE),
        (GRACE - TICK, Phase.LATE),
        (GRACE, Phase.LATE),
        (GRACE + TICK, Phase.OVER),
        (timedelta(days=400), Phase.OVER),
    ],
)
def test_an_answer_at_the_end_is_late_and_one_beyond_the_grace_is_over(late_by: timedelta, expected: Phase) -> None:
    assert phase(ends_at=END, now=END + late_by, grace=GRACE) is expected


@pytest.mark.parametrize(("late_by", "expected"), [(-TICK, Phase.RUNNING), (TICK, Phase.OVER)])
def test_without_grace_nothing_after_the_end_counts(late_by: timedelta, expected: Phase) -> None:
    assert phase(ends_at=END, now=END + late_by, grace=timedelta(0)) is expected


def test_the_grace_is_no_longer_on_the_night_when_clocks_go_back() -> None:
    ends_at = datetime(2026, 10, 25, 2, 59, 58, tzinfo=MADRID, fold=0)
    now = datetime(2026, 10, 25, 2, 0, 4, tzinfo=MADRID, fold=1)  # six seconds later, an hour earlier on the wall
    assert phase(ends_at=ends_at, now=now, grace=GRACE) is Phase.OVER
    assert phase(ends_at=ends_at, now=now.replace(second=3), grace=GRACE) is Phase.LATE


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(minutes=60), 3600),
        (timedelta(minutes=60) - TICK, 3599),
        (timedelta(seconds=1), 1),
        (timedelta(seconds=1) - TICK, 0),
        (TICK, 0),
        (timedelta(0), 0),
        (-TICK, 0),
        (-timedelta(days=1), 0),
    ],
)
def test_seconds_left_are_whole_rounded_down_and_never_negative(left: timedelta, expected: int) -> None:
    assert seconds_remaining(ends_at=END, now=END - left) == expected


def test_the_seconds_left_count_the_hour_that_comes_twice() -> None:
    now = datetime(2022, 10, 30, 1, 30, tzinfo=MEXICO_CITY, fold=0)
    ends_at = datetime(2022, 10, 30, 1, 30, tzinfo=MEXICO_CITY, fold=1)
    assert seconds_remaining(ends_at=ends_at, now=now) == 3600


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (END - timedelta(hours=2) - TICK, ExamStatus.UPCOMING),
        (END - timedelta(hours=2), ExamStatus.ONGOING),
        (END - timedelta(hours=2) + TICK, ExamStatus.ONGOING),
        (END - TICK, ExamStatus.ONGOING),
        (END, ExamStatus.COMPLETED),
        (END + TICK, ExamStatus.COMPLETED),
    ],
)
def test_a_window_includes_its_start_and_excludes_its_end(now: datetime, expected: ExamStatus) -> None:
    assert exam_status(starts_at=END - timedelta(hours=2), ends_at=END, now=now) is expected


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (timedelta(0), 0),
        (timedelta(seconds=59, microseconds=999_999), 0),
        (timedelta(seconds=60), 1),
        (timedelta(seconds=60) + TICK, 1),
        (timedelta(minutes=90) - TICK, 89),
        (timedelta(days=1), 1440),
        (-TICK, 0),
        (-timedelta(hours=1), 0),
    ],
)
def test_minutes_taken_are_whole_rounded_down_and_never_negative(taken: timedelta, expected: int) -> None:
    assert minutes_taken(started_at=END - taken, ended_at=END) == expected


def test_minutes_taken_count_the_hour_that_comes_twice() -> None:
    started_at = datetime(2026, 10, 25, 1, 30, tzinfo=MADRID)
    ended_at = datetime(2026, 10, 25, 3, 30, tzinfo=MADRID)
    assert minutes_taken(started_at=started_at, ended_at=ended_at) == 180


def test_naive_datetimes_are_refused() -> None:
    naive = END.replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        phase(ends_at=naive, now=END, grace=GRACE)
    with pytest.raises(ValueError, match="aware"):
        seconds_remaining(ends_at=END, now=naive)
    with pytest.raises(ValueError, match="aware"):
        exam_status(starts_at=naive, ends_at=END, now=END)
    with pytest.raises(ValueError, match="aware"):
        minutes_taken(started_at=naive, ended_at=naive)
