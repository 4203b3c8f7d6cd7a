"""Blanks: accepted texts, accepted numbers, and nothing that a student types blows anything up."""

from decimal import Decimal, localcontext

import pytest

from examhall.domain.errors import ValueInvalid
from examhall.domain.kinds import CLEARED, AuthoredOption, Grade, StoredResponse, kind_of
from examhall.domain.words import AuthoringFault, QuestionType
from tests.unit.domain.papers import option, question

POINTS = Decimal("7.25")
KIND = kind_of(QuestionType.FILL_BLANK)


def accepts(text: str, *accepted: str, tolerance: str | None = None) -> bool:
    """Grade a text against accepted ones; the grade is all or nothing, with or without partial credit."""
    options = tuple(option(n, correct=True, text=each, tolerance=tolerance) for n, each in enumerate(accepted, 1))
    asked = question(1, type=QuestionType.FILL_BLANK, options=options)
    stored = StoredResponse(selected_ids=(), answer_text=text, answered=True)
    grades = {KIND.grade(asked, stored, points=POINTS, partial_credit=partial) for partial in (False, True)}
    assert len(grades) == 1
    found = grades.pop()
    assert found == Grade(score=POINTS if found.is_correct else Decimal(0), is_correct=found.is_correct, pending=False)
    return found.is_correct


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Paris", "Paris"),
        ("  paRIS\n", "Paris"),
        ("New \t\u00a0\u2003York", "new york"),
        ("STRASSE", "Straße"),
        ("caf\u00e9", "cafe\u0301"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}1", "a1"),
        ("\N{LATIN SMALL LIGATURE FI}n", "fin"),
        ("x²", "x2"),
        ("¿Qué?", "¿qué?"),
        ("3.14", "3.14"),
    ],
)
def test_texts_are_compared_without_case_composition_and_white_space(text: str, accepted: str) -> None:
    assert accepts(text, accepted)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [("Pariss", "Paris"), ("NewYork", "New York"), ("cafe", "café"), ("3,14", "3.14"), ("4.0", "4"), ("04", "4")],
)
def test_other_texts_are_not_accepted(text: str, accepted: str) -> None:
    assert not accepts(text, accepted)


def test_any_of_the_accepted_texts_will_do() -> None:
    assert accepts("H2O", "water", "H₂O", "agua")


def test_a_text_that_is_not_marked_correct_is_not_accepted() -> None:
    asked = question(
        1, type=QuestionType.FILL_BLANK, options=(option(1, text="Lyon"), option(2, correct=True, text="Paris"))
    )
    stored = StoredResponse(selected_ids=(), answer_text="Lyon", answered=True)
    assert not KIND.grade(asked, stored, points=POINTS, partial_credit=False).is_correct


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("3.14", True),
        ("3,14", True),
        ("3.15", True),
        ("3.13", True),
        ("3.1500000000000000000000000000000000000000", True),
        ("3.1500000000000000000000000000000000000001", False),
        ("3.1299999999999999999999999999999999999999", False),
        ("3.16", False),
        ("+3.14", True),
        (" 3.14 ", True),
        ("314e-2", True),
        ("0.314E1", True),
        ("3.140", True),
        ("03.14", True),
        ("\N{FULLWIDTH DIGIT THREE}.14", True),
        ("-3.14", False),
        ("3", False),
        ("3.14.", False),
        ("3.1,4", False),
        ("3,1,4", False),
        ("3 .14", False),
        ("0x3", False),
        ("3_1", False),
        ("pi", False),
        ("", False),
    ],
)
def test_a_number_is_accepted_within_its_tolerance_bounds_included(text: str, accepted: bool) -> None:
    assert accepts(text, "3.14", tolerance="0.01") is accepted


