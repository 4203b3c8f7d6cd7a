"""Choices: what may be authored, what may be answered, what it is worth."""

from decimal import Decimal

import pytest

from examhall.domain.errors import OptionNotInQuestion, ResponseInvalid, ValueInvalid
from examhall.domain.kinds import CLEARED, AuthoredOption, Grade, Response, StoredResponse, kind_of
from examhall.domain.paper import PaperQuestion
from examhall.domain.words import AuthoringFault, QuestionType, ResponseFault
from tests.unit.domain.papers import choice, option, question

ONE = choice(1, correct=[121], wrong=[120, 122, 123])
SEVERAL = choice(2, correct=[31, 33, 34], wrong=[32, 35])
TRUE_FALSE = question(3, type=QuestionType.TRUE_FALSE, options=(option(41), option(42, correct=True)))

POINTS = Decimal("12.50")


def sent(**fields: object) -> Response:
    return Response(**fields, given=frozenset(fields))  # type: ignore[arg-type]  # each case names fields of a response


def normalise(asked: PaperQuestion, response: Response) -> StoredResponse:
    return kind_of(asked.type).normalise(asked, response)


def grade(asked: PaperQuestion, *selected: int, partial: bool = False, points: Decimal = POINTS) -> Grade:
    stored = StoredResponse(selected_ids=selected, answer_text="", answered=bool(selected))
    return kind_of(asked.type).grade(asked, stored, points=points, partial_credit=partial)


@pytest.mark.parametrize(
    ("asked", "response", "selected"),
    [
        (ONE, sent(selected_answer_id=121), (121,)),
        (ONE, sent(selected_answer_ids=(122,)), (122,)),
        (ONE, sent(selected_answer_ids=(122, 122, 122)), (122,)),
        (ONE, sent(selected_answer_id=None, selected_answer_ids=(120,)), (120,)),
        (ONE, sent(selected_answer_id=120, selected_answer_ids=None), (120,)),
        (SEVERAL, sent(selected_answer_id=35), (35,)),
        (SEVERAL, sent(selected_answer_ids=(34, 31, 34)), (31, 34)),
        (SEVERAL, sent(selected_answer_ids=(31, 32, 33, 34, 35)), (31, 32, 33, 34, 35)),
        (TRUE_FALSE, sent(selected_answer_id=41), (41,)),
        (TRUE_FALSE, sent(selected_answer_ids=(42,)), (42,)),
        (ONE, sent(selected_answer_id=121, answer_text=""), (121,)),
        (ONE, sent(selected_answer_id=121, answer_text=" \n"), (121,)),
        (ONE, sent(selected_answer_id=121, answer_text=None), (121,)),
    ],
)
def test_a_selection_in_either_form_is_kept(
    asked: PaperQuestion, response: Response, selected: tuple[int, ...]
) -> None:
    assert normalise(asked, response) == StoredResponse(selected_ids=selected, answer_text="", answered=True)


@pytest.mark.parametrize(
    "response",
    [
        sent(selected_answer_id=None),
        sent(selected_answer_ids=None),
        sent(selected_answer_ids=()),
        sent(selected_answer_id=None, selected_answer_ids=None, answer_text=None),
        sent(selected_answer_id=None, selected_answer_ids=(), answer_text=""),
    ],
)
@pytest.mark.parametrize("asked", [ONE, SEVERAL, TRUE_FALSE], ids=["one", "several", "true-false"])
def test_null_and_an_empty_list_clear_the_answer(asked: PaperQuestion, response: Response) -> None:
    assert normalise(asked, response) == CLEARED == StoredResponse(selected_ids=(), answer_text=None, answered=False)


