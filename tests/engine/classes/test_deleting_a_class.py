"""Deleting a class: with its exams, as long as nobody sat one."""

import pytest

from examhall.domain.errors import ClassHasSessions, ClassNotFound, NotOwner, RoleForbidden
from examhall.engine.classes import delete_class
from examhall.engine.favorites import add_favorite
from examhall.engine.sessions import start_session
from examhall.store.models import (
    Enrolment,
    Exam,
    ExamQuestion,
    ExamSession,
    FavoriteExam,
    Paper,
    Question,
    SchoolClass,
    User,
)
from tests.builders import NOW, actor, make_class, make_exam, make_world

pytestmark = pytest.mark.django_db


def test_an_empty_class_is_deleted() -> None:
    world = make_world()
    empty = make_class(world.teacher, name="Nobody's class")
    delete_class(actor=actor(world.teacher), class_id=empty.pk)
    assert list(SchoolClass.objects.all()) == [world.group]


def test_exams_that_nobody_sat_go_with_their_class_and_nothing_else_goes() -> None:
    world = make_world()
    add_favorite(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    kept = make_exam(make_class(world.teacher, world.alice, name="Kept"), title="Kept")
    people, questions = User.objects.count(), Question.objects.count()
    delete_class(actor=actor(world.teacher), class_id=world.group.pk)
    assert list(Exam.objects.all()) == [kept]
    assert (ExamQuestion.objects.count(), FavoriteExam.objects.count(), Enrolment.objects.count()) == (0, 0, 1)
    assert (User.objects.count(), Question.objects.count()) == (people, questions)


def test_a_class_is_deleted_although_one_of_its_papers_was_frozen() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    # What a start that fell through leaves: a frozen paper and no session.
    ExamSession.objects.all().delete()
    assert Paper.objects.count() == 1
    delete_class(actor=actor(world.teacher), class_id=world.group.pk)
    assert (SchoolClass.objects.count(), Exam.objects.count(), Paper.objects.count()) == (0, 0, 0)


def test_a_class_of_which_somebody_sat_an_exam_stays() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    unsat = make_exam(world.group, title="Unsat")
    with pytest.raises(ClassHasSessions):
        delete_class(actor=actor(world.teacher), class_id=world.group.pk)
    assert set(Exam.objects.all()) == {world.exam, unsat}
    assert Enrolment.objects.filter(class_obj=world.group).count() == 2


def test_an_admin_deletes_any_class() -> None:
    world = make_world()
    delete_class(actor=actor(world.admin), class_id=world.group.pk)
    assert not SchoolClass.objects.exists()


def test_another_teacher_and_a_student_delete_nothing() -> None:
    world = make_world()
    with pytest.raises(NotOwner):
        delete_class(actor=actor(world.other_teacher), class_id=world.group.pk)
    with pytest.raises(RoleForbidden):
        delete_class(actor=actor(world.alice), class_id=world.group.pk)
    assert SchoolClass.objects.filter(pk=world.group.pk).exists()


def test_a_deleted_class_does_not_exist() -> None:
    world = make_world()
    delete_class(actor=actor(world.teacher), class_id=world.group.pk)
    with pytest.raises(ClassNotFound):
        delete_class(actor=actor(world.teacher), class_id=world.group.pk)
