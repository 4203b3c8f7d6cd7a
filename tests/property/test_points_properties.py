"""Points: whatever the claims, the shares are hundredths, none negative, and add up to the total."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from examhall.domain.scoring import CENT, Mark, Share, allot_points, totals
from tests.property.strategies import POINTS, WEIGHTS, amounts

SHARES = st.lists(st.builds(Share, weight=WEIGHTS, points=POINTS), min_size=1, max_size=60)
TOTAL = amounts(most=500)


@given(SHARES, TOTAL)
def test_points_add_up_to_the_total_and_none_is_negative(shares: list[Share], total: Decimal) -> None:
    points = allot_points(shares, total=total)
    assert sum(points) == total
    assert len(points) == len(shares)
    assert all(each >= 0 and each == each.quantize(CENT) for each in points)


@given(SHARES, TOTAL)
def test_explicit_points_stand_wherever_they_can(shares: list[Share], total: Decimal) -> None:
    explicit = sum((share.points for share in shares if share.points is not None), Decimal(0))
    can_stand = explicit == total or (explicit < total and any(share.points is None for share in shares))
    points = allot_points(shares, total=total)
    if can_stand:
        assert all(share.points in (None, given_) for share, given_ in zip(shares, points, strict=True))


@given(st.lists(WEIGHTS.filter(bool), min_size=1, max_size=60), TOTAL)
def test_a_share_is_less_than_a_hundredth_off_its_quota(weights: list[Decimal], total: Decimal) -> None:
    points = allot_points([Share(weight=weight, points=None) for weight in weights], total=total)
    whole = sum(weights)
    for weight, given_ in zip(weights, points, strict=True):
        assert abs(given_ * whole - total * weight) < CENT * whole


@given(st.lists(WEIGHTS, min_size=1, max_size=60), TOTAL)
def test_more_weight_is_never_fewer_points(weights: list[Decimal], total: Decimal) -> None:
    points = allot_points([Share(weight=weight, points=None) for weight in weights], total=total)
    by_weight = sorted(zip(weights, points, strict=True))
    assert [given_ for _, given_ in by_weight] == sorted(points)


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    points = draw(amounts(most=20))
    answered = draw(st.booleans())
    return Mark(
        points=points,
        score=draw(st.integers(0, int(points * 100))) * CENT if answered else Decimal(0),
        answered=answered,
        is_correct=answered and draw(st.booleans()),
        pending=answered and draw(st.booleans()),
    )


@given(st.lists(marks(), max_size=40), st.integers(1, 300))
def test_totals_count_every_question_once_and_stay_within_a_hundred(given_: list[Mark], total_score: int) -> None:
    found = totals(given_, total_score=total_score)
    counts = (found.correct_count, found.wrong_count, found.unanswered_count, found.pending_count)
    assert sum(counts) == len(given_)
    assert found.total_score == sum(mark.score for mark in given_)
    assert 0 <= found.percentage <= 100


@given(SHARES, st.integers(1, 500))
def test_full_marks_are_a_hundred_percent(shares: list[Share], total_score: int) -> None:
    points = allot_points(shares, total=Decimal(total_score))
    full = [Mark(points=each, score=each, answered=True, is_correct=True, pending=False) for each in points]
    assert totals(full, total_score=total_score).percentage == 100
