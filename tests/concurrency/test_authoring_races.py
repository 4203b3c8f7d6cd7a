"""Authoring when several do the same thing, or two things that exclude each other, at the same moment."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import time_machine
from django.db import connection

from examhall.domain.errors import (
    AlreadyEnrolled,
    AlreadyFavorite,
    ClassNotFound,
    ClassUnknown,
    DomainError,
    ExamHasSessions,
    ExamNotFound,
    QuestionAlreadyInExam,
    QuestionUnknown,
    ValueInvalid,
)
from examhall.engine.answers import save_answer
from examhall.engine.authoring import create_exam, delete_exam
from examhall.engine.classes import delete_class
from examhall.engine.enrolment import add_student
from examhall.engine.exam_places import PlaceValues
from examhall.engine.exam_questions import add_exam_question, remove_exam_question
from examhall.engine.favorites import add_favorite
from examhall.engine.option_sets import OptionValues
from examhall.engine.papers import current_paper_id
from examhall.engine.question_options import delete_option
from examhall.engine.questions import delete_question, update_question
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.store.models import (
    Enrolment,
    Exam,
    ExamQuestion,
    ExamSession,
    FavoriteExam,
    Question,
    QuestionAnswer,
    SchoolClass,
    User,
)
from tests.builders import NOW, World, actor, choose, make_question, make_user, make_world
from tests.engine.authoring.values import exam_values
from tests.facades.rest.api import Answer, api_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

DONE = "done"
# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(4))


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let a thread each act at the same moment; return what came of each: its value, or the refusal's type."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return act()
        except DomainError as refused:
            return type(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def outcome_of(*acts: Callable[[], object]) -> list[object]:
    """Do as :func:`at_once`, with ``DONE`` for whatever was not refused."""
    return [DONE if not isinstance(value, type) else value for value in at_once(*acts)]


def adding(world: World, question: Question) -> Callable[[], object]:
    values = PlaceValues(question_id=question.pk)
    return partial(add_exam_question, actor=actor(world.teacher), exam_id=world.exam.pk, values=values)


def enrolling(world: World, student: User) -> Callable[[], object]:
    who, email = actor(world.teacher), student.email
    return partial(add_student, actor=who, class_id=world.group.pk, student_email=email, now=NOW)


def test_a_student_added_twelve_times_at_once_is_in_the_class_once() -> None:
    world = make_world()
    outcome = outcome_of(*[enrolling(world, world.charlie)] * 12)
    assert Counter(outcome) == {DONE: 1, AlreadyEnrolled: 11}
    assert Enrolment.objects.filter(class_obj=world.group, student=world.charlie).count() == 1


def test_over_http_the_losers_are_told_so() -> None:
    world = make_world()
    path, body = f"/classes/{world.group.pk}/students/add/", {"student_email": world.charlie.email}
    with time_machine.travel(NOW, tick=False):
        answers = at_once(*[partial(api_of(world.teacher).post, path, body)] * 8)
    told = Counter((answer.status, answer.message) for answer in answers if isinstance(answer, Answer))
    assert told == {
        (201, "Student added to class successfully"): 1,
        (400, "Student is already in this class"): 7,
    }


def test_a_question_added_twelve_times_at_once_is_in_the_exam_once() -> None:
    world = make_world()
    question = make_question(world.teacher)
    assert Counter(outcome_of(*[adding(world, question)] * 12)) == {DONE: 1, QuestionAlreadyInExam: 11}
    assert ExamQuestion.objects.filter(exam=world.exam, question=question).count() == 1


def test_a_question_that_comes_back_twelve_times_at_once_comes_back_once() -> None:
    world = make_world()
    place = world.questions[0]
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    remove_exam_question(actor=actor(world.teacher), exam_id=world.exam.pk, exam_question_id=place.pk, now=NOW)
    assert Counter(outcome_of(*[adding(world, place.question)] * 12)) == {DONE: 1, QuestionAlreadyInExam: 11}
    assert ExamQuestion.objects.get(exam=world.exam, question=place.question).removed_at is None


def test_different_questions_added_at_once_are_all_in_the_exam_each_at_its_place() -> None:
    world = make_world()
    questions = [make_question(world.teacher) for _ in range(8)]
    assert outcome_of(*[adding(world, question) for question in questions]) == [DONE] * 8
    added = ExamQuestion.objects.filter(exam=world.exam, question__in=questions)
    assert sorted(added.values_list("order", flat=True)) == list(range(31, 39))


def test_an_exam_bookmarked_twelve_times_at_once_is_bookmarked_once() -> None:
    world = make_world()
    add = partial(add_favorite, actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert Counter(outcome_of(*[add] * 12)) == {DONE: 1, AlreadyFavorite: 11}
    assert FavoriteExam.objects.count() == 1


def test_edits_of_one_question_at_once_leave_the_whole_set_of_one_of_them() -> None:
    world = make_world()
    question_id = world.questions[0].question_id
    sets = [[OptionValues(text=f"{name}{index}", is_correct=index == 0) for index in range(3)] for name in "ABCDEFGH"]
    edit = partial(update_question, actor=actor(world.teacher), question_id=question_id, changes={}, now=NOW)
    assert outcome_of(*[partial(edit, options=options) for options in sets]) == [DONE] * len(sets)
    left = QuestionAnswer.objects.filter(question_id=question_id, archived_at=None)
    texts = sorted(left.values_list("text", flat=True))
    assert texts in [sorted(option.text for option in options) for options in sets]


@rounds
def test_two_deletions_cannot_leave_a_question_with_one_answer(attempt: int) -> None:
    world = make_world(questions=1)
    question_id = world.questions[0].question_id
    delete = partial(delete_option, actor=actor(world.teacher), question_id=question_id, now=NOW)
    outcome = outcome_of(*[partial(delete, option_id=option) for option in world.options(0, correct=False)])
    assert Counter(outcome) == {DONE: 1, ValueInvalid: 1}
    assert QuestionAnswer.objects.filter(question_id=question_id, archived_at=None).count() == 2


@rounds
def test_a_question_deleted_while_it_is_put_into_an_exam_is_either_in_it_or_gone(attempt: int) -> None:
    world = make_world()
    question = make_question(world.teacher)
    delete = partial(delete_question, actor=actor(world.teacher), question_id=question.pk, now=NOW)
    added, deleted = outcome_of(adding(world, question), delete)
    assert deleted == DONE
    is_in = ExamQuestion.objects.filter(exam=world.exam, question_id=question.pk).exists()
    left = [row.archived_at for row in Question.objects.filter(pk=question.pk)]
    assert (added, is_in, left) in [(DONE, True, [NOW]), (QuestionUnknown, False, [])]


@rounds
def test_a_class_deleted_while_it_is_filled_leaves_nothing_half_done(attempt: int) -> None:
    world = make_world()
    teacher = actor(world.teacher)
    deleted, *others = outcome_of(
        partial(delete_class, actor=teacher, class_id=world.group.pk),
        partial(create_exam, actor=teacher, class_id=world.group.pk, values=exam_values(), places=(), now=NOW),
        enrolling(world, world.charlie),
        partial(add_favorite, actor=actor(world.alice), exam_id=world.exam.pk, now=NOW),
        adding(world, make_question(world.teacher)),
    )
    assert deleted == DONE
    assert set(others) <= {DONE, ClassUnknown, ClassNotFound, ExamNotFound}
    assert not SchoolClass.objects.filter(pk=world.group.pk).exists()
    assert not Exam.objects.filter(class_obj_id=world.group.pk).exists()


def _sit(world: World, student: User) -> tuple[int, int]:
    """Start, choose the first option that is offered, and return the session and the option."""
    who = actor(student)
    session = start_session(actor=who, exam_id=world.exam.pk, now=NOW)
    offered = session.answers[0].question
    option_id = offered.options[0].id
    save_answer(
        actor=who,
        session_id=session.id,
        exam_question_id=offered.exam_question_id,
        response=choose(option_id),
        now=NOW,
    )
    return session.id, option_id


@rounds
def test_options_that_change_under_many_starts_can_be_chosen_by_whoever_was_offered_them(attempt: int) -> None:
    world = make_world(questions=1)
    students = [make_user(f"Student {number}") for number in range(6)]
    Enrolment.objects.bulk_create(
        Enrolment(class_obj=world.group, student=student, joined_at=NOW) for student in students
    )
    new = [OptionValues(text="yes", is_correct=True), OptionValues(text="no", is_correct=False)]
    edit = partial(
        update_question,
        actor=actor(world.teacher),
        question_id=world.questions[0].question_id,
        changes={},
        options=new,
        now=NOW,
    )
    _, *sittings = at_once(edit, *[partial(_sit, world, student) for student in students])
    sat = [value for value in sittings if isinstance(value, tuple)]
    assert len(sat) == len(students), sittings
    for session_id, option_id in sat:
        seen = get_session_detail(actor=actor(world.teacher), session_id=session_id, now=NOW).session.answers[0]
        assert {option.text for option in seen.question.options} in ({"21", "23", "25"}, {"yes", "no"})
        assert [option.id for option in seen.selected] == [option_id]


@rounds
def test_an_exam_changed_while_it_is_started_gives_everybody_one_of_the_two_papers(attempt: int) -> None:
    world = make_world()
    starts = [
        partial(start_session, actor=actor(student), exam_id=world.exam.pk, now=NOW)
        for student in (world.alice, world.bob)
    ]
    assert outcome_of(adding(world, make_question(world.teacher)), *starts) == [DONE] * 3
    later = make_user("Late Comer")
    Enrolment.objects.create(class_obj=world.group, student=later, joined_at=NOW)
    assert len(start_session(actor=actor(later), exam_id=world.exam.pk, now=NOW).answers) == 4


@rounds
@pytest.mark.parametrize("frozen", [False, True])
def test_an_exam_deleted_while_it_is_started_is_either_sat_or_gone(attempt: int, frozen: bool) -> None:
    world = make_world()
    if frozen:
        # A start that fell through has left a paper, so that the next one need not wait for the exam's row.
        current_paper_id(world.exam, now=NOW)
    deleted, started = outcome_of(
        partial(delete_exam, actor=actor(world.teacher), exam_id=world.exam.pk),
        partial(start_session, actor=actor(world.alice), exam_id=world.exam.pk, now=NOW),
    )
    assert (deleted, started) in [(DONE, ExamNotFound), (ExamHasSessions, DONE)]
    assert ExamSession.objects.count() == int(started == DONE)
