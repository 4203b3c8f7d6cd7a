"""Points: how a paper's total is shared among its questions, and what marks add up to. Decimal only."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from examhall.domain.words import ResultStatus

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)

LETTERS = ((Decimal(90), "A"), (Decimal(80), "B"), (Decimal(70), "C"), (Decimal(60), "D"))
LOWEST_LETTER = "F"


class Level(StrEnum):
    """The level that a certification exam attests, in the words of the certification API."""

    ADVANCED = "avanzado"
    INTERMEDIATE = "intermedio"
    BASIC = "basico"


LEVELS = ((Decimal(90), Level.ADVANCED), (Decimal(70), Level.INTERMEDIATE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A question's claim on the total: its explicit points, or else its weight among the others."""

    weight: Decimal
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one question of a session came to; ``points`` is the most it could."""

    points: Decimal
    score: Decimal
    answered: bool
    is_correct: bool
    pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a session's marks add up to; ``percentage`` is 0 to 100 with two decimals."""

    total_score: Decimal
    percentage: Decimal
    correct_count: int
    wrong_count: int
    unanswered_count: int
    pending_count: int


def allot_points(shares: Sequence[Share], *, total: Decimal) -> tuple[Decimal, ...]:
    """Share ``total`` among questions so that their points, in hundredths, add up to it exactly.

    Explicit points stand as given and the other questions share what is left by weight, by largest remainder (ties go
    to the earlier question). Where that cannot work (the explicit points exceed the total, or nobody is left to take
    what they leave) everything is scaled, explicit points taken as weights beside the others' weights. Weights that are
    all zero count as equal.

    :raises ValueError: when there is something to share and nobody to take it, when an amount is negative or not finite,
        or when the total or explicit points are finer than hundredths.
    """
    whole = _cents(total)
    if not shares:
        if whole:
            raise ValueError("there is no question to take the points")
        return ()
    given = [None if share.points is None else _cents(share.points) for share in shares]
    left = whole - sum(cents for cents in given if cents is not None)
    open_shares = [share for share in shares if share.points is None]
    if left < 0 or (left > 0 and not open_shares):
        claims = [share.weight if share.points is None else share.points for share in shares]
        return tuple(_points(cents) for cents in _apportion(whole, claims))
    rest = iter(_apportion(left, [share.weight for share in open_shares]))
    return tuple(_points(next(rest) if cents is None else cents) for cents in given)


def totals(marks: Iterable[Mark], *, total_score: int) -> Totals:
    """Add up the marks of a session against the paper's ``total_score``.

    Unanswered questions and answers that still await a person are neither correct nor wrong.
    """
    score = ZERO
    correct = wrong = unanswered = pending = 0
    for mark in marks:
        score += mark.score
        if not mark.answered:
            unanswered += 1
        elif mark.pending:
            pending += 1
        elif mark.is_correct:
            correct += 1
        else:
            wrong += 1
    return Totals(
        total_score=score.quantize(CENT, rounding=ROUND_HALF_UP),
        percentage=_percentage(score, of=total_score),
        correct_count=correct,
        wrong_count=wrong,
        unanswered_count=unanswered,
        pending_count=pending,
    )


def letter(percentage: Decimal) -> str:
    """Give the letter grade: A from 90, B from 80, C from 70, D from 60, else F."""
    return next((name for least, name in LETTERS if percentage >= least), LOWEST_LETTER)


def level(percentage: Decimal) -> Level:
    """Give the certification level: avanzado from 90, intermedio from 70, else basico."""
    return next((name for least, name in LEVELS if percentage >= least), Level.BASIC)


def passed(*, percentage: Decimal, pass_mark: int) -> bool:
    """Say whether a percentage reaches the pass mark."""
    return percentage >= pass_mark


def result_status(totals: Totals) -> ResultStatus:
    """Call a result pending while an answer awaits a person, and graded after."""
    return ResultStatus.PENDING if totals.pending_count else ResultStatus.GRADED


def _percentage(score: Decimal, *, of: int) -> Decimal:
    if of <= 0:
        return ZERO
    share = (HUNDRED * score / of).quantize(CENT, rounding=ROUND_HALF_UP)
    return min(max(share, ZERO), HUNDRED.quantize(CENT))


def _apportion(cents: int, claims: Sequence[Decimal]) -> list[int]:
    """Divide whole hundredths by claims with the largest-remainder method (Hamilton), in exact integers."""
    weights = _whole_numbers(claims)
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(claims), len(claims)
    parts = [divmod(cents * weight, whole) for weight in weights]
    amounts = [quotient for quotient, _ in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: -parts[place][1])
    for place in by_remainder[: cents - sum(amounts)]:
        amounts[place] += 1
    return amounts


def _whole_numbers(claims: Sequence[Decimal]) -> list[int]:
    """Scale claims to integers in the same proportion."""
    ratios = [_checked(claim).as_integer_ratio() for claim in claims]
    scale = math.lcm(*(denominator for _, denominator in ratios))
    return [numerator * (scale // denominator) for numerator, denominator in ratios]


def _checked(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount < 0:
        message = f"points and weights are finite and not negative, not {amount}"
        raise ValueError(message)
    return amount


def _cents(amount: Decimal) -> int:
    numerator, denominator = _checked(amount).as_integer_ratio()
    cents, rest = divmod(100 * numerator, denominator)
    if rest:
        message = f"points have two decimals at most, not {amount}"
        raise ValueError(message)
    return cents


def _points(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
