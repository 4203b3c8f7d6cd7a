"""The paper's canonical text: one text for equal papers, an address, and back."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from examhall.domain.paper import PaperOption, digest, dump, load
from examhall.domain.words import Difficulty, QuestionType
from tests.unit.domain.papers import choice, option, paper, question

FULL = paper(
    choice(27, correct=[121], wrong=[120, 122], difficulty=Difficulty.EASY, image_url="/media/suma.svg", order=3),
    question(
        28,
        type=QuestionType.FILL_BLANK,
        text="¿Cuánto vale π?\n$\\pi$ 🥧",
        points=Decimal("12.50"),
        options=(option(130, correct=True, text="3,14", tolerance="0.005"),),
    ),
    question(29),
    exam_id=4,
    total_score=80,
    minutes=90,
    draw_count=2,
    question_seconds=65,
    shuffle=True,
    partial_credit=True,
    pass_mark=70,
)


def test_a_paper_comes_back_as_it_was() -> None:
    assert load(dump(FULL)) == FULL


def test_the_text_is_pinned_for_ever() -> None:
    # Stored papers carry this digest: a change here means that the format has to change.
    assert digest(dump(FULL)) == "5755ec90015fba3f55f6e91fe6167952b97fd2e5cc2f24d1742fc4352de268bb"
    small = paper(question(1, type=QuestionType.FILL_BLANK, options=(option(2, correct=True, text="sí"),)))
    assert dump(small) == (
        '{"draw_count":null,"exam_id":7,"format":1,"minutes":45,"partial_credit":false,"pass_mark":null,'
        '"question_seconds":null,"questions":[{"code":"Q1","difficulty":"medium","exam_question_id":1,"image_url":null,'
        '"options":[{"id":2,"is_correct":true,"text":"s\\u00ed","tolerance":null}],"order":1,"points":null,'
        '"question_id":501,"text":"What is 1 + 1?","type":"fill_blank","weight":"2"}],"shuffle":false,"total_score":100}'
    )


@pytest.mark.parametrize(("one", "other"), [("5", "5.00"), ("0", "-0.00"), ("100", "1E+2"), ("0.5", "0.5000000000")])
def test_equal_decimals_give_one_text(one: str, other: str) -> None:
    texts = {dump(paper(question(1, weight=Decimal(value), points=Decimal(value)))) for value in (one, other)}
    assert len(texts) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 91},
        {"draw_count": None},
        {"partial_credit": False},
        {"questions": FULL.questions[:2]},
        {"questions": FULL.questions[::-1]},
        {"questions": (replace(FULL.questions[0], weight=Decimal(3)), *FULL.questions[1:])},
        {"questions": (replace(FULL.questions[0], options=FULL.questions[0].options[::-1]), *FULL.questions[1:])},
    ],
)
def test_another_paper_has_another_digest(changes: dict[str, object]) -> None:
    other = replace(FULL, **changes)  # type: ignore[arg-type]  # each case names fields of the paper
    assert digest(dump(other)) != digest(dump(FULL))


def test_the_text_is_ascii_whatever_the_question_says() -> None:
    assert dump(FULL).isascii()


def test_text_of_another_format_is_refused() -> None:
    document = json.loads(dump(FULL)) | {"format": 2}
    with pytest.raises(ValueError, match="format 2"):
        load(json.dumps(document))


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_a_decimal_that_is_no_number_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        dump(paper(question(1, weight=Decimal(value))))


def test_a_question_is_found_by_its_exam_question() -> None:
    assert FULL.question(28).question_id == 528


def test_a_question_of_another_exam_is_not_found() -> None:
    with pytest.raises(KeyError):
        FULL.question(1)


def test_a_paper_holds_each_exam_question_once() -> None:
    with pytest.raises(ValueError, match="once"):
        paper(question(1), question(1, order=2))


def test_a_draw_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="draw"):
        paper(question(1), draw_count=0)


def test_the_key_is_the_correct_options() -> None:
    assert choice(1, correct=[11, 13], wrong=[12]).correct_option_ids == {11, 13}


@pytest.mark.parametrize(
    ("type", "correct", "expected"),
    [
        (QuestionType.MULTIPLE_CHOICE, [11], False),
        (QuestionType.MULTIPLE_CHOICE, [11, 12], True),
        (QuestionType.TRUE_FALSE, [11], False),
        (QuestionType.FILL_BLANK, [11, 12], False),
    ],
)
def test_only_a_multiple_choice_with_several_correct_options_takes_several(
    type: QuestionType,  # noqa: A002 - the contract's word
    correct: list[int],
    expected: bool,
) -> None:
    options: tuple[PaperOption, ...] = tuple(option(id_, correct=True) for id_ in correct)
    assert question(1, type=type, options=(*options, option(19))).allows_several is expected
