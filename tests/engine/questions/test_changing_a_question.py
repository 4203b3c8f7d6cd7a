"""Changing a question: ids are kept, new ones made, what is left out goes; what was sat stays as it was sat."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import ValueInvalid
from examhall.domain.words import AuthoringFault, Difficulty, QuestionType
from examhall.engine.answers import save_answer
from examhall.engine.option_sets import OptionValues
from examhall.engine.question_options import add_option, delete_option, update_option
from examhall.engine.questions import QuestionChanges, get_question, update_question
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.engine.snapshots_questions import QuestionDetail
from examhall.store.models import Exam, Question, QuestionAnswer
from tests.builders import CREATED, NOW, World, actor, choose, choose_many, make_exam, make_question, make_world

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def world() -> World:
    return make_world(max_attempts=3)


def options_of(world: World) -> list[QuestionAnswer]:
    return list(QuestionAnswer.objects.filter(question_id=world.questions[0].question_id).order_by("id"))


def change(
    world: World, options: list[OptionValues] | None = None, changes: QuestionChanges | None = None
) -> QuestionDetail:
    return update_question(
        actor=actor(world.teacher),
        question_id=world.questions[0].question_id,
        changes=changes or {},
        options=options,
        now=LATER,
    )


def kept(row: QuestionAnswer, **changes: object) -> OptionValues:
    values: dict[str, object] = {"text": row.text, "is_correct": row.is_correct, "tolerance": row.tolerance}
    return OptionValues(id=row.pk, **{**values, **changes})  # type: ignore[arg-type]  # a test's shorthand


def test_only_what_is_given_changes(world: World) -> None:
    before = get_question(actor=actor(world.teacher), question_id=world.questions[0].question_id).question
    after = change(world, changes={"difficulty": Difficulty.HARD, "image_url": "/media/axes.svg"}).question
    assert (after.difficulty, after.image_url) == (Difficulty.HARD, "/media/axes.svg")
    assert (after.question_text, after.type, after.options) == (before.question_text, before.type, before.options)


def test_an_image_is_taken_away_by_null_or_an_empty_text(world: World) -> None:
    for nothing in (None, ""):
        change(world, changes={"image_url": "https://images.example/a.png"})
        assert change(world, changes={"image_url": nothing}).question.image_url is None


def test_a_known_option_is_changed_a_new_one_made_and_one_left_out_deleted(world: World) -> None:
    first, second, third = options_of(world)
    detail = change(
        world,
        [kept(first, text="27"), kept(second), OptionValues(text="29", is_correct=True)],
    )
    assert [(option.text, option.is_correct) for option in detail.question.options] == [
        ("27", False),
        ("23", True),
        ("29", True),
    ]
    assert [option.id for option in detail.question.options][:2] == [first.pk, second.pk]
    assert not QuestionAnswer.objects.filter(pk=third.pk).exists()
    # Only what changed says so.
    assert [option.updated_at for option in detail.question.options] == [LATER, CREATED, LATER]


@pytest.mark.parametrize("bad", ["foreign", "twice", "archived"])
def test_an_id_that_is_not_an_option_of_the_question_is_refused(world: World, bad: str) -> None:
    first, second, third = options_of(world)
    foreign = QuestionAnswer.objects.filter(question_id=world.questions[1].question_id)[0]
    third.archived_at = CREATED
    third.save()
    extra = {"foreign": kept(foreign), "twice": kept(first), "archived": kept(third)}[bad]
    with pytest.raises(ValueInvalid) as refused:
        change(world, [kept(first), kept(second), extra], {"question_text": "lost"})
    assert refused.value.field == "answers"
    reason = AuthoringFault.DUPLICATE_OPTION if bad == "twice" else AuthoringFault.UNKNOWN_OPTION
    assert refused.value.context["reason"] is reason
    assert not Question.objects.filter(question_text="lost").exists()


def test_another_kind_needs_options_that_fit_it(world: World) -> None:
    with pytest.raises(ValueInvalid) as refused:
        change(world, changes={"type": QuestionType.TRUE_FALSE})
    assert refused.value.context["reason"] is AuthoringFault.NEEDS_TWO_OPTIONS
    detail = change(world, [], {"type": QuestionType.ESSAY})
    assert (detail.question.type, detail.question.options) == (QuestionType.ESSAY, ())


def test_a_tolerance_comes_back_as_it_was_given(world: World) -> None:
    options = [OptionValues(text="3.14", is_correct=True, tolerance=Decimal("0.005"))]
    detail = change(world, options, {"type": QuestionType.FILL_BLANK})
    assert detail.question.options[0].tolerance == Decimal("0.005")


@pytest.mark.parametrize("tolerance", ["0.00000000001", "1000000000", "-1"])
def test_a_tolerance_that_its_column_cannot_keep_is_refused(world: World, tolerance: str) -> None:
    options = [OptionValues(text="3.14", is_correct=True, tolerance=Decimal(tolerance))]
    with pytest.raises(ValueInvalid) as refused:
        change(world, options, {"type": QuestionType.FILL_BLANK})
    assert refused.value.field == "answers"


def test_a_running_session_keeps_the_question_that_it_started_on(world: World) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    place, key = world.questions[0].pk, world.key(0)
    wrong = options_of(world)[0]
    change(
        world,
        [OptionValues(text="2", is_correct=False), kept(wrong, is_correct=True, text="now right")],
        {"question_text": "Now another question"},
    )
    answer = save_answer(
        actor=actor(world.alice), session_id=session.id, exam_question_id=place, response=choose(key), now=LATER
    )
    assert answer.question.question_text == "Which one of row 1 is prime?"
    assert [option.text for option in answer.question.options] == ["21", "23", "25"]
    teacher = get_session_detail(actor=actor(world.teacher), session_id=session.id, now=LATER).session
    assert (teacher.answers[0].is_correct, teacher.answers[0].score) == (True, teacher.answers[0].score)
    assert teacher.answers[0].score


def test_the_next_start_gets_the_question_as_it_is_now(world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    change(world, changes={"question_text": "Now another question"})
    session = start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=LATER)
    assert session.answers[0].question.question_text == "Now another question"


def test_an_option_that_may_be_offered_somewhere_is_archived_not_deleted(world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    first, second, third = options_of(world)
    detail = change(world, [kept(first), kept(second)])
    assert [option.id for option in detail.question.options] == [first.pk, second.pk]
    third.refresh_from_db()
    assert third.archived_at == LATER


def test_several_chosen_options_survive_their_deletion(world: World) -> None:
    question = make_question(world.teacher, options=(("2", True), ("3", True), ("4", False)))
    exam = make_exam(world.group, question)
    session = start_session(actor=actor(world.alice), exam_id=exam.pk, now=NOW)
    right = [row for row in QuestionAnswer.objects.filter(question=question).order_by("id") if row.is_correct]
    save_answer(
        actor=actor(world.alice),
        session_id=session.id,
        exam_question_id=session.answers[0].question.exam_question_id,
        response=choose_many(*(row.pk for row in right)),
        now=NOW,
    )
    teacher = actor(world.teacher)
    delete_option(actor=teacher, question_id=question.pk, option_id=right[0].pk, now=LATER)
    sat = get_session_detail(actor=teacher, session_id=session.id, now=LATER).session.answers[0]
    assert [option.id for option in sat.selected] == [row.pk for row in right]


@pytest.mark.parametrize("how", ["question", "option", "new option", "deleted option"])
def test_every_change_makes_every_exam_that_holds_the_question_freeze_anew(world: World, how: str) -> None:
    question_id = world.questions[0].question_id
    other = make_exam(world.group, Question.objects.get(pk=question_id), title="Other")
    untouched = make_exam(world.group, make_question(world.teacher), title="Untouched")
    for exam in (world.exam, other, untouched):
        start_session(actor=actor(world.alice), exam_id=exam.pk, now=NOW)
    teacher, wrong = actor(world.teacher), world.wrong(0)
    match how:
        case "question":
            change(world, changes={"question_text": "New"})
        case "option":
            update_option(actor=teacher, question_id=question_id, option_id=wrong, changes={"text": "1"}, now=LATER)
        case "new option":
            add_option(
                actor=teacher, question_id=question_id, values=OptionValues(text="1", is_correct=False), now=LATER
            )
        case _:
            delete_option(actor=teacher, question_id=question_id, option_id=wrong, now=LATER)
    changed = set(Exam.objects.filter(paper=None))
    assert changed == {world.exam, other}
