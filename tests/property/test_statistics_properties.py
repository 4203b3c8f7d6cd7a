"""Statistics: bounds, counts that add up, and trends that turn with their scores."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from examhall.domain.statistics import (
    StatusCounts,
    Trend,
    completion_rate,
    grade_distribution,
    improvement_trend,
    score_distribution,
    summarise,
)
from tests.property.strategies import amounts

PERCENTAGES = st.lists(amounts(most=100), max_size=50)
COUNTS = st.integers(0, 500)

OPPOSITE = {
    Trend.IMPROVING: Trend.DECLINING,
    Trend.DECLINING: Trend.IMPROVING,
    Trend.STABLE: Trend.STABLE,
    Trend.UNKNOWN: Trend.UNKNOWN,
}


@given(PERCENTAGES)
def test_everybody_is_in_one_band_and_has_one_letter(percentages: list[Decimal]) -> None:
    assert sum(score_distribution(percentages).values()) == len(percentages)
    assert sum(grade_distribution(percentages).values()) == len(percentages)


@given(PERCENTAGES.filter(bool))
def test_an_average_lies_between_the_lowest_and_the_highest(percentages: list[Decimal]) -> None:
    summary = summarise(percentages)
    assert summary.lowest <= summary.average <= summary.highest
    assert (summary.lowest, summary.highest) == (float(min(percentages)), float(max(percentages)))


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_completion_rate_is_a_percentage(completed: int, in_progress: int, abandoned: int, timeout: int) -> None:
    total = completed + in_progress + abandoned + timeout
    rate = completion_rate(
        StatusCounts(total=total, completed=completed, in_progress=in_progress, abandoned=abandoned, timeout=timeout)
    )
    assert 0 <= rate <= 100
    assert round(rate, 2) == rate


@given(PERCENTAGES)
def test_the_trend_of_the_reverse_is_the_opposite(percentages: list[Decimal]) -> None:
    assert improvement_trend(percentages[::-1]) is OPPOSITE[improvement_trend(percentages)]


@given(PERCENTAGES, st.integers(-100, 100))
def test_the_trend_does_not_depend_on_the_level_of_the_scores(percentages: list[Decimal], shift: int) -> None:
    shifted = [percentage + shift for percentage in percentages]
    assert improvement_trend(shifted) is improvement_trend(percentages)


@given(st.integers(3, 40), amounts(most=5), st.booleans())
def test_a_straight_line_is_stable_up_to_half_a_point_an_attempt(count: int, slope: Decimal, falls: bool) -> None:
    scores = [Decimal(50) + place * (-slope if falls else slope) for place in range(count)]
    expected = Trend.STABLE if slope <= Decimal("0.5") else Trend.DECLINING if falls else Trend.IMPROVING
    assert improvement_trend(scores) is expected
