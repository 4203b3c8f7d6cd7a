"""How many statements each use case may send: few, and the same for a small exam and a large one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from examhall.engine import papers
from examhall.engine.answers import update_answer
from examhall.engine.closing import close_due_sessions
from examhall.engine.paging import PageRequest
from examhall.engine.session_lists import list_class_sessions, list_exam_sessions, list_my_sessions
from examhall.engine.session_views import get_active_session, get_session_logs
from examhall.engine.sessions import start_session
from examhall.store.models import ExamQuestion, Question, QuestionAnswer
from tests.builders import CREATED, NOW, World, actor, choose, make_user, make_world
from tests.engine.sessions.seat import Seat, sit
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
OVER = NOW + timedelta(hours=2)
PAGE = PageRequest(page_size=100)

sizes = pytest.mark.parametrize("questions", [5, 400])
rows = pytest.mark.parametrize("sessions", [3, 60])


def _large_world(questions: int, **exam_fields: int) -> World:
    """Make the usual world with so many questions of four options, by a few statements."""
    world = make_world(questions=1, **exam_fields)
    Question.objects.bulk_create(
        Question(
            question_text=f"Is {number} prime?",
            type="multiple_choice",
            difficulty="hard",
            teacher=world.teacher,
            created_at=CREATED,
        )
        for number in range(questions - 1)
    )
    added = list(Question.objects.exclude(pk=world.questions[0].question_id).order_by("id"))
    QuestionAnswer.objects.bulk_create(
        QuestionAnswer(
            question=question, text=f"option {number}", is_correct=number == 2, created_at=CREATED, updated_at=CREATED
        )
        for question in added
        for number in range(4)
    )
    ExamQuestion.objects.bulk_create(
        ExamQuestion(exam=world.exam, question=question, order=20 + place, code=f"L{place}")
        for place, question in enumerate(added)
    )
    return world


def _sessions(world: World, count: int) -> list[Seat]:
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    return [sit(world, make_user(f"Student {number}")) for number in range(count)]


@sizes
def test_the_first_start_takes_ten_although_it_freezes_the_paper(questions: int) -> None:
    world = _large_world(questions)
    with assert_queries_at_most(10):
        started = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert len(started.answers) == questions


def test_the_start_after_a_change_and_back_takes_ten_too() -> None:
    world = _large_world(5)
    sit(world)
    papers.mark_changed(exam_ids=[world.exam.pk])
    papers.forget()
    with assert_queries_at_most(10):
        start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)


@sizes
def test_a_later_start_takes_fewer(questions: int) -> None:
    world = _large_world(questions)
    sit(world)
    with assert_queries_at_most(5):
        start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)


@sizes
def test_the_first_start_in_a_new_process_reads_the_paper_once(questions: int) -> None:
    world = _large_world(questions)
    sit(world)
    papers.forget()
    with assert_queries_at_most(6):
        start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)


@pytest.mark.parametrize("questions", [1, 40])
@pytest.mark.parametrize("fields", [{}, {"question_seconds": 65}, {"draw_count": 1}, {"max_attempts": 3}])
def test_a_save_takes_four(questions: int, fields: dict[str, int]) -> None:
    # One more open question, so that no save is the last one of a session with question clocks.
    world = make_world(questions=questions + 1, **fields)
    seat = sit(world)
    index = [place.pk for place in world.questions].index(seat.started.answers[0].question.exam_question_id)
    response = choose(world.key(index))
    with assert_queries_at_most(4):
        seat.save(index, response, at=LATER)


@pytest.mark.parametrize("questions", [1, 40])
def test_a_change_takes_four(questions: int) -> None:
    seat = sit(make_world(questions=questions))
    answer_id, response = seat.row(0).pk, choose(seat.world.key(0))
    with assert_queries_at_most(4):
        update_answer(actor=actor(seat.student), session_id=seat.id, answer_id=answer_id, response=response, now=LATER)


def test_the_answer_that_hands_a_session_in_takes_three_more() -> None:
    seat = sit(make_world(questions=1, question_seconds=65))
    response = choose(seat.world.key(0))
    with assert_queries_at_most(7):
        seat.save(0, response)
    assert seat.session.status == "completed"


@pytest.mark.parametrize("items", [1, 40])
def test_saving_many_takes_four_whatever_their_number(items: int) -> None:
    world = make_world(questions=40)
    seat = sit(world)
    chosen = [(index, choose(world.key(index))) for index in range(items)]
    with assert_queries_at_most(4):
        seat.save_many(chosen)


@sizes
def test_a_hand_in_takes_six_and_one_for_the_paper_in_a_new_process(questions: int) -> None:
    world = _large_world(questions)
    alice, bob = sit(world), sit(world, world.bob)
    alice.save(0, choose(world.key(0)))
    with assert_queries_at_most(6):
        alice.submit(at=LATER)
    papers.forget()
    with assert_queries_at_most(7):
        bob.submit(at=LATER)
    with assert_queries_at_most(4):
        bob.submit(at=LATER)


LISTS: dict[str, tuple[Callable[[World, datetime], object], int]] = {
    "class": (
        lambda world, at: list_class_sessions(actor=actor(world.teacher), class_id=world.group.pk, page=PAGE, now=at),
        5,
    ),
    "exam": (
        lambda world, at: list_exam_sessions(actor=actor(world.teacher), exam_id=world.exam.pk, page=PAGE, now=at),
        6,
    ),
}


@rows
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("clock", [None, 65])
def test_a_list_takes_six_at_most_whatever_its_length(sessions: int, name: str, clock: int | None) -> None:
    world = make_world(question_seconds=clock)
    for seat in _sessions(world, sessions)[::2]:
        seat.submit()
    papers.forget()
    take, budget = LISTS[name]
    with assert_queries_at_most(budget):
        take(world, LATER)


@rows
def test_the_own_list_takes_four_whatever_its_length(sessions: int) -> None:
    world = make_world(max_attempts=60)
    for _ in range(sessions - 1):
        sit(world).submit()
    sit(world)
    papers.forget()
    with assert_queries_at_most(4):
        page = list_my_sessions(actor=actor(world.alice), page=PAGE, now=LATER)
    assert page.count == sessions


@rows
def test_the_look_that_closes_sessions_takes_six_more_for_all_of_them(sessions: int) -> None:
    world = make_world()
    for seat in _sessions(world, sessions):
        seat.save(0, choose(world.key(0)))
    take, budget = LISTS["exam"]
    with assert_queries_at_most(budget + 6):
        take(world, OVER)
    with assert_queries_at_most(1):
        assert close_due_sessions(now=OVER) == 0


@pytest.mark.parametrize("events", [0, 25])
def test_a_page_action_takes_three(events: int) -> None:
    seat = sit(make_world())
    for _ in range(events):
        seat.log("page_leave")
    with assert_queries_at_most(3):
        seat.log("page_return")


@pytest.mark.parametrize("questions", [1, 40])
def test_looks_at_one_session_take_few_whatever_the_paper(questions: int) -> None:
    world = make_world(questions=questions)
    seat = sit(world)
    seat.save(0, choose(world.key(0)))
    with assert_queries_at_most(1):
        get_active_session(actor=actor(world.alice), now=LATER)
    with assert_queries_at_most(3):
        seat.detail(at=LATER)
    with assert_queries_at_most(3):
        get_session_logs(actor=actor(world.teacher), session_id=seat.id, now=LATER)
    seat.submit(at=LATER)
    with assert_queries_at_most(3):
        seat.detail(at=LATER)
    with assert_queries_at_most(3):
        seat.result(at=LATER)


def test_a_closed_session_takes_one_more_while_its_student_sits_another() -> None:
    world = make_world(max_attempts=2)
    seat = sit(world)
    seat.submit()
    sit(world)
    with assert_queries_at_most(4):
        seat.detail(at=LATER)
    with assert_queries_at_most(4):
        seat.result(at=LATER)
