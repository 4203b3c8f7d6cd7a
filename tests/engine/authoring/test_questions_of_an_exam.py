"""The questions of an exam: the whole list at once, or one by one; what was sat is never lost."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import (
    ExamQuestionNotFound,
    NotOwner,
    QuestionAlreadyInExam,
    QuestionUnknown,
    RoleForbidden,
    ValueInvalid,
)
from examhall.domain.words import AuthoringFault
from examhall.engine.exam_places import PlaceValues
from examhall.engine.exam_questions import (
    PlaceChanges,
    add_exam_question,
    remove_exam_question,
    update_exam_question,
)
from examhall.engine.exam_views import get_exam
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.store.models import Exam, ExamQuestion
from tests.builders import NOW, World, actor, make_exam, make_question, make_world
from tests.engine.authoring.values import update

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


def places_of(world: World) -> list[tuple[int, int, str]]:
    detail = get_exam(actor=actor(world.teacher), exam_id=world.exam.pk, now=NOW)
    return [(item.id, item.order, item.code) for item in detail.exam_questions]


def add(world: World, question_id: int, **values: object) -> int:
    place = PlaceValues(question_id=question_id, **values)  # type: ignore[arg-type]  # a test's shorthand
    return add_exam_question(actor=actor(world.teacher), exam_id=world.exam.pk, values=place).id


def remove(world: World, exam_question_id: int) -> None:
    remove_exam_question(
        actor=actor(world.teacher), exam_id=world.exam.pk, exam_question_id=exam_question_id, now=LATER
    )


def test_a_new_list_keeps_the_places_it_names_and_drops_the_rest() -> None:
    world = make_world()
    first, second, third = world.questions
    new = make_question(world.teacher)
    update(
        world,
        [
            PlaceValues(question_id=new.pk, code="N"),
            PlaceValues(question_id=third.question_id, code="T", points=Decimal("4.5")),
        ],
    )
    added = ExamQuestion.objects.get(exam=world.exam, question=new)
    assert places_of(world) == [(added.pk, 1, "N"), (third.pk, 2, "T")]
    third.refresh_from_db()
    assert third.points == Decimal("4.50")
    # Nobody ever saw the paper: nothing of the others needs to be kept.
    assert not ExamQuestion.objects.filter(pk__in=[first.pk, second.pk]).exists()


def test_an_empty_list_empties_the_exam() -> None:
    world = make_world()
    assert update(world, []).exam_questions == ()


def test_a_question_that_was_sat_leaves_the_exam_and_stays_in_the_session() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    first = world.questions[0]
    remove(world, first.pk)
    assert first.pk not in {place for place, _, _ in places_of(world)}
    first.refresh_from_db()
    assert first.removed_at == LATER
    seen = get_session_detail(actor=actor(world.alice), session_id=session.id, now=NOW).session
    assert [answer.question.exam_question_id for answer in seen.answers] == [row.pk for row in world.questions]
    started = start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=LATER)
    assert [answer.question.exam_question_id for answer in started.answers] == [row.pk for row in world.questions[1:]]


@pytest.mark.parametrize("how", ["alone", "in a list"])
def test_a_question_that_comes_back_comes_back_in_its_old_row(how: str) -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    first = world.questions[0]
    remove(world, first.pk)
    if how == "alone":
        assert add(world, first.question_id, order=5, code="B") == first.pk
    else:
        update(world, [PlaceValues(question_id=first.question_id, order=5, code="B")])
    assert (first.pk, 5, "B") in places_of(world)
    first.refresh_from_db()
    assert first.removed_at is None


def test_a_question_without_a_place_comes_last() -> None:
    world = make_world()
    added = add(world, make_question(world.teacher).pk)
    assert places_of(world)[-1] == (added, 31, "Q31")


def test_the_first_question_of_an_empty_exam_is_the_first() -> None:
    world = make_world(questions=0)
    added = add(world, make_question(world.teacher).pk)
    assert places_of(world) == [(added, 1, "Q1")]


def test_a_question_is_in_an_exam_once() -> None:
    world = make_world()
    with pytest.raises(QuestionAlreadyInExam) as refused:
        add(world, world.questions[0].question_id)
    assert refused.value.field == "question_id"
    assert len(places_of(world)) == 3


def test_a_question_that_does_not_exist_is_not_added() -> None:
    with pytest.raises(QuestionUnknown) as refused:
        add(make_world(), 2**62)
    assert refused.value.field == "question_id"


@pytest.mark.parametrize(
    ("points", "reason"),
    [("80.01", AuthoringFault.POINTS_EXCEED_TOTAL), ("-1", AuthoringFault.TOO_SMALL)],
)
def test_points_that_do_not_fit_are_refused(points: str, reason: AuthoringFault) -> None:
    world = make_world()
    with pytest.raises(ValueInvalid) as added:
        add(world, make_question(world.teacher).pk, points=Decimal(points))
    with pytest.raises(ValueInvalid) as changed:
        update_exam_question(
            actor=actor(world.teacher),
            exam_id=world.exam.pk,
            exam_question_id=world.questions[0].pk,
            changes={"points": Decimal(points)},
        )
    for refused in (added, changed):
        assert (refused.value.field, refused.value.context["reason"]) == ("points", reason)
    assert not ExamQuestion.objects.exclude(points=None).exists()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (10, "P1", Decimal("3.00"))),
        ({"order": 15}, (15, "P1", Decimal("3.00"))),
        ({"code": " X1 "}, (10, "X1", Decimal("3.00"))),
        ({"points": Decimal("7.25")}, (10, "P1", Decimal("7.25"))),
        ({"points": None}, (10, "P1", None)),
    ],
)
def test_a_place_changes_in_what_is_given(changes: PlaceChanges, expected: tuple[int, str, Decimal | None]) -> None:
    world = make_world()
    ExamQuestion.objects.filter(pk=world.questions[0].pk).update(points=Decimal(3))
    changed = update_exam_question(
        actor=actor(world.teacher),
        exam_id=world.exam.pk,
        exam_question_id=world.questions[0].pk,
        changes=changes,
    )
    assert (changed.order, changed.code, changed.points) == expected


def test_places_of_other_exams_and_removed_ones_are_not_found() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    foreign = ExamQuestion.objects.get(exam=make_exam(world.group, make_question(world.teacher), title="Other"))
    removed = world.questions[0]
    remove(world, removed.pk)
    for place in (foreign, removed):
        with pytest.raises(ExamQuestionNotFound):
            remove(world, place.pk)
        with pytest.raises(ExamQuestionNotFound):
            update_exam_question(
                actor=actor(world.teacher), exam_id=world.exam.pk, exam_question_id=place.pk, changes={"order": 1}
            )


def test_the_questions_of_anothers_exam_are_theirs() -> None:
    world = make_world()
    question = make_question(world.other_teacher)
    for who, refusal in ((world.other_teacher, NotOwner), (world.alice, RoleForbidden)):
        with pytest.raises(refusal):
            add_exam_question(actor=actor(who), exam_id=world.exam.pk, values=PlaceValues(question_id=question.pk))
        with pytest.raises(refusal):
            remove_exam_question(
                actor=actor(who), exam_id=world.exam.pk, exam_question_id=world.questions[0].pk, now=LATER
            )
    assert len(places_of(world)) == 3


@pytest.mark.parametrize("how", ["add", "change", "remove", "list", "exam"])
def test_every_change_makes_the_exam_freeze_anew(how: str) -> None:
    world = make_world(max_attempts=2)
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert Exam.objects.get(pk=world.exam.pk).paper_id
    match how:
        case "add":
            add(world, make_question(world.teacher).pk)
        case "change":
            update_exam_question(
                actor=actor(world.teacher),
                exam_id=world.exam.pk,
                exam_question_id=world.questions[0].pk,
                changes={"order": 99},
            )
        case "remove":
            remove(world, world.questions[0].pk)
        case "list":
            update(world, [])
        case _:
            update(world, minutes=46)
    assert Exam.objects.get(pk=world.exam.pk).paper_id is None
