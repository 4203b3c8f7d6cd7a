"""Every list asks the database a fixed number of times, whatever the rows."""

from datetime import timedelta

import pytest

from examhall.engine.available_exams import list_available_exams
from examhall.engine.classes import get_class, list_classes, list_my_classes
from examhall.engine.enrolment import list_students
from examhall.engine.exam_views import get_exam, list_exams
from examhall.engine.favorites import add_favorite, list_favorites
from examhall.engine.paging import PageRequest
from examhall.engine.questions import QuestionFilter, list_my_questions, list_questions
from examhall.engine.sessions import start_session
from examhall.store.models import Enrolment
from tests.builders import NOW, World, actor, make_class, make_exam, make_question, make_user, make_world
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

ALL = PageRequest(page_size=100)
MANY = 12


@pytest.fixture
def world() -> World:
    world = make_world(questions=MANY)
    for number in range(MANY):
        make_class(world.teacher, world.alice, name=f"Class {number}")
        exam = make_exam(world.group, make_question(world.teacher), title=f"Exam {number}")
        add_favorite(actor=actor(world.alice), exam_id=exam.pk, now=NOW + timedelta(seconds=number))
        student = make_user(f"Student {number}")
        Enrolment.objects.create(class_obj=world.group, student=student, joined_at=NOW)
        start_session(actor=actor(student), exam_id=world.exam.pk, now=NOW)
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    return world


def test_lists_of_classes(world: World) -> None:
    for user in (world.alice, world.teacher, world.admin):
        with assert_queries_at_most(3):
            assert list_classes(actor=actor(user), search="a", page=ALL).count > MANY
    for user in (world.alice, world.teacher):
        with assert_queries_at_most(3):
            assert list_my_classes(actor=actor(user), page=ALL, now=NOW).count > MANY
    for user in (world.alice, world.teacher):
        with assert_queries_at_most(5):
            assert list_students(actor=actor(user), class_id=world.group.pk, page=ALL).count > MANY
        with assert_queries_at_most(5):
            assert len(get_class(actor=actor(user), class_id=world.group.pk, now=NOW).exams) > MANY


def test_lists_of_questions(world: World) -> None:
    with assert_queries_at_most(4):
        assert list_questions(actor=actor(world.teacher), wanted=QuestionFilter(), page=ALL).count > MANY
    with assert_queries_at_most(3):
        assert list_my_questions(actor=actor(world.teacher), wanted=QuestionFilter(), page=ALL).count > MANY


def test_lists_of_exams(world: World) -> None:
    for user in (world.teacher, world.admin):
        with assert_queries_at_most(3):
            assert list_exams(actor=actor(user), page=ALL, now=NOW).count > MANY
    with assert_queries_at_most(4):
        assert list_available_exams(actor=actor(world.alice), page=ALL, now=NOW).count > MANY
    with assert_queries_at_most(4):
        assert list_favorites(actor=actor(world.alice), page=ALL, now=NOW).count == MANY


def test_an_exam_in_detail(world: World) -> None:
    for user in (world.alice, world.teacher):
        with assert_queries_at_most(8):
            assert len(get_exam(actor=actor(user), exam_id=world.exam.pk, now=NOW).exam_questions) == MANY
