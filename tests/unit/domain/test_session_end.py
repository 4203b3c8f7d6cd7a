"""When a session ends and why: the earlier of its limit and the exam's window, each lengthened by its own extra."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from examhall.domain.timing import SessionEnd, Term, TermKind, session_end
from tests.unit.domain.zones import MADRID, MEXICO_CITY

START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def end(
    *, window: timedelta, limit_extra: timedelta = timedelta(0), window_extra: timedelta = timedelta(0)
) -> SessionEnd:
    return session_end(
        started_at=START,
        minutes=60,
        window_end=START + window,
        limit_extra=limit_extra,
        window_extra=window_extra,
    )


@pytest.mark.parametrize(
    ("window", "at", "decided_by"),
    [
        (timedelta(minutes=60, microseconds=1), timedelta(minutes=60), TermKind.LIMIT),
        (timedelta(minutes=60), timedelta(minutes=60), TermKind.LIMIT),
        (timedelta(minutes=60, microseconds=-1), timedelta(minutes=60, microseconds=-1), TermKind.WINDOW),
        (timedelta(minutes=1), timedelta(minutes=1), TermKind.WINDOW),
    ],
)
def test_the_earlier_term_ends_the_session_and_the_limit_when_they_tie(
    window: timedelta, at: timedelta, decided_by: TermKind
) -> None:
    found = end(window=window)
    assert (found.at, found.decided_by) == (START + at, decided_by)


@pytest.mark.parametrize(
    ("limit_extra", "window_extra", "at", "decided_by"),
    [
        (0, 0, 60, TermKind.LIMIT),
        (15, 0, 75, TermKind.LIMIT),
        (30, 0, 90, TermKind.LIMIT),
        (31, 0, 90, TermKind.WINDOW),
        (31, 1, 91, TermKind.LIMIT),
        (60, 10, 100, TermKind.WINDOW),
        (0, 120, 60, TermKind.LIMIT),
        (-20, 0, 40, TermKind.LIMIT),
        (0, -45, 45, TermKind.WINDOW),
    ],
)
def test_an_extra_lengthens_its_own_side_only(
    limit_extra: int, window_extra: int, at: int, decided_by: TermKind
) -> None:
    found = end(window=90 * MINUTE, limit_extra=limit_extra * MINUTE, window_extra=window_extra * MINUTE)
    assert (found.at, found.decided_by) == (START + at * MINUTE, decided_by)


def test_the_end_lists_the_terms_that_made_it() -> None:
    found = end(window=90 * MINUTE, limit_extra=10 * MINUTE, window_extra=5 * MINUTE)
    assert found.terms == (
        Term(kind=TermKind.LIMIT, base=START + 60 * MINUTE, extra=10 * MINUTE, at=START + 70 * MINUTE),
        Term(kind=TermKind.WINDOW, base=START + 90 * MINUTE, extra=5 * MINUTE, at=START + 95 * MINUTE),
    )


@pytest.mark.parametrize(
    ("local_start", "utc_end"),
    [
        pytest.param(
            datetime(2026, 10, 25, 1, 30, tzinfo=MADRID), datetime(2026, 10, 25, 1, 0, tzinfo=UTC), id="madrid-back"
        ),
        pytest.param(
            datetime(2026, 3, 29, 1, 30, tzinfo=MADRID), datetime(2026, 3, 29, 2, 0, tzinfo=UTC), id="madrid-forward"
        ),
        pytest.param(
            datetime(2022, 10, 30, 0, 45, tzinfo=MEXICO_CITY),
            datetime(2022, 10, 30, 7, 15, tzinfo=UTC),
            id="mexico-back",
        ),
        pytest.param(
            datetime(2022, 4, 3, 1, 15, tzinfo=MEXICO_CITY),
            datetime(2022, 4, 3, 8, 45, tzinfo=UTC),
            id="mexico-forward",
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 30, tzinfo=MADRID, fold=1),
            datetime(2026, 10, 25, 3, 0, tzinfo=UTC),
            id="second-2-30",
        ),
    ],
)
def test_ninety_minutes_are_ninety_minutes_on_a_night_when_clocks_change(
    local_start: datetime, utc_end: datetime
) -> None:
    found = session_end(started_at=local_start, minutes=90, window_end=utc_end + timedelta(hours=3))
    assert found.at == utc_end
    assert found.at - local_start.astimezone(UTC) == timedelta(minutes=90)


def test_a_window_in_local_time_is_compared_as_an_instant() -> None:
    # 2.30 comes twice that night: by the wall clock the first one is not before 2.15 of the second hour.
    first = datetime(2026, 10, 25, 2, 30, tzinfo=MADRID, fold=0)
    second = datetime(2026, 10, 25, 2, 15, tzinfo=MADRID, fold=1)
    found = session_end(started_at=first, minutes=90, window_end=second)
    assert found.decided_by is TermKind.WINDOW
    assert found.at == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)


def test_every_instant_of_the_end_is_given_in_utc() -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    found = session_end(started_at=START.astimezone(zone), minutes=1, window_end=START.astimezone(zone) + MINUTE)
    assert {found.at.tzinfo} | {instant.tzinfo for term in found.terms for instant in (term.base, term.at)} == {UTC}


def test_a_window_for_ever_may_be_lengthened() -> None:
    for_ever = datetime.max.replace(tzinfo=UTC)
    found = session_end(started_at=START, minutes=60, window_end=for_ever, window_extra=timedelta(days=1))
    assert found.terms[1].at == for_ever
    assert found.at == START + 60 * MINUTE


@pytest.mark.parametrize("naive", ["started_at", "window_end"])
def test_a_naive_datetime_is_refused(naive: str) -> None:
    instants = {"started_at": START, "window_end": START + 90 * MINUTE}
    instants[naive] = instants[naive].replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        session_end(minutes=60, started_at=instants["started_at"], window_end=instants["window_end"])


def test_the_limit_is_known_where_the_window_decides() -> None:
    found = end(window=30 * MINUTE, limit_extra=10 * MINUTE)
    assert (found.at, found.limit_at) == (START + 30 * MINUTE, START + 70 * MINUTE)
