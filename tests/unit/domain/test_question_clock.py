"""The question clock: from the first serving, without grace, gone at the very second."""

from datetime import UTC, datetime, timedelta

import pytest

from examhall.domain.timing import QuestionState, all_questions_done_at, question_state
from tests.unit.domain.zones import MADRID

SERVED = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(0), QuestionState.RUNNING),
        (timedelta(seconds=30), QuestionState.RUNNING),
        (timedelta(seconds=65) - TICK, QuestionState.RUNNING),
        (timedelta(seconds=65), QuestionState.EXPIRED),
        (timedelta(seconds=65) + TICK, QuestionState.EXPIRED),
        (timedelta(days=1), QuestionState.EXPIRED),
    ],
)
def test_a_served_question_expires_when_its_seconds_are_over(after: timedelta, expected: QuestionState) -> None:
    assert question_state(served_at=SERVED, answered_at=None, seconds=65, now=SERVED + after) is expected


def test_a_question_that_was_not_served_waits_however_late_it_is() -> None:
    now = SERVED + timedelta(days=3)
    assert question_state(served_at=None, answered_at=None, seconds=65, now=now) is QuestionState.UNSERVED


@pytest.mark.parametrize("after", [timedelta(seconds=10), timedelta(seconds=65), timedelta(days=1)])
def test_an_answered_question_stays_answered(after: timedelta) -> None:
    answered_at = SERVED + timedelta(seconds=9)
    state = question_state(served_at=SERVED, answered_at=answered_at, seconds=65, now=SERVED + after)
    assert state is QuestionState.ANSWERED


@pytest.mark.parametrize("served_at", [None, SERVED])
def test_without_a_clock_a_question_runs_until_it_is_answered(served_at: datetime | None) -> None:
    now = SERVED + timedelta(days=3)
    assert question_state(served_at=served_at, answered_at=None, seconds=None, now=now) is QuestionState.RUNNING
    assert question_state(served_at=served_at, answered_at=now, seconds=None, now=now) is QuestionState.ANSWERED


def test_the_clock_counts_time_and_not_the_wall() -> None:
    served_at = datetime(2026, 10, 25, 2, 59, 30, tzinfo=MADRID, fold=0)
    now = datetime(2026, 10, 25, 2, 0, 34, tzinfo=MADRID, fold=1)  # 64 seconds later
    assert question_state(served_at=served_at, answered_at=None, seconds=65, now=now) is QuestionState.RUNNING
    late = now.replace(second=35)
    assert question_state(served_at=served_at, answered_at=None, seconds=65, now=late) is QuestionState.EXPIRED


def test_naive_datetimes_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        question_state(served_at=SERVED.replace(tzinfo=None), answered_at=None, seconds=65, now=SERVED)


def done_at(*questions: tuple[int | None, int | None], seconds: int | None = 65) -> int | None:
    """Give the seconds after SERVED at which questions, served and answered at such seconds, are all done."""

    def at(second: int | None) -> datetime | None:
        return None if second is None else SERVED + timedelta(seconds=second)

    found = all_questions_done_at(
        questions=[(at(served), at(answered)) for served, answered in questions], seconds=seconds
    )
    return None if found is None else int((found - SERVED).total_seconds())


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([(0, 10)], 10),
        ([(0, None)], 65),
        ([(0, 10), (11, None)], 76),
        ([(40, None), (0, 100)], 105),
        ([(0, None), (10, 70)], 70),
        ([(0, None), (10, 60)], 65),
        ([(0, 10), (None, None)], None),
        ([(None, None), (0, 10)], None),
        ([(None, 20)], 20),
        ([], None),
    ],
)
def test_a_session_is_done_when_its_last_question_is_answered_or_expired(
    questions: list[tuple[int | None, int | None]], expected: int | None
) -> None:
    assert done_at(*questions) == expected


def test_without_a_clock_questions_are_never_done_by_themselves() -> None:
    assert done_at((0, 10), seconds=None) is None
