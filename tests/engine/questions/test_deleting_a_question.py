"""Deleting a question: gone when no exam ever held it, archived otherwise."""

from datetime import timedelta

import pytest

from examhall.domain.errors import NotOwner, QuestionNotFound, QuestionUnknown
from examhall.engine.authoring import update_exam
from examhall.engine.exam_places import PlaceValues
from examhall.engine.exam_questions import add_exam_question, remove_exam_question
from examhall.engine.exam_views import get_exam
from examhall.engine.paging import PageRequest
from examhall.engine.questions import (
    QuestionFilter,
    delete_question,
    get_question,
    list_my_questions,
    list_questions,
)
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.store.models import Question, QuestionAnswer
from tests.builders import NOW, World, actor, make_class, make_exam, make_question, make_world

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


def listed(world: World) -> set[int]:
    page = list_questions(actor=actor(world.teacher), wanted=QuestionFilter(), page=PageRequest())
    mine = list_my_questions(actor=actor(world.teacher), wanted=QuestionFilter(), page=PageRequest())
    assert {item.id for item in mine.items} == {item.id for item in page.items}
    return {item.id for item in page.items}


def test_a_question_that_no_exam_ever_held_is_destroyed_with_its_options() -> None:
    world = make_world()
    question = make_question(world.teacher)
    delete_question(actor=actor(world.teacher), question_id=question.pk, now=LATER)
    assert not Question.objects.filter(pk=question.pk).exists()
    assert not QuestionAnswer.objects.filter(question_id=question.pk).exists()


def test_a_question_that_was_sat_is_archived_and_the_session_still_shows_it() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    question_id = world.questions[0].question_id
    delete_question(actor=actor(world.teacher), question_id=question_id, now=LATER)
    assert Question.objects.get(pk=question_id).archived_at == LATER
    assert question_id not in listed(world)
    seen = get_session_detail(actor=actor(world.alice), session_id=session.id, now=LATER).session.answers[0]
    assert (seen.question.question_id, len(seen.question.options)) == (question_id, 3)


def test_a_deleted_question_does_not_exist_any_more() -> None:
    world = make_world()
    question_id = world.questions[0].question_id
    teacher = actor(world.teacher)
    delete_question(actor=teacher, question_id=question_id, now=LATER)
    with pytest.raises(QuestionNotFound):
        get_question(actor=teacher, question_id=question_id)
    with pytest.raises(QuestionNotFound):
        delete_question(actor=teacher, question_id=question_id, now=LATER)


def test_the_exams_that_hold_a_deleted_question_keep_it_but_no_other_takes_it() -> None:
    world = make_world()
    question_id = world.questions[0].question_id
    teacher = actor(world.teacher)
    delete_question(actor=teacher, question_id=question_id, now=LATER)
    held = get_exam(actor=teacher, exam_id=world.exam.pk, now=LATER).exam_questions
    assert question_id in {item.question_id for item in held}
    other = make_exam(world.group, title="Other")
    with pytest.raises(QuestionUnknown):
        add_exam_question(actor=teacher, exam_id=other.pk, values=PlaceValues(question_id=question_id))
    assert start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=LATER).answers[0].question.question_id


def test_an_exam_that_holds_a_deleted_question_can_be_saved_with_it_and_not_take_it_back() -> None:
    world = make_world()
    question_id = world.questions[0].question_id
    teacher = actor(world.teacher)
    delete_question(actor=teacher, question_id=question_id, now=LATER)
    place = [PlaceValues(question_id=question_id)]
    saved = update_exam(actor=teacher, exam_id=world.exam.pk, changes={}, class_id=None, places=place, now=LATER)
    assert [item.question_id for item in saved.exam_questions] == [question_id]
    remove_exam_question(actor=teacher, exam_id=world.exam.pk, exam_question_id=saved.exam_questions[0].id, now=LATER)
    with pytest.raises(QuestionUnknown):
        update_exam(actor=teacher, exam_id=world.exam.pk, changes={}, class_id=None, places=place, now=LATER)


def test_only_the_own_questions_are_deleted() -> None:
    world = make_world()
    question = make_question(world.teacher)
    with pytest.raises(NotOwner):
        delete_question(actor=actor(world.other_teacher), question_id=question.pk, now=LATER)
    delete_question(actor=actor(world.admin), question_id=question.pk, now=LATER)
    assert question.pk not in listed(world)


def test_where_a_question_is_used_is_told_of_the_own_exams_only() -> None:
    world = make_world()
    place = world.questions[1]
    theirs = make_exam(
        make_class(world.other_teacher, name="History 1A"), Question.objects.get(pk=place.question_id), title="Theirs"
    )
    mine = get_question(actor=actor(world.teacher), question_id=place.question_id)
    assert [(use.exam_id, use.order, use.code) for use in mine.used_in] == [(world.exam.pk, 20, "P2")]
    assert mine.question.usage_count == 2
    other = get_question(actor=actor(world.other_teacher), question_id=place.question_id)
    assert [use.exam_id for use in other.used_in] == [theirs.pk]
    every = get_question(actor=actor(world.admin), question_id=place.question_id)
    assert [use.exam_id for use in every.used_in] == [world.exam.pk, theirs.pk]
