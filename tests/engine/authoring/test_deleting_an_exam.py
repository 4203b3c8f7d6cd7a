"""Deleting an exam: only one that nobody sat."""

import pytest

from examhall.domain.errors import ExamHasSessions, ExamNotFound, NotOwner, RoleForbidden
from examhall.engine.authoring import delete_exam
from examhall.engine.sessions import start_session
from examhall.store.models import Exam, ExamQuestion, ExamSession, Paper, Question
from tests.builders import NOW, actor, make_world

pytestmark = pytest.mark.django_db


def test_an_exam_that_nobody_sat_goes_and_its_questions_stay_in_the_bank() -> None:
    world = make_world()
    delete_exam(actor=actor(world.teacher), exam_id=world.exam.pk)
    assert (Exam.objects.count(), ExamQuestion.objects.count(), Question.objects.count()) == (0, 0, 3)
    with pytest.raises(ExamNotFound):
        delete_exam(actor=actor(world.teacher), exam_id=world.exam.pk)


def test_a_frozen_paper_that_nobody_sat_goes_with_its_exam() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    ExamSession.objects.all().delete()
    delete_exam(actor=actor(world.teacher), exam_id=world.exam.pk)
    assert (Exam.objects.count(), Paper.objects.count()) == (0, 0)


def test_an_exam_that_somebody_sat_stays_even_for_an_admin() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    for who in (world.teacher, world.admin):
        with pytest.raises(ExamHasSessions):
            delete_exam(actor=actor(who), exam_id=world.exam.pk)
    assert (Exam.objects.count(), ExamQuestion.objects.count(), ExamSession.objects.count()) == (1, 3, 1)


def test_nobody_else_deletes_an_exam() -> None:
    world = make_world()
    with pytest.raises(NotOwner):
        delete_exam(actor=actor(world.other_teacher), exam_id=world.exam.pk)
    with pytest.raises(RoleForbidden):
        delete_exam(actor=actor(world.alice), exam_id=world.exam.pk)
    assert Exam.objects.filter(pk=world.exam.pk).exists()
