"""Time: the end is the earlier term, and phases, seconds and question states agree with it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from examhall.domain.timing import (
    Phase,
    QuestionState,
    minutes_taken,
    phase,
    question_state,
    seconds_remaining,
    session_end,
)
from tests.unit.domain.zones import MADRID, MEXICO_CITY

# Around clock changes of both zones, and away from them.
DAYS = st.sampled_from([datetime(2022, 4, 3), datetime(2022, 10, 30), datetime(2026, 3, 29), datetime(2026, 10, 25)])  # noqa: DTZ001
ZONES = st.sampled_from([UTC, MADRID, MEXICO_CITY])
EXTRAS = st.timedeltas(timedelta(0), timedelta(hours=3))


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    """Draw an instant within a day of a clock change, written in any of the zones."""
    at = draw(DAYS).replace(tzinfo=UTC) + draw(st.timedeltas(timedelta(0), timedelta(days=1)))
    return at.astimezone(draw(ZONES))


@given(instants(), st.integers(1, 10_080), instants(), EXTRAS, EXTRAS)
def test_the_end_is_the_earlier_term_whatever_zone_it_is_written_in(
    started_at: datetime, minutes: int, window_end: datetime, limit_extra: timedelta, window_extra: timedelta
) -> None:
    found = session_end(
        started_at=started_at,
        minutes=minutes,
        window_end=window_end,
        limit_extra=limit_extra,
        window_extra=window_extra,
    )
    limit = started_at.timestamp() + 60 * minutes + limit_extra.total_seconds()
    window = window_end.timestamp() + window_extra.total_seconds()
    assert abs(found.at.timestamp() - min(limit, window)) < 1e-3
    assert found.at == min(term.at for term in found.terms)
    assert [term.at for term in found.terms if term.kind is found.decided_by] == [found.at]


@given(instants(), instants(), st.timedeltas(timedelta(0), timedelta(minutes=1)))
def test_a_session_has_seconds_left_only_while_it_runs(ends_at: datetime, now: datetime, grace: timedelta) -> None:
    where = phase(ends_at=ends_at, now=now, grace=grace)
    left = seconds_remaining(ends_at=ends_at, now=now)
    assert left >= 0
    assert where is Phase.RUNNING or left == 0
    assert (where is Phase.OVER) is (now.astimezone(UTC) > ends_at.astimezone(UTC) + grace)


@given(instants(), st.timedeltas(timedelta(0), timedelta(minutes=5)), st.integers(1, 120))
def test_a_question_clock_runs_for_its_seconds(served_at: datetime, after: timedelta, seconds: int) -> None:
    now = (served_at.astimezone(UTC) + after).astimezone(served_at.tzinfo)
    state = question_state(served_at=served_at, answered_at=None, seconds=seconds, now=now)
    assert state is (QuestionState.RUNNING if after < timedelta(seconds=seconds) else QuestionState.EXPIRED)


@given(instants(), st.timedeltas(timedelta(0), timedelta(days=1)))
def test_minutes_taken_are_the_whole_minutes_that_passed(started_at: datetime, taken: timedelta) -> None:
    ended_at = (started_at.astimezone(UTC) + taken).astimezone(started_at.tzinfo)
    minutes = minutes_taken(started_at=started_at, ended_at=ended_at)
    assert timedelta(minutes=minutes) <= taken < timedelta(minutes=minutes + 1)
