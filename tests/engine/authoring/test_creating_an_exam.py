"""Making an exam: whose, with which values and which questions."""

from decimal import Decimal
from typing import Any

import pytest

from examhall.domain.errors import ClassUnknown, NotOwner, QuestionUnknown, RoleForbidden, ValueInvalid
from examhall.domain.words import AuthoringFault
from examhall.engine.authoring import create_exam
from examhall.engine.exam_places import PlaceValues
from examhall.engine.sessions import start_session
from examhall.store.models import Exam, ExamQuestion, Question
from tests.builders import CREATED, NOW, actor, make_question, make_world
from tests.engine.authoring.values import create, exam_values

pytestmark = pytest.mark.django_db


def test_an_exam_keeps_every_value_that_its_author_set() -> None:
    world = make_world()
    detail = create(world)
    assert detail.row.values == exam_values()
    assert (detail.row.created_at, detail.row.created_by.id) == (NOW, world.teacher.pk)
    assert detail.row.class_obj.class_obj.id == world.group.pk
    assert detail.row.class_obj.exam_count == 2


def test_its_questions_stand_where_they_were_put() -> None:
    world = make_world()
    ids = [place.question_id for place in world.questions]
    detail = create(
        world,
        [
            PlaceValues(question_id=ids[0], order=7, code=" G1 ", points=Decimal("12.50")),
            PlaceValues(question_id=ids[1]),
            PlaceValues(question_id=ids[2], order=1),
        ],
    )
    assert [(item.question_id, item.order, item.code, item.points) for item in detail.exam_questions] == [
        (ids[2], 1, "Q1", None),
        (ids[1], 2, "Q2", None),
        (ids[0], 7, "G1", Decimal("12.50")),
    ]
    assert detail.row.question_count == 3
    assert [option.is_correct for option in detail.exam_questions[0].options] == [False, True, False]


def test_it_can_be_sat_at_once() -> None:
    world = make_world()
    detail = create(world, [PlaceValues(question_id=world.questions[0].question_id)])
    assert len(start_session(actor=actor(world.alice), exam_id=detail.row.id, now=NOW).answers) == 1


def test_an_exam_of_another_teachers_class_is_not_made() -> None:
    world = make_world()
    for who, refusal in ((world.other_teacher, NotOwner), (world.alice, RoleForbidden)):
        with pytest.raises(refusal):
            create_exam(actor=actor(who), class_id=world.group.pk, values=exam_values(), places=(), now=NOW)
    with pytest.raises(ClassUnknown) as refused:
        create_exam(actor=actor(world.teacher), class_id=2**62, values=exam_values(), places=(), now=NOW)
    assert refused.value.field == "class_obj"
    assert Exam.objects.count() == 1


def test_an_admin_makes_exams_of_any_class() -> None:
    world = make_world()
    made = create_exam(actor=actor(world.admin), class_id=world.group.pk, values=exam_values(), places=(), now=NOW)
    assert made.row.created_by.id == world.admin.pk


def test_questions_of_other_teachers_may_be_used() -> None:
    world = make_world()
    theirs = make_question(world.other_teacher)
    assert create(world, [PlaceValues(question_id=theirs.pk)]).exam_questions[0].teacher.id == world.other_teacher.pk


def test_a_question_that_does_not_exist_or_was_deleted_is_refused_and_no_exam_made() -> None:
    world = make_world()
    deleted = make_question(world.teacher)
    Question.objects.filter(pk=deleted.pk).update(archived_at=CREATED)
    for question_id in (deleted.pk, 2**62):
        with pytest.raises(QuestionUnknown) as refused:
            create(world, [PlaceValues(question_id=question_id)])
        assert refused.value.field == "questions"
    assert (Exam.objects.count(), ExamQuestion.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    ("extra", "changes", "field", "reason"),
    [
        ([{}], {}, "questions", AuthoringFault.DUPLICATE_QUESTION),
        ([], {"draw_count": 2}, "draw_count", AuthoringFault.DRAW_EXCEEDS_QUESTIONS),
        ([], {"total_score": 9}, "questions", AuthoringFault.POINTS_EXCEED_TOTAL),
        ([], {"minutes": 0}, "minutes", AuthoringFault.TOO_SMALL),
        ([], {"end_time": exam_values().start_time}, "end_time", AuthoringFault.END_BEFORE_START),
    ],
)
def test_values_that_do_not_fit_together_make_no_exam(
    extra: list[dict[str, Any]], changes: dict[str, Any], field: str, reason: AuthoringFault
) -> None:
    world = make_world()
    question_id = world.questions[0].question_id
    places = [PlaceValues(question_id=question_id, points=Decimal("9.01"))]
    places += [PlaceValues(question_id=question_id, **values) for values in extra]
    with pytest.raises(ValueInvalid) as refused:
        create(world, places, **changes)
    assert (refused.value.field, refused.value.context["reason"]) == (field, reason)
    assert Exam.objects.count() == 1


def test_the_parts_of_a_place_are_blamed_as_questions() -> None:
    world = make_world()
    with pytest.raises(ValueInvalid) as refused:
        create(world, [PlaceValues(question_id=world.questions[0].question_id, code=" ")])
    assert refused.value.field == "questions"


def test_a_draw_may_be_set_before_there_are_questions() -> None:
    assert create(make_world(), draw_count=20).row.values.draw_count == 20