@pytest.mark.parametrize(
    ("response", "field", "reason"),
    [
        (sent(), "selected_answer_id", ResponseFault.MISSING),
        (sent(answer_text="4"), "selected_answer_id", ResponseFault.MISSING),
        (sent(answer_text=""), "selected_answer_id", ResponseFault.MISSING),
        (sent(selected_answer_id=121, selected_answer_ids=(121,)), "selected_answer_ids", ResponseFault.BOTH_FORMS),
        (sent(selected_answer_id=121, selected_answer_ids=()), "selected_answer_ids", ResponseFault.BOTH_FORMS),
        (sent(selected_answer_id=121, answer_text="4"), "answer_text", ResponseFault.NEEDS_OPTION),
        (sent(selected_answer_id=None, answer_text="4"), "answer_text", ResponseFault.NEEDS_OPTION),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_a_response_that_selects_nothing_or_twice_or_in_words_is_refused(
    response: Response, field: str, reason: ResponseFault, several: bool
) -> None:
    asked = choice(1, correct=[121, 122] if several else [121], wrong=[120])
    with pytest.raises(ResponseInvalid) as refusal:
        normalise(asked, response)
    assert (refusal.value.field, refusal.value.context["reason"]) == (field, reason)


@pytest.mark.parametrize(("asked", "ids"), [(ONE, (120, 121)), (ONE, (121, 122, 123)), (TRUE_FALSE, (41, 42))])
def test_several_options_are_refused_where_one_is_correct(asked: PaperQuestion, ids: tuple[int, ...]) -> None:
    with pytest.raises(ResponseInvalid) as refusal:
        normalise(asked, sent(selected_answer_ids=ids))
    assert (refusal.value.field, refusal.value.context["reason"]) == (
        "selected_answer_ids",
        ResponseFault.ONE_OPTION_ONLY,
    )


@pytest.mark.parametrize(
    ("response", "field"),
    [
        (sent(selected_answer_id=31), "selected_answer_id"),
        (sent(selected_answer_id=0), "selected_answer_id"),
        (sent(selected_answer_id=-121), "selected_answer_id"),
        (sent(selected_answer_id=2**70), "selected_answer_id"),
        (sent(selected_answer_ids=(121, 31)), "selected_answer_ids"),
        (sent(selected_answer_ids=(31,)), "selected_answer_ids"),
    ],
)
def test_an_option_of_another_question_is_refused(response: Response, field: str) -> None:
    with pytest.raises(OptionNotInQuestion) as refusal:
        normalise(ONE, response)
    assert (refusal.value.field, refusal.value.context) == (field, {})


@pytest.mark.parametrize(
    ("asked", "selected", "expected"),
    [
        (ONE, [121], Grade(score=POINTS, is_correct=True, pending=False)),
        (ONE, [120], Grade(score=Decimal(0), is_correct=False, pending=False)),
        (TRUE_FALSE, [42], Grade(score=POINTS, is_correct=True, pending=False)),
        (TRUE_FALSE, [41], Grade(score=Decimal(0), is_correct=False, pending=False)),
        (SEVERAL, [31, 33, 34], Grade(score=POINTS, is_correct=True, pending=False)),
        (SEVERAL, [34, 33, 31], Grade(score=POINTS, is_correct=True, pending=False)),
        (SEVERAL, [31, 33], Grade(score=Decimal(0), is_correct=False, pending=False)),
        (SEVERAL, [31, 32, 33, 34], Grade(score=Decimal(0), is_correct=False, pending=False)),
    ],
)
def test_a_choice_is_all_or_nothing(asked: PaperQuestion, selected: list[int], expected: Grade) -> None:
    assert grade(asked, *selected) == expected


@pytest.mark.parametrize(
    ("selected", "score", "is_correct"),
    [
        ([31, 33, 34], "12.50", True),
        ([31, 33], "8.33", False),
        ([34], "4.17", False),
        ([31, 33, 34, 32], "8.33", False),
        ([31, 33, 32], "4.17", False),
        ([31, 32], "0.00", False),
        ([32, 35], "0.00", False),
        ([31, 32, 35], "0.00", False),
        ([31, 32, 33, 34, 35], "4.17", False),
    ],
)
def test_partial_credit_is_right_less_wrong_and_never_below_zero(
    selected: list[int], score: str, is_correct: bool
) -> None:
    assert grade(SEVERAL, *selected, partial=True) == Grade(score=Decimal(score), is_correct=is_correct, pending=False)


def test_partial_credit_is_rounded_half_up() -> None:
    asked = choice(1, correct=[1, 2, 3, 4], wrong=[5])
    assert grade(asked, 1, partial=True, points=Decimal("0.02")).score == Decimal("0.01")
    assert grade(asked, 1, partial=True, points=Decimal("0.01")).score == Decimal("0.00")


@pytest.mark.parametrize("asked", [ONE, TRUE_FALSE], ids=["one", "true-false"])
def test_partial_credit_changes_nothing_where_one_option_is_correct(asked: PaperQuestion) -> None:
    for each in asked.options:
        assert grade(asked, each.id, partial=True) == grade(asked, each.id)


@pytest.mark.parametrize("asked", [ONE, SEVERAL, TRUE_FALSE], ids=["one", "several", "true-false"])
@pytest.mark.parametrize("partial", [False, True])
def test_an_unanswered_choice_is_worth_nothing(asked: PaperQuestion, partial: bool) -> None:
    found = kind_of(asked.type).grade(asked, CLEARED, points=POINTS, partial_credit=partial)
    assert found == Grade(score=Decimal(0), is_correct=False, pending=False)


def authored(*texts: str, correct: int = 1) -> list[AuthoredOption]:
    """Write options; the first ``correct`` ones are right."""
    return [AuthoredOption(text=text, is_correct=place < correct) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("type", "options"),
    [
        (QuestionType.MULTIPLE_CHOICE, authored("3", "4")),
        (QuestionType.MULTIPLE_CHOICE, authored("3", "4", "5", correct=3)),
        (QuestionType.MULTIPLE_CHOICE, authored("mW", "MW")),
        (QuestionType.MULTIPLE_CHOICE, authored("x²", "x2")),
        (QuestionType.TRUE_FALSE, authored("True", "False")),
        (QuestionType.TRUE_FALSE, authored("Falso", "Verdadero")),
    ],
)
def test_options_that_make_a_choice_are_accepted(type: QuestionType, options: list[AuthoredOption]) -> None:  # noqa: A002
    kind_of(type).check_options(options)


WITH_TOLERANCE = [
    AuthoredOption(text="3", is_correct=True, tolerance=Decimal(1)),
    AuthoredOption(text="4", is_correct=False),
]


@pytest.mark.parametrize(
    ("type", "options", "reason"),
    [
        (QuestionType.MULTIPLE_CHOICE, [], AuthoringFault.TOO_FEW_OPTIONS),
        (QuestionType.MULTIPLE_CHOICE, authored("4"), AuthoringFault.TOO_FEW_OPTIONS),
        (QuestionType.MULTIPLE_CHOICE, authored("3", "4", correct=0), AuthoringFault.NO_CORRECT_OPTION),
        (QuestionType.MULTIPLE_CHOICE, authored("3", " \n"), AuthoringFault.BLANK),
        (QuestionType.MULTIPLE_CHOICE, authored("3", "4", "3"), AuthoringFault.DUPLICATE_OPTION),
        (QuestionType.MULTIPLE_CHOICE, authored("New York", "New \n York "), AuthoringFault.DUPLICATE_OPTION),
        (QuestionType.MULTIPLE_CHOICE, authored("caf\u00e9", "cafe\u0301"), AuthoringFault.DUPLICATE_OPTION),
        (QuestionType.MULTIPLE_CHOICE, WITH_TOLERANCE, AuthoringFault.NOT_A_TOLERANCE),
        (QuestionType.TRUE_FALSE, [], AuthoringFault.NEEDS_TWO_OPTIONS),
        (QuestionType.TRUE_FALSE, authored("True"), AuthoringFault.NEEDS_TWO_OPTIONS),
        (QuestionType.TRUE_FALSE, authored("True", "False", "Maybe"), AuthoringFault.NEEDS_TWO_OPTIONS),
        (QuestionType.TRUE_FALSE, authored("True", "False", correct=0), AuthoringFault.NEEDS_ONE_CORRECT),
        (QuestionType.TRUE_FALSE, authored("True", "False", correct=2), AuthoringFault.NEEDS_ONE_CORRECT),
        (QuestionType.TRUE_FALSE, authored("True", ""), AuthoringFault.BLANK),
        (QuestionType.TRUE_FALSE, authored("True", " True"), AuthoringFault.DUPLICATE_OPTION),
        (QuestionType.TRUE_FALSE, WITH_TOLERANCE, AuthoringFault.NOT_A_TOLERANCE),
    ],
)
def test_options_that_make_no_choice_are_refused(
    type: QuestionType,  # noqa: A002 - the contract's word
    options: list[AuthoredOption],
    reason: AuthoringFault,
) -> None:
    with pytest.raises(ValueInvalid) as refusal:
        kind_of(type).check_options(options)
    assert (refusal.value.field, refusal.value.context["reason"]) == ("answers", reason)
