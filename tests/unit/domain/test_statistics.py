"""Statistics: rates, summaries, distributions, trend."""

from decimal import Decimal

import pytest

from examhall.domain.statistics import (
    ScoreSummary,
    StatusCounts,
    Trend,
    completion_rate,
    grade_distribution,
    improvement_trend,
    score_distribution,
    summarise,
)


def decimals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("completed", "total", "expected"),
    [(0, 0, 0.0), (0, 7, 0.0), (1, 1, 100.0), (1, 3, 33.33), (2, 3, 66.67), (1, 800, 0.13), (5, 8, 62.5)],
)
def test_the_completion_rate_is_a_percentage_with_two_decimals(completed: int, total: int, expected: float) -> None:
    counts = StatusCounts(total=total, completed=completed, in_progress=total - completed, abandoned=0, timeout=0)
    assert completion_rate(counts) == expected


def test_only_sessions_that_were_handed_in_are_complete() -> None:
    counts = StatusCounts(total=10, completed=4, in_progress=3, abandoned=2, timeout=1)
    assert completion_rate(counts) == 40.0


def test_scores_are_summarised() -> None:
    assert summarise(decimals("10", "12.50", "99.99")) == ScoreSummary(average=40.83, highest=99.99, lowest=10.0)


def test_an_average_is_rounded_half_up() -> None:
    assert summarise(decimals("0.01", "0.02")).average == 0.02


def test_no_scores_are_summarised_as_zeros() -> None:
    assert summarise([]) == ScoreSummary(average=0.0, highest=0.0, lowest=0.0)


@pytest.mark.parametrize(
    ("percentage", "band"),
    [
        ("0", "0-20"),
        ("20", "0-20"),
        ("20.01", "21-40"),
        ("40", "21-40"),
        ("40.01", "41-60"),
        ("60", "41-60"),
        ("60.01", "61-80"),
        ("80", "61-80"),
        ("80.01", "81-100"),
        ("100", "81-100"),
    ],
)
def test_a_band_includes_its_upper_bound(percentage: str, band: str) -> None:
    found = score_distribution(decimals(percentage))
    assert found == {**dict.fromkeys(["0-20", "21-40", "41-60", "61-80", "81-100"], 0), band: 1}


def test_the_bands_come_in_order_even_when_empty() -> None:
    assert list(score_distribution([]).items()) == [
        ("0-20", 0),
        ("21-40", 0),
        ("41-60", 0),
        ("61-80", 0),
        ("81-100", 0),
    ]


def test_letters_are_counted_in_order_even_when_nobody_has_them() -> None:
    found = grade_distribution(decimals("95", "90", "89.99", "60", "12", "0"))
    assert list(found.items()) == [("A", 2), ("B", 1), ("C", 0), ("D", 1), ("F", 2)]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], Trend.UNKNOWN),
        (["50"], Trend.UNKNOWN),
        (["10", "90"], Trend.UNKNOWN),
        (["50", "50", "50"], Trend.STABLE),
        (["10", "20", "30"], Trend.IMPROVING),
        (["30", "20", "10"], Trend.DECLINING),
        (["50", "0", "51"], Trend.STABLE),
        (["50", "0", "51.01"], Trend.IMPROVING),
        (["51", "99", "50"], Trend.STABLE),
        (["51.01", "99", "50"], Trend.DECLINING),
        (["50", "50.5", "51", "51.5"], Trend.STABLE),
        (["50", "50.5", "51", "51.51"], Trend.IMPROVING),
        (["90", "10", "20", "30", "40"], Trend.DECLINING),
    ],
)
def test_the_trend_is_the_slope_of_the_least_squares_line(scores: list[str], expected: Trend) -> None:
    assert improvement_trend(decimals(*scores)) is expected


def test_trends_carry_the_words_of_the_contract() -> None:
    assert {trend.value for trend in Trend} == {"improving", "declining", "stable", "unknown"}
