"""Statistics of sessions and results: rates, summaries, distributions, trend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from examhall.domain.scoring import CENT, LETTERS, LOWEST_LETTER, letter

BANDS = ((Decimal(20), "0-20"), (Decimal(40), "21-40"), (Decimal(60), "41-60"), (Decimal(80), "61-80"))
HIGHEST_BAND = "81-100"

TREND_MIN_RESULTS = 3
STABLE_SLOPE = Decimal("0.5")
"""The steepest slope, in points per attempt, that still counts as stable."""


class Trend(StrEnum):
    """Where a series of results is going."""

    IMPROVING = "improving"
    DECLINING = "declining"
    STABLE = "stable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCounts:
    """How many sessions there are, and how many in each state."""

    total: int
    completed: int
    in_progress: int
    abandoned: int
    timeout: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSummary:
    """Average (two decimals), highest and lowest of some scores; zeros for none."""

    average: float
    highest: float
    lowest: float


def completion_rate(counts: StatusCounts) -> float:
    """Give the percentage of sessions that were handed in, with two decimals; 0.0 when there are none."""
    if not counts.total:
        return 0.0
    return _rounded(Decimal(100 * counts.completed) / counts.total)


def summarise(scores: Sequence[Decimal]) -> ScoreSummary:
    """Summarise some scores."""
    if not scores:
        return ScoreSummary(average=0.0, highest=0.0, lowest=0.0)
    return ScoreSummary(
        average=_rounded(sum(scores, Decimal(0)) / len(scores)),
        highest=_rounded(max(scores)),
        lowest=_rounded(min(scores)),
    )


def score_distribution(percentages: Iterable[Decimal]) -> dict[str, int]:
    """Count percentages by band; each band includes its upper bound, and 20.5 lies in "21-40"."""
    counts = {**dict.fromkeys((name for _, name in BANDS), 0), HIGHEST_BAND: 0}
    for percentage in percentages:
        counts[next((name for most, name in BANDS if percentage <= most), HIGHEST_BAND)] += 1
    return counts


def grade_distribution(percentages: Iterable[Decimal]) -> dict[str, int]:
    """Count percentages by letter grade."""
    counts = {**dict.fromkeys((name for _, name in LETTERS), 0), LOWEST_LETTER: 0}
    for percentage in percentages:
        counts[letter(percentage)] += 1
    return counts


def improvement_trend(scores: Sequence[Decimal]) -> Trend:
    """Tell the trend of scores in the order in which they were made, by the slope of their least-squares line.

    The line's abscissa is the attempt's place; slope = sum(dx * y) / sum(dx * dx), with dx the distance of a place from
    the middle one. It is compared without dividing, so that the bounds are exact.
    """
    count = len(scores)
    if count < TREND_MIN_RESULTS:
        return Trend.UNKNOWN
    twice_dx = [2 * place - (count - 1) for place in range(count)]
    rise = 2 * sum((dx * score for dx, score in zip(twice_dx, scores, strict=True)), Decimal(0))
    bound = STABLE_SLOPE * sum(dx * dx for dx in twice_dx)
    if abs(rise) <= bound:
        return Trend.STABLE
    return Trend.IMPROVING if rise > 0 else Trend.DECLINING


def _rounded(value: Decimal) -> float:
    return float(value.quantize(CENT, rounding=ROUND_HALF_UP))
