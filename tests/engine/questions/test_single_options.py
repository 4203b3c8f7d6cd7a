"""Adding, changing and deleting one option: the question's kind must still hold afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import NotOwner, OptionNotFound, QuestionNotFound, ValueInvalid
from examhall.domain.words import AuthoringFault, QuestionType
from examhall.engine.option_sets import OptionValues
from examhall.engine.question_options import OptionChanges, add_option, delete_option, update_option
from examhall.store.models import Question, QuestionAnswer
from tests.builders import CREATED, NOW, actor, make_question, make_world

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=5)
PAIR = (("True", True), ("False", False))


def texts(question: Question) -> list[str]:
    return list(QuestionAnswer.objects.filter(question=question).order_by("id").values_list("text", flat=True))


def reason_of(refused: pytest.ExceptionInfo[ValueInvalid]) -> AuthoringFault:
    assert refused.value.field == "answers"
    reason: AuthoringFault = refused.value.context["reason"]
    return reason


@pytest.mark.parametrize(
    ("kind", "options", "new", "reason"),
    [
        (QuestionType.TRUE_FALSE, PAIR, ("Maybe", False), AuthoringFault.NEEDS_TWO_OPTIONS),
        (QuestionType.MULTIPLE_CHOICE, PAIR, ("True", False), AuthoringFault.DUPLICATE_OPTION),
        (QuestionType.MULTIPLE_CHOICE, PAIR, (" ", False), AuthoringFault.BLANK),
        (QuestionType.FILL_BLANK, (("Paris", True),), ("London", False), AuthoringFault.ONLY_CORRECT_TEXTS),
        (QuestionType.ESSAY, (), ("Anything", True), AuthoringFault.NO_OPTIONS_ALLOWED),
    ],
)
def test_an_option_that_does_not_fit_is_not_added(
    kind: QuestionType, options: tuple[tuple[str, bool], ...], new: tuple[str, bool], reason: AuthoringFault
) -> None:
    world = make_world()
    question = make_question(world.teacher, kind=kind, options=options)
    with pytest.raises(ValueInvalid) as refused:
        add_option(
            actor=actor(world.teacher),
            question_id=question.pk,
            values=OptionValues(text=new[0], is_correct=new[1]),
            now=LATER,
        )
    assert reason_of(refused) is reason
    assert texts(question) == [text for text, _ in options]


def test_an_option_that_fits_is_added_last() -> None:
    world = make_world()
    question = make_question(world.teacher, kind=QuestionType.FILL_BLANK, options=(("Pi", True),))
    values = OptionValues(text="3,14", is_correct=True, tolerance=Decimal("0.01"))
    added = add_option(actor=actor(world.teacher), question_id=question.pk, values=values, now=LATER)
    assert (added.question_id, added.question_text) == (question.pk, question.question_text)
    assert (added.option.text, added.option.tolerance) == ("3,14", Decimal("0.01"))
    assert (added.option.created_at, added.option.updated_at) == (LATER, LATER)
    assert texts(question) == ["Pi", "3,14"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_correct": False}, AuthoringFault.NO_CORRECT_OPTION),
        ({"text": "False"}, AuthoringFault.DUPLICATE_OPTION),
        ({"text": ""}, AuthoringFault.BLANK),
        ({"tolerance": Decimal(1)}, AuthoringFault.NOT_A_TOLERANCE),
    ],
)
def test_a_change_that_breaks_the_question_is_refused(changes: OptionChanges, reason: AuthoringFault) -> None:
    world = make_world()
    question = make_question(world.teacher, options=PAIR)
    right = QuestionAnswer.objects.get(question=question, is_correct=True)
    with pytest.raises(ValueInvalid) as refused:
        update_option(
            actor=actor(world.teacher), question_id=question.pk, option_id=right.pk, changes=changes, now=LATER
        )
    assert reason_of(refused) is reason
    right.refresh_from_db()
    assert (right.text, right.is_correct, right.updated_at) == ("True", True, CREATED)


def test_a_change_keeps_what_is_not_given() -> None:
    world = make_world()
    question = make_question(world.teacher, options=PAIR)
    right = QuestionAnswer.objects.get(question=question, is_correct=True)
    changed = update_option(
        actor=actor(world.teacher), question_id=question.pk, option_id=right.pk, changes={"text": "Yes"}, now=LATER
    )
    assert (changed.option.id, changed.option.text, changed.option.is_correct) == (right.pk, "Yes", True)
    assert (changed.option.created_at, changed.option.updated_at) == (CREATED, LATER)


@pytest.mark.parametrize(
    ("kind", "options", "gone", "reason"),
    [
        (QuestionType.MULTIPLE_CHOICE, PAIR, "False", AuthoringFault.TOO_FEW_OPTIONS),
        (QuestionType.MULTIPLE_CHOICE, (*PAIR, ("Maybe", False)), "True", AuthoringFault.NO_CORRECT_OPTION),
        (QuestionType.TRUE_FALSE, PAIR, "False", AuthoringFault.NEEDS_TWO_OPTIONS),
    ],
)
def test_an_option_that_the_question_needs_is_not_deleted(
    kind: QuestionType, options: tuple[tuple[str, bool], ...], gone: str, reason: AuthoringFault
) -> None:
    world = make_world()
    question = make_question(world.teacher, kind=kind, options=options)
    option = QuestionAnswer.objects.get(question=question, text=gone)
    with pytest.raises(ValueInvalid) as refused:
        delete_option(actor=actor(world.teacher), question_id=question.pk, option_id=option.pk, now=LATER)
    assert reason_of(refused) is reason
    assert texts(question) == [text for text, _ in options]


def test_an_option_of_another_question_is_not_found_here() -> None:
    world = make_world()
    question, other = make_question(world.teacher), make_question(world.teacher)
    foreign = QuestionAnswer.objects.filter(question=other)[0]
    teacher = actor(world.teacher)
    with pytest.raises(OptionNotFound):
        delete_option(actor=teacher, question_id=question.pk, option_id=foreign.pk, now=LATER)
    with pytest.raises(OptionNotFound):
        update_option(actor=teacher, question_id=question.pk, option_id=foreign.pk, changes={}, now=LATER)
    assert len(texts(other)) == 3


def test_a_deleted_option_is_gone_for_good() -> None:
    world = make_world()
    question = make_question(world.teacher)
    option = QuestionAnswer.objects.get(question=question, text="25")
    delete_option(actor=actor(world.teacher), question_id=question.pk, option_id=option.pk, now=LATER)
    with pytest.raises(OptionNotFound):
        delete_option(actor=actor(world.teacher), question_id=question.pk, option_id=option.pk, now=LATER)


def test_the_options_of_another_teachers_question_are_theirs() -> None:
    world = make_world()
    question = make_question(world.teacher)
    values = OptionValues(text="31", is_correct=True)
    with pytest.raises(NotOwner):
        add_option(actor=actor(world.other_teacher), question_id=question.pk, values=values, now=LATER)
    assert add_option(actor=actor(world.admin), question_id=question.pk, values=values, now=LATER).option.id
    with pytest.raises(QuestionNotFound):
        add_option(actor=actor(world.teacher), question_id=2**62, values=values, now=LATER)
