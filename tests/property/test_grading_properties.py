"""Grading: whatever a student sends, it is refused by name or worth 0 to the question's points."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from examhall.domain.errors import OptionNotInQuestion, ResponseInvalid, ValueInvalid
from examhall.domain.kinds import CLEARED, AuthoredOption, Response, StoredResponse, kind_of
from examhall.domain.kinds.folding import folded, number
from examhall.domain.paper import CHOICE_TYPES, PaperOption, PaperQuestion
from examhall.domain.scoring import CENT
from examhall.domain.words import QuestionType
from tests.property.strategies import amounts, questions
from tests.unit.domain.papers import question as a_question

FIELDS = ["selected_answer_id", "selected_answer_ids", "answer_text"]
QUESTIONS = questions(1, st.sampled_from(QuestionType))
CHOICES = questions(1, st.sampled_from(sorted(CHOICE_TYPES)))
POINTS = amounts(most=50)
IDS = st.integers(8, 18)  # the options of question 1 are 10 to 15
NUMBERS = st.from_regex(r"[-+]?[0-9]{0,30}[.,]?[0-9]{0,30}([eE][-+]?[0-9]{1,9})?", fullmatch=True)
WRITTEN = st.one_of(st.text(), NUMBERS, st.sampled_from(["nan", "-inf", "1e999999999", " ", "\0"]))

RESPONSES = st.builds(
    Response,
    selected_answer_id=st.one_of(st.none(), IDS),
    selected_answer_ids=st.one_of(st.none(), st.lists(IDS, max_size=5).map(tuple)),
    answer_text=st.one_of(st.none(), WRITTEN),
    given=st.sets(st.sampled_from(FIELDS)).map(frozenset),
)


@given(QUESTIONS, RESPONSES, POINTS, st.booleans())
def test_a_response_is_refused_by_name_or_worth_zero_to_the_points(
    question: PaperQuestion, response: Response, points: Decimal, partial: bool
) -> None:
    kind = kind_of(question.type)
    stored = _stored_or_refused(question, response)
    if not isinstance(stored, StoredResponse):
        assert stored.field in FIELDS
        return
    grade = kind.grade(question, stored, points=points, partial_credit=partial)
    assert 0 <= grade.score <= points
    assert grade.score == grade.score.quantize(CENT)
    assert grade.pending is (question.type is QuestionType.ESSAY and stored.answered)
    if grade.is_correct:
        assert grade.score == points
    if not stored.answered:
        assert stored == CLEARED
        assert grade.score == 0
        assert not grade.is_correct


@given(CHOICES, st.data(), POINTS, st.booleans())
def test_only_the_exact_key_is_correct(
    question: PaperQuestion, data: st.DataObject, points: Decimal, partial: bool
) -> None:
    ids = [option.id for option in question.options]
    selected = data.draw(st.sets(st.sampled_from(ids), min_size=1)) if ids else set()
    stored = StoredResponse(selected_ids=tuple(sorted(selected)), answer_text="", answered=bool(selected))
    grade = kind_of(question.type).grade(question, stored, points=points, partial_credit=partial)
    assert grade.is_correct is (bool(selected) and selected == question.correct_option_ids)


@given(CHOICES, st.data(), POINTS)
def test_one_more_right_option_never_costs_and_one_more_wrong_never_pays(
    question: PaperQuestion, data: st.DataObject, points: Decimal
) -> None:
    def score(selected: set[int]) -> Decimal:
        stored = StoredResponse(selected_ids=tuple(sorted(selected)), answer_text="", answered=bool(selected))
        return kind_of(question.type).grade(question, stored, points=points, partial_credit=True).score

    ids = [option.id for option in question.options]
    if not question.allows_several:
        return
    selected = data.draw(st.sets(st.sampled_from(ids)))
    more = data.draw(st.sampled_from(ids))
    before, after = score(selected - {more}), score(selected | {more})
    assert (before <= after) if more in question.correct_option_ids else (before >= after)


@given(st.text(min_size=1, max_size=60).filter(folded))
def test_every_accepted_text_answers_its_blank(text: str) -> None:
    accepted = PaperOption(id=10, text=text, is_correct=True)
    asked = _blank(accepted)
    for typed in (text, f"  {text}\n"):
        assert kind_of(asked.type).grade(asked, _written(typed), points=Decimal(1), partial_credit=False).is_correct


@given(
    amounts(most=1_000, places=3),
    amounts(most=10, places=3),
    amounts(most=1_000, places=3),
    st.booleans(),
)
def test_a_number_is_right_exactly_within_its_tolerance(
    target: Decimal, tolerance: Decimal, value: Decimal, comma: bool
) -> None:
    asked = _blank(PaperOption(id=10, text=str(target), is_correct=True, tolerance=tolerance))
    typed = str(value).replace(".", ",") if comma else str(value)
    grade = kind_of(asked.type).grade(asked, _written(typed), points=Decimal(1), partial_credit=False)
    assert grade.is_correct is (abs(value - target) <= tolerance)


@given(WRITTEN)
def test_a_text_is_a_finite_number_of_bounded_size_or_none(text: str) -> None:
    value = number(text)
    assert value is None or (value.is_finite() and (not value or Decimal("1e-201") < abs(value) < Decimal("1e201")))


AUTHORED = st.lists(
    st.builds(
        AuthoredOption,
        text=WRITTEN,
        is_correct=st.booleans(),
        tolerance=st.one_of(st.none(), st.decimals(), st.just(Decimal("0.5"))),
    ),
    max_size=5,
)


@given(st.sampled_from(QuestionType), AUTHORED)
def test_options_are_accepted_or_refused_as_answers(
    type: QuestionType,  # noqa: A002 - the contract's word
    authored: list[AuthoredOption],
) -> None:
    refusal = _refusal_of(type, authored)
    if refusal is not None:
        assert refusal.field == "answers"
        return
    assert all(option.text.strip() for option in authored)
    assert len({option.text for option in authored}) == len(authored)
    assert any(option.is_correct for option in authored) is (type is not QuestionType.ESSAY)


def _blank(accepted: PaperOption) -> PaperQuestion:
    return a_question(1, type=QuestionType.FILL_BLANK, options=(accepted,))


def _written(text: str) -> StoredResponse:
    return StoredResponse(selected_ids=(), answer_text=text, answered=True)


def _stored_or_refused(
    question: PaperQuestion, response: Response
) -> StoredResponse | OptionNotInQuestion | ResponseInvalid:
    try:
        return kind_of(question.type).normalise(question, response)
    except (OptionNotInQuestion, ResponseInvalid) as refusal:
        return refusal


def _refusal_of(
    type: QuestionType,  # noqa: A002 - the contract's word
    authored: list[AuthoredOption],
) -> ValueInvalid | None:
    try:
        kind_of(type).check_options(authored)
    except ValueInvalid as refusal:
        return refusal
    return None
