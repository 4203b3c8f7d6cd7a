"""Options are stored in random order and listed by id: neither tells which one is right."""

import pytest

from examhall.domain.words import Difficulty, QuestionType
from examhall.engine.option_sets import OptionValues
from examhall.engine.questions import QuestionValues, create_question, update_question
from examhall.engine.snapshots_questions import BankQuestion
from tests.builders import NOW, actor, make_world

pytestmark = pytest.mark.django_db

MANY = 40
OPTIONS = [OptionValues(text=text, is_correct=text == "4") for text in ("4", "3", "5", "22")]


def place_of_key(question: BankQuestion) -> int:
    ids = [option.id for option in question.options]
    assert ids == sorted(ids)
    return [option.is_correct for option in question.options].index(True)


def test_where_the_author_wrote_the_key_does_not_say_where_it_is_stored() -> None:
    world = make_world()
    values = QuestionValues(question_text="2 + 2?", type=QuestionType.MULTIPLE_CHOICE, difficulty=Difficulty.EASY)
    places = {
        place_of_key(create_question(actor=actor(world.teacher), values=values, options=OPTIONS, now=NOW))
        for _ in range(MANY)
    }
    # The chance that forty fair draws leave out one of four places is 4 * 0.75 ** 40, four in a hundred thousand.
    assert places == {0, 1, 2, 3}


def test_a_replaced_set_is_shuffled_too() -> None:
    world = make_world()
    question_id = world.questions[0].question_id
    places = set()
    for _ in range(MANY):
        detail = update_question(
            actor=actor(world.teacher), question_id=question_id, changes={}, options=OPTIONS, now=NOW
        )
        places.add(place_of_key(detail.question))
    assert places == {0, 1, 2, 3}
