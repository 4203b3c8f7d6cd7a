"""Many calls written together: each with its own outcome, as if it had been alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from examhall.domain.errors import OptionNotInQuestion, QuestionNotInExam, SessionTimeUp, TooManyItems
from examhall.domain.kinds import Response
from examhall.domain.words import QuestionType
from examhall.engine.saving import Outcomes, SaveCall, SaveItem, write_group
from examhall.engine.sitting import NotTheirs
from examhall.store.models import Enrolment, ExamLog, User
from tests.builders import NOW, World, actor, choose, make_exam, make_question, make_user, make_world, write
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
END = NOW + timedelta(minutes=45)
# As long as a written answer may be; letters of two and four bytes.
LONG = "ñ" * 9_999 + "😀"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def alice(world: World) -> Seat:
    return sit(world)


@pytest.fixture
def bob(world: World) -> Seat:
    return sit(world, world.bob)


def call(
    seat: Seat,
    *answers: tuple[int, Response],
    at: datetime = LATER,
    by: User | None = None,
    bulk: bool = False,
) -> SaveCall:
    """Return a call that saves answers of a seat by their index."""
    places = seat.world.questions
    items = tuple(SaveItem(response=response, exam_question_id=places[index].pk) for index, response in answers)
    return SaveCall(actor=actor(by or seat.student), session_id=seat.id, items=items, now=at, bulk=bulk)


def refusals(
    outcomes: Sequence[Outcomes | BaseException],
) -> list[type[BaseException] | list[type[BaseException] | None]]:
    """Return, for each call, the type of its refusal or of those of its items."""
    return [
        type(outcome)
        if isinstance(outcome, BaseException)
        else [None if item.refusal is None else type(item.refusal) for item in outcome]
        for outcome in outcomes
    ]


def test_calls_of_several_students_are_written_together(world: World, alice: Seat, bob: Seat) -> None:
    outcomes = write_group([call(bob, (1, choose(world.wrong(1)))), call(alice, (0, choose(world.key(0))))])
    assert refusals(outcomes) == [[None], [None]]
    assert (alice.row(0).is_correct, alice.row(0).answered_at) == (True, LATER)
    assert (bob.row(1).is_correct, bob.row(1).selected_answer_id) == (False, world.wrong(1))
    assert (alice.row(1).answered_at, bob.row(0).answered_at) == (None, None)


def test_a_group_takes_as_many_statements_as_one_call(world: World, alice: Seat, bob: Seat) -> None:
    def count(calls: Sequence[SaveCall]) -> int:
        with CaptureQueriesContext(connection) as captured:
            write_group(calls)
        return len(captured)

    alone = count([call(alice, (0, choose(world.key(0))))])
    together = count([call(alice, (1, choose(world.key(1)))), call(bob, (0, choose(world.key(0))))])
    assert together == alone


def test_each_refused_call_leaves_the_others_alone(world: World, alice: Seat, bob: Seat) -> None:
    right = choose(world.key(0))
    missing = SaveCall(actor=actor(world.bob), session_id=2**63, items=(), now=LATER)
    outcomes = write_group(
        [
            call(alice, (0, right), by=world.bob),
            call(alice, (0, right), at=END + timedelta(seconds=6)),
            missing,
            call(bob, *[(0, right)] * 4, bulk=True),
            call(bob, (0, choose(world.key(1)))),
            call(alice, (2, choose(world.key(2)))),
        ]
    )
    assert refusals(outcomes) == [NotTheirs, SessionTimeUp, NotTheirs, TooManyItems, [OptionNotInQuestion], [None]]
    assert alice.row(0).answered_at is None
    assert bob.row(0).answered_at is None
    assert alice.row(2).score > 0


def test_of_two_calls_for_one_answer_the_later_in_the_line_stands_and_both_are_logged(
    world: World, alice: Seat
) -> None:
    outcomes = write_group([call(alice, (0, choose(world.wrong(0)))), call(alice, (0, choose(world.key(0))))])
    assert refusals(outcomes) == [[None], [None]]
    assert alice.row(0).is_correct is True
    logged = ExamLog.objects.filter(session_id=alice.id, actions__startswith="answer_").order_by("id")
    assert [log.actions for log in logged] == ["answer_submitted", "answer_updated"]


def test_a_bulk_call_and_single_calls_of_one_session_meet_in_the_same_rows(world: World, alice: Seat) -> None:
    everything = [(index, choose(world.wrong(index))) for index in range(3)]
    by_id = SaveItem(response=choose(world.key(1)), answer_id=alice.row(1).pk)
    write_group(
        [
            call(alice, *everything, bulk=True),
            call(alice, (0, choose(world.key(0)))),
            SaveCall(actor=actor(alice.student), session_id=alice.id, items=(by_id,), now=LATER),
        ]
    )
    assert [alice.row(index).is_correct for index in range(3)] == [True, True, False]


def test_a_question_of_another_exam_is_not_found_whoever_saves_beside(world: World, alice: Seat, bob: Seat) -> None:
    other = make_exam(world.group, make_question(world.teacher, "Another one?"))
    foreign = SaveItem(response=choose(1), exam_question_id=other.exam_questions.get().pk)
    outcomes = write_group(
        [
            SaveCall(actor=actor(alice.student), session_id=alice.id, items=(foreign,), now=LATER),
            call(bob, (0, choose(world.key(0)))),
        ]
    )
    assert refusals(outcomes) == [[QuestionNotInExam], [None]]


def test_answers_of_all_kinds_are_written_by_one_statement(world: World) -> None:
    several = make_question(world.teacher, "Which are even?", options=(("2", True), ("4", True), ("5", False)))
    essay = make_question(world.teacher, "Why?", kind=QuestionType.ESSAY, options=())
    blank = make_question(world.teacher, "Half?", kind=QuestionType.FILL_BLANK, options=(("0.5", True),))
    one = make_question(world.teacher, "Which one?")
    exam = make_exam(world.group, one, several, essay, blank)
    kinds = replace(world, exam=exam, questions=tuple(exam.exam_questions.order_by("order")))
    seat = sit(kinds)
    chosen = kinds.options(1, correct=True)
    write_group(
        [
            call(seat, (0, choose(None))),
            call(seat, (0, choose(kinds.key(0)))),
            call(seat, (1, Response(selected_answer_ids=tuple(chosen), given=frozenset({"selected_answer_ids"})))),
            call(seat, (3, write("1/2")), at=LATER + timedelta(microseconds=1)),
            call(seat, (2, write(LONG)), at=LATER + timedelta(microseconds=123_456)),
        ]
    )
    rows = [seat.row(index) for index in range(4)]
    assert [row.selected_answer_id for row in rows] == [kinds.key(0), None, None, None]
    assert rows[1].selected_answer_ids == chosen
    assert (rows[2].answer_text, rows[2].answered_at) == (LONG, LATER + timedelta(microseconds=123_456))
    assert (rows[3].answer_text, rows[3].answered_at) == ("1/2", LATER + timedelta(microseconds=1))
    assert [row.score for row in rows[2:]] == [Decimal("0.00")] * 2
    assert [row.score for row in rows[:2]] == [row.points for row in rows[:2]]


def test_a_large_group_is_written_in_full(world: World) -> None:
    students = [make_user(f"Student {number}") for number in range(64)]
    Enrolment.objects.bulk_create(
        Enrolment(class_obj=world.group, student=student, joined_at=NOW) for student in students
    )
    seats = [sit(world, who) for who in students]
    outcomes = write_group([call(seat, (1, choose(world.key(1)))) for seat in reversed(seats)])
    assert refusals(outcomes) == [[None]] * 64
    assert all(seat.row(1).is_correct for seat in seats)


def test_a_session_with_clocks_is_complete_also_when_the_last_answer_stands_first_in_the_line() -> None:
    world = make_world(questions=2, question_seconds=65)
    seat = sit(world)
    last, first = NOW + timedelta(seconds=20), NOW + timedelta(seconds=10)
    write_group([call(seat, (0, choose(world.key(0))), at=last), call(seat, (1, choose(world.key(1))), at=first)])
    assert (seat.session.status, seat.session.end_time) == ("completed", last)
