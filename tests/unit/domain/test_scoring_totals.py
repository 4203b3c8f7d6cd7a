"""Totals, percentage, letter, level and pass mark."""

from decimal import Decimal

import pytest

from examhall.domain.scoring import Level, Mark, Totals, letter, level, passed, result_status, totals
from examhall.domain.words import ResultStatus


def mark(
    score: str, points: str = "25", *, answered: bool = True, correct: bool = False, pending: bool = False
) -> Mark:
    return Mark(points=Decimal(points), score=Decimal(score), answered=answered, is_correct=correct, pending=pending)


RIGHT = mark("25.00", correct=True)
PARTLY = mark("8.33")
WRONG = mark("0.00")
BLANK = mark("0.00", answered=False)
PENDING = mark("0.00", pending=True)


def test_marks_add_up_and_every_question_is_counted_once() -> None:
    assert totals([RIGHT, PARTLY, WRONG, BLANK, BLANK, PENDING], total_score=150) == Totals(
        total_score=Decimal("33.33"),
        percentage=Decimal("22.22"),
        correct_count=1,
        wrong_count=2,
        unanswered_count=2,
        pending_count=1,
    )


def test_nothing_adds_up_to_nothing() -> None:
    assert totals([], total_score=100) == Totals(
        total_score=Decimal(0),
        percentage=Decimal(0),
        correct_count=0,
        wrong_count=0,
        unanswered_count=0,
        pending_count=0,
    )


def test_totals_have_two_decimals_on_the_wire() -> None:
    found = totals(iter([mark("5", correct=True)]), total_score=5)
    assert (str(found.total_score), str(found.percentage)) == ("5.00", "100.00")
    empty = totals([BLANK], total_score=40)
    assert (str(empty.total_score), str(empty.percentage)) == ("0.00", "0.00")


@pytest.mark.parametrize(
    ("score", "total", "expected"),
    [
        ("1", 3, "33.33"),
        ("2", 3, "66.67"),
        ("0.01", 800, "0.00"),
        ("0.04", 800, "0.01"),
        ("899.94", 1000, "89.99"),
        ("899.95", 1000, "90.00"),
        ("5", 5, "100.00"),
        ("5.01", 5, "100.00"),
        ("0.5", 1, "50.00"),
        ("1", 0, "0.00"),
    ],
)
def test_the_percentage_is_rounded_half_up_and_stays_within_a_hundred(score: str, total: int, expected: str) -> None:
    assert str(totals([mark(score)], total_score=total).percentage) == expected


@pytest.mark.parametrize(
    ("percentage", "expected"),
    [
        ("100", "A"),
        ("90.01", "A"),
        ("90", "A"),
        ("89.99", "B"),
        ("80", "B"),
        ("79.99", "C"),
        ("70", "C"),
        ("69.99", "D"),
        ("60", "D"),
        ("59.99", "F"),
        ("0", "F"),
    ],
)
def test_letters_change_at_their_bounds(percentage: str, expected: str) -> None:
    assert letter(Decimal(percentage)) == expected


@pytest.mark.parametrize(
    ("percentage", "expected"),
    [
        ("100", Level.ADVANCED),
        ("90", Level.ADVANCED),
        ("89.99", Level.INTERMEDIATE),
        ("70", Level.INTERMEDIATE),
        ("69.99", Level.BASIC),
        ("0", Level.BASIC),
    ],
)
def test_levels_change_at_their_bounds(percentage: str, expected: Level) -> None:
    assert level(Decimal(percentage)) is expected


def test_levels_carry_the_words_of_the_certification_api() -> None:
    assert [name.value for name in Level] == ["avanzado", "intermedio", "basico"]


@pytest.mark.parametrize(("percentage", "expected"), [("69.99", False), ("70.00", True), ("70.01", True)])
def test_the_pass_mark_itself_passes(percentage: str, expected: bool) -> None:
    assert passed(percentage=Decimal(percentage), pass_mark=70) is expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [([RIGHT, BLANK], ResultStatus.GRADED), ([RIGHT, PENDING], ResultStatus.PENDING), ([], ResultStatus.GRADED)],
)
def test_a_result_is_pending_while_an_answer_awaits_a_person(marks: list[Mark], expected: ResultStatus) -> None:
    assert result_status(totals(marks, total_score=100)) is expected
