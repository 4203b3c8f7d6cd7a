"""Papers: their text says all of them, and a seed lays them out in one way for ever."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examhall.domain.errors import NotEnoughQuestions
from examhall.domain.paper import CHOICE_TYPES, Paper, digest, dump, lay_out, load
from tests.property.strategies import SEEDS, papers


@given(papers())
def test_a_paper_comes_back_from_its_text(paper: Paper) -> None:
    text = dump(paper)
    assert load(text) == paper
    assert dump(load(text)) == text


@given(papers(), papers())
def test_papers_share_a_digest_exactly_if_they_are_equal(one: Paper, other: Paper) -> None:
    assert (digest(dump(one)) == digest(dump(other))) is (one == other)


@given(papers(), st.integers(0, 6))
def test_trailing_zeros_do_not_change_the_digest(paper: Paper, zeros: int) -> None:
    longer = tuple(
        replace(question, weight=Decimal(f"{question.weight}{'' if '.' in str(question.weight) else '.'}{'0' * zeros}"))
        for question in paper.questions
    )
    assert digest(dump(replace(paper, questions=longer))) == digest(dump(paper))


@given(papers(), SEEDS)
def test_a_layout_is_a_draw_of_the_paper_in_positions_from_one(paper: Paper, seed: int) -> None:
    layout = lay_out(paper, seed=seed)
    size = paper.draw_count or len(paper.questions)
    assert [laid.position for laid in layout] == list(range(1, size + 1))
    assert len({laid.question.exam_question_id for laid in layout}) == size
    assert all(laid.question is paper.question(laid.question.exam_question_id) for laid in layout)


@given(papers(), SEEDS)
def test_options_are_laid_out_whole_where_they_are_to_choose_from(paper: Paper, seed: int) -> None:
    for laid in lay_out(paper, seed=seed):
        expected = laid.question.options if laid.question.type in CHOICE_TYPES else ()
        assert Counter(laid.options) == Counter(expected)
        if not paper.shuffle:
            assert laid.options == expected


@given(papers(), SEEDS)
def test_the_points_of_a_layout_add_up_to_the_total(paper: Paper, seed: int) -> None:
    points = [laid.points for laid in lay_out(paper, seed=seed)]
    assert sum(points) == paper.total_score
    assert min(points) >= 0


@given(papers(), SEEDS, st.randoms(use_true_random=False))
def test_a_seed_gives_one_layout_however_the_paper_was_kept(paper: Paper, seed: int, chance: Random) -> None:
    stored_otherwise = list(paper.questions)
    chance.shuffle(stored_otherwise)
    again = load(dump(replace(paper, questions=tuple(stored_otherwise))))
    assert lay_out(again, seed=seed) == lay_out(paper, seed=seed)


@given(papers(), SEEDS)
def test_the_order_of_the_paper_is_kept_where_nothing_is_shuffled(paper: Paper, seed: int) -> None:
    places = [
        (laid.question.order, laid.question.exam_question_id)
        for laid in lay_out(replace(paper, shuffle=False), seed=seed)
    ]
    assert places == sorted(places)


@given(papers(), SEEDS)
def test_shuffling_changes_neither_the_draw_nor_the_points(paper: Paper, seed: int) -> None:
    plain, shuffled = (lay_out(replace(paper, shuffle=shuffle), seed=seed) for shuffle in (False, True))
    worth = {laid.question.exam_question_id: laid.points for laid in plain}
    assert worth == {laid.question.exam_question_id: laid.points for laid in shuffled}


@given(papers(draw_from=lambda size: st.integers(size + 1, 5_000)), SEEDS)
def test_a_draw_larger_than_the_paper_is_refused(paper: Paper, seed: int) -> None:
    with pytest.raises(NotEnoughQuestions) as refusal:
        lay_out(paper, seed=seed)
    assert refusal.value.context == {"required": paper.draw_count, "available": len(paper.questions)}
