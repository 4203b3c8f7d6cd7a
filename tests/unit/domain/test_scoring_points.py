"""Points: shares of the total, exact to the hundredth."""

from decimal import Decimal

import pytest

from examhall.domain.scoring import Share, allot_points


def shares(*claims: str) -> list[Share]:
    """Read "2" as weight 2 and "=30" as 30 explicit points (with weight 2, which must not matter)."""
    return [
        Share(weight=Decimal(2), points=Decimal(claim[1:]))
        if claim[0] == "="
        else Share(weight=Decimal(claim), points=None)
        for claim in claims
    ]


def allot(total: str, *claims: str) -> list[str]:
    return [str(points) for points in allot_points(shares(*claims), total=Decimal(total))]


@pytest.mark.parametrize(
    ("total", "claims", "expected"),
    [
        ("100", ["1"], ["100.00"]),
        ("100", ["1", "2", "3"], ["16.67", "33.33", "50.00"]),
        ("10", ["1", "1", "1"], ["3.34", "3.33", "3.33"]),
        ("20", ["1", "1", "1"], ["6.67", "6.67", "6.66"]),
        ("1", ["1"] * 7, ["0.15", "0.15", "0.14", "0.14", "0.14", "0.14", "0.14"]),
        ("100", ["0.5", "1.5"], ["25.00", "75.00"]),
        ("100", ["1", "0", "3"], ["25.00", "0.00", "75.00"]),
        ("100", ["0", "0", "0"], ["33.34", "33.33", "33.33"]),
        ("0", ["1", "2"], ["0.00", "0.00"]),
    ],
)
def test_points_follow_weight_by_largest_remainder(total: str, claims: list[str], expected: list[str]) -> None:
    assert allot(total, *claims) == expected


def test_a_total_smaller_than_the_paper_leaves_some_questions_without_points() -> None:
    assert allot("1", *["1"] * 150) == ["0.01"] * 100 + ["0.00"] * 50


@pytest.mark.parametrize(
    ("total", "claims", "expected"),
    [
        ("100", ["=40", "1", "2"], ["40.00", "20.00", "40.00"]),
        ("100", ["1", "=0", "1"], ["50.00", "0.00", "50.00"]),
        ("100", ["=33.33", "3", "=33.33"], ["33.33", "33.34", "33.33"]),
        ("100", ["=60", "=40"], ["60.00", "40.00"]),
        ("100", ["=60", "=40", "5"], ["60.00", "40.00", "0.00"]),
    ],
)
def test_explicit_points_stand_and_the_others_share_the_rest(
    total: str, claims: list[str], expected: list[str]
) -> None:
    assert allot(total, *claims) == expected


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param(["=30", "=20"], ["60.00", "40.00"], id="too-few"),
        pytest.param(["=50", "=49.99"], ["50.01", "49.99"], id="a-hundredth-too-few"),
        pytest.param(["=120", "=80"], ["60.00", "40.00"], id="too-many"),
        pytest.param(["=0.01", "=100"], ["0.01", "99.99"], id="a-hundredth-too-many"),
        pytest.param(["=98", "=98", "4"], ["49.00", "49.00", "2.00"], id="too-many-beside-a-weight"),
        pytest.param(["=0", "=0"], ["50.00", "50.00"], id="nothing-but-zeros"),
    ],
)
def test_everything_is_scaled_where_explicit_points_cannot_stand(claims: list[str], expected: list[str]) -> None:
    assert allot("100", *claims) == expected


@pytest.mark.parametrize("claim", ["-1", "=-1", "NaN", "=NaN", "Infinity", "=Infinity", "=0.005"])
def test_amounts_that_are_no_points_are_refused(claim: str) -> None:
    with pytest.raises(ValueError, match="points"):
        allot("100", claim, "1")


@pytest.mark.parametrize("total", ["-1", "NaN", "0.005"])
def test_totals_that_are_no_points_are_refused(total: str) -> None:
    with pytest.raises(ValueError, match="points"):
        allot(total, "1")


def test_points_need_a_question_to_go_to() -> None:
    with pytest.raises(ValueError, match="no question"):
        allot("100")


def test_nothing_is_shared_among_nobody() -> None:
    assert allot("0") == []
