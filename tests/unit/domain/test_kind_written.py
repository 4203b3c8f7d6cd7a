"""Texts as answers: how blanks and essays are taken, and what an essay is worth."""

from decimal import Decimal

import pytest

from examhall.domain.errors import OptionNotInQuestion, ResponseInvalid, ValueInvalid
from examhall.domain.kinds import CLEARED, AuthoredOption, Grade, Response, StoredResponse, kind_of
from examhall.domain.paper import PaperQuestion
from examhall.domain.words import AuthoringFault, QuestionType, ResponseFault
from tests.unit.domain.papers import option, question

BLANK = question(1, type=QuestionType.FILL_BLANK, options=(option(9, correct=True, text="Paris"),))
ESSAY = question(2, type=QuestionType.ESSAY)
BOTH = pytest.mark.parametrize("asked", [BLANK, ESSAY], ids=["blank", "essay"])


def sent(**fields: object) -> Response:
    return Response(**fields, given=frozenset(fields))  # type: ignore[arg-type]  # each case names fields of a response


@BOTH
@pytest.mark.parametrize(
    "text", ["Paris", "  two\n lines\t", "\N{FULLWIDTH DIGIT TWO}", "0", "<b>&amp;</b>", "e\u0301"]
)
def test_a_text_is_kept_verbatim(asked: PaperQuestion, text: str) -> None:
    stored = kind_of(asked.type).normalise(asked, sent(answer_text=text))
    assert stored == StoredResponse(selected_ids=(), answer_text=text, answered=True)


@BOTH
@pytest.mark.parametrize(
    "response",
    [
        sent(answer_text=None),
        sent(answer_text=""),
        sent(answer_text=" \t\r\n\u00a0\u3000"),
        sent(answer_text=" " * 60_000),
        sent(answer_text="", selected_answer_id=None, selected_answer_ids=()),
    ],
)
def test_null_empty_and_blank_texts_clear_the_answer(asked: PaperQuestion, response: Response) -> None:
    assert kind_of(asked.type).normalise(asked, response) == CLEARED


@BOTH
@pytest.mark.parametrize("response", [sent(), sent(selected_answer_id=None), sent(selected_answer_ids=())])
def test_a_text_is_needed(asked: PaperQuestion, response: Response) -> None:
    with pytest.raises(ResponseInvalid) as refusal:
        kind_of(asked.type).normalise(asked, response)
    assert (refusal.value.field, refusal.value.context["reason"]) == ("answer_text", ResponseFault.MISSING)


@BOTH
@pytest.mark.parametrize(
    ("response", "field"),
    [
        (sent(selected_answer_id=9), "selected_answer_id"),
        (sent(selected_answer_id=9, answer_text="Paris"), "selected_answer_id"),
        (sent(selected_answer_ids=(9,), answer_text="Paris"), "selected_answer_ids"),
    ],
)
def test_an_option_cannot_be_selected_even_if_it_is_an_accepted_text(
    asked: PaperQuestion, response: Response, field: str
) -> None:
    with pytest.raises(OptionNotInQuestion) as refusal:
        kind_of(asked.type).normalise(asked, response)
    assert refusal.value.field == field


@pytest.mark.parametrize(("asked", "limit"), [(BLANK, 1_000), (ESSAY, 50_000)], ids=["blank", "essay"])
def test_the_longest_text_is_kept_and_one_character_more_is_refused(asked: PaperQuestion, limit: int) -> None:
    kind = kind_of(asked.type)
    assert kind.normalise(asked, sent(answer_text="\N{PIE}" * limit)).answered
    with pytest.raises(ResponseInvalid) as refusal:
        kind.normalise(asked, sent(answer_text="\N{PIE}" * (limit + 1)))
    assert (refusal.value.field, refusal.value.context) == (
        "answer_text",
        {"reason": ResponseFault.TOO_LONG, "limit": limit},
    )


@pytest.mark.parametrize("partial", [False, True])
def test_an_essay_is_pending_once_it_is_answered(partial: bool) -> None:
    kind, points = kind_of(QuestionType.ESSAY), Decimal(30)
    stored = StoredResponse(selected_ids=(), answer_text="Because.", answered=True)
    pending = Grade(score=Decimal(0), is_correct=False, pending=True)
    assert kind.grade(ESSAY, stored, points=points, partial_credit=partial) == pending
    nothing = Grade(score=Decimal(0), is_correct=False, pending=False)
    assert kind.grade(ESSAY, CLEARED, points=points, partial_credit=partial) == nothing


def test_an_essay_has_no_options() -> None:
    kind_of(QuestionType.ESSAY).check_options([])
    with pytest.raises(ValueInvalid) as refusal:
        kind_of(QuestionType.ESSAY).check_options([AuthoredOption(text="Because.", is_correct=True)])
    assert (refusal.value.field, refusal.value.context["reason"]) == ("answers", AuthoringFault.NO_OPTIONS_ALLOWED)


def test_every_question_type_has_rules_of_its_own() -> None:
    assert len({type(kind_of(each)) for each in QuestionType}) == len(QuestionType)
