"""One student's paper: draw, order, options and points from a seed, the same for ever."""

from decimal import Decimal

import pytest

from examhall.domain.errors import NotEnoughQuestions
from examhall.domain.paper import LaidOutQuestion, Paper, lay_out
from examhall.domain.words import QuestionType
from tests.unit.domain.papers import choice, option, paper, question

TEN = tuple(choice(id_, correct=[10 * id_], wrong=[10 * id_ + n for n in (1, 2, 3)]) for id_ in range(1, 11))
SEEDS = range(60)


def ids(layout: tuple[LaidOutQuestion, ...]) -> list[int]:
    return [laid.question.exam_question_id for laid in layout]


def option_ids(layout: tuple[LaidOutQuestion, ...]) -> list[list[int]]:
    return [[each.id for each in laid.options] for laid in layout]


def test_a_plain_paper_is_given_as_written() -> None:
    exam = paper(question(5, order=20), question(3, order=10), question(2, order=10), question(9, order=4))
    layout = lay_out(exam, seed=8)
    assert ids(layout) == [9, 2, 3, 5]
    assert [laid.position for laid in layout] == [1, 2, 3, 4]
    assert [laid.number for laid in layout] == [4, 10, 10, 20]


@pytest.mark.parametrize("fields", [{"draw_count": 10}, {"shuffle": True}, {"draw_count": 4, "shuffle": True}])
def test_a_drawn_or_shuffled_paper_is_numbered_by_position(fields: dict[str, object]) -> None:
    layout = lay_out(paper(*TEN, **fields), seed=8)
    assert [laid.number for laid in layout] == [laid.position for laid in layout] == list(range(1, len(layout) + 1))


def test_a_plain_paper_is_the_same_for_everybody() -> None:
    assert len({lay_out(paper(*TEN), seed=seed) for seed in SEEDS}) == 1


def test_a_draw_takes_its_number_and_keeps_the_order_of_the_paper() -> None:
    for seed in SEEDS:
        drawn = ids(lay_out(paper(*TEN, draw_count=4), seed=seed))
        assert len(drawn) == 4
        assert drawn == sorted(drawn)


def test_every_question_is_drawn_sooner_or_later() -> None:
    drawn = {id_ for seed in SEEDS for id_ in ids(lay_out(paper(*TEN, draw_count=4), seed=seed))}
    assert drawn == set(range(1, 11))


def test_a_draw_does_not_depend_on_how_the_questions_are_stored() -> None:
    for seed in SEEDS:
        backwards = lay_out(paper(*TEN[::-1], draw_count=4, shuffle=True), seed=seed)
        assert backwards == lay_out(paper(*TEN, draw_count=4, shuffle=True), seed=seed)


def test_options_keep_their_order_where_nothing_is_shuffled() -> None:
    layout = lay_out(paper(*TEN, draw_count=4), seed=8)
    assert option_ids(layout) == [[each.id for each in laid.question.options] for laid in layout]


def test_shuffling_moves_questions_and_options() -> None:
    layouts = [lay_out(paper(*TEN, shuffle=True), seed=seed) for seed in SEEDS]
    assert len({tuple(ids(layout)) for layout in layouts}) == len(SEEDS)
    assert {ids(layout)[0] for layout in layouts} == set(range(1, 11))
    firsts = {next(laid for laid in layout if laid.question.exam_question_id == 1).options[0].id for layout in layouts}
    assert firsts == {10, 11, 12, 13}


def test_the_layout_of_a_seed_is_pinned_for_ever() -> None:
    layout = lay_out(paper(*TEN, draw_count=4, shuffle=True), seed=20_261_025)
    assert ids(layout) == [7, 5, 6, 8]
    assert option_ids(layout) == [[70, 73, 72, 71], [53, 51, 50, 52], [62, 60, 61, 63], [82, 80, 83, 81]]


@pytest.mark.parametrize("type", [QuestionType.FILL_BLANK, QuestionType.ESSAY])
@pytest.mark.parametrize("shuffle", [False, True])
def test_texts_that_are_the_key_are_not_laid_out(type: QuestionType, shuffle: bool) -> None:  # noqa: A002
    exam = paper(question(1, type=type, options=(option(2, correct=True),)), shuffle=shuffle)
    assert lay_out(exam, seed=8)[0].options == ()


def test_true_false_lays_its_options_out() -> None:
    exam = paper(question(1, type=QuestionType.TRUE_FALSE, options=(option(2, correct=True), option(3))))
    assert option_ids(lay_out(exam, seed=8)) == [[2, 3]]


def test_points_follow_weight_over_the_drawn_questions() -> None:
    exam = paper(question(1, weight=Decimal(1)), question(2, weight=Decimal(2)), question(3, weight=Decimal(3)))
    assert [laid.points for laid in lay_out(exam, seed=8)] == [Decimal("16.67"), Decimal("33.33"), Decimal("50.00")]
    drawn = lay_out(paper(*exam.questions, draw_count=1), seed=8)
    assert [laid.points for laid in drawn] == [Decimal(100)]


def test_a_question_is_worth_the_same_to_everybody_whatever_their_order() -> None:
    exam = paper(*(question(id_, weight=Decimal(1)) for id_ in range(1, 8)), shuffle=True)
    worths = {
        frozenset((laid.question.exam_question_id, laid.points) for laid in lay_out(exam, seed=seed)) for seed in SEEDS
    }
    assert len(worths) == 1


@pytest.mark.parametrize(
    ("exam", "required", "available"),
    [(paper(*TEN, draw_count=11), 11, 10), (paper(), 1, 0), (paper(draw_count=20), 20, 0)],
)
def test_a_draw_larger_than_the_paper_is_refused(exam: Paper, required: int, available: int) -> None:
    with pytest.raises(NotEnoughQuestions) as refusal:
        lay_out(exam, seed=8)
    assert refusal.value.context == {"required": required, "available": available}


def test_a_draw_of_the_whole_paper_gives_the_whole_paper() -> None:
    assert ids(lay_out(paper(*TEN, draw_count=10), seed=8)) == list(range(1, 11))