@pytest.mark.parametrize(
    ("text", "target", "tolerance", "accepted"),
    [
        ("4.0", "4", "0", True),
        ("4.0000000001", "4", "0", False),
        (".5", "0,5", "0", True),
        ("5.", "5", "0", True),
        ("\N{MINUS SIGN}2", "-2", "0", True),
        ("-0", "0", "0", True),
        ("0", "1e-3", "0.001", True),
        ("6.03e23", "6.022e23", "1000000000", False),
        ("1,000", "1", "0", True),
        ("1,000", "1000", "0", False),
        ("1e200", "0", "5", False),
        ("1e-200", "0", "0", False),
        ("1e-200", "0", "0.0000000001", True),
    ],
)
def test_numbers_are_read_with_point_or_comma_and_compared_exactly(
    text: str, target: str, tolerance: str, accepted: bool
) -> None:
    assert accepts(text, target, tolerance=tolerance) is accepted


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "text",
    [
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e99999999999999999999",
        "1e999",
        "9" * 1_000,
        "0." + "0" * 900 + "1",
        "NaN",
        "sNaN",
        "nan123",
        "Infinity",
        "-inf",
        "1e",
        "e5",
        "٣",
        "½",
    ],
)
def test_numbers_beyond_all_bounds_are_wrong_and_cost_nothing(text: str) -> None:
    assert not accepts(text, "3", tolerance="9999999999")


def test_the_comparison_does_not_depend_on_the_callers_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 2
        assert accepts("3.145", "3.14", tolerance="0.005")
        assert not accepts("3.1451", "3.14", tolerance="0.005")


def test_words_may_stand_beside_a_number() -> None:
    options = (option(1, correct=True, text="2", tolerance="0.1"), option(2, correct=True, text="two"))
    asked = question(1, type=QuestionType.FILL_BLANK, options=options)
    for text in ("2.05", "TWO"):
        stored = StoredResponse(selected_ids=(), answer_text=text, answered=True)
        assert KIND.grade(asked, stored, points=POINTS, partial_credit=False).is_correct


def test_an_unanswered_blank_is_worth_nothing() -> None:
    asked = question(1, type=QuestionType.FILL_BLANK, options=(option(1, correct=True, text="x"),))
    found = KIND.grade(asked, CLEARED, points=POINTS, partial_credit=True)
    assert found == Grade(score=Decimal(0), is_correct=False, pending=False)


def accepted_text(text: str, *, correct: bool = True, tolerance: str | None = None) -> AuthoredOption:
    return AuthoredOption(text=text, is_correct=correct, tolerance=None if tolerance is None else Decimal(tolerance))


@pytest.mark.parametrize(
    "options",
    [
        [accepted_text("Paris")],
        [accepted_text("Paris"), accepted_text("Paname")],
        [accepted_text("3.14", tolerance="0.01"), accepted_text("π")],
        [accepted_text("3,14", tolerance="0")],
        [accepted_text("1e3", tolerance="9999999999.9999999999")],
        [accepted_text("3.14", tolerance="1E-10")],
        [accepted_text("a" * 1_000)],
    ],
)
def test_accepted_texts_make_a_blank(options: list[AuthoredOption]) -> None:
    KIND.check_options(options)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], AuthoringFault.NO_CORRECT_OPTION),
        ([accepted_text("Paris"), accepted_text("Lyon", correct=False)], AuthoringFault.ONLY_CORRECT_TEXTS),
        ([accepted_text(" ")], AuthoringFault.BLANK),
        ([accepted_text("Paris"), accepted_text(" PARIS ")], AuthoringFault.DUPLICATE_OPTION),
        ([accepted_text("H2O"), accepted_text("h₂o")], AuthoringFault.DUPLICATE_OPTION),
        ([accepted_text("a" * 1_001)], AuthoringFault.TOO_LONG),
        ([accepted_text("Paris", tolerance="0.1")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("1e999", tolerance="0.1")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="-0.1")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="NaN")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="sNaN")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="Infinity")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="10000000000")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="1E-11")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="1E-999999999")], AuthoringFault.NOT_A_TOLERANCE),
        ([accepted_text("3", tolerance="1E+999999999")], AuthoringFault.NOT_A_TOLERANCE),
    ],
)
def test_texts_that_make_no_blank_are_refused(options: list[AuthoredOption], reason: AuthoringFault) -> None:
    with pytest.raises(ValueInvalid) as refusal:
        KIND.check_options(options)
    assert (refusal.value.field, refusal.value.context["reason"]) == ("answers", reason)
