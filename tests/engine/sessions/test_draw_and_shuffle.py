"""The draw and the order of a paper: fixed at the start by a seed, replayable, different from student to student."""

from decimal import Decimal

import pytest

from examhall.domain.paper import load
from examhall.engine import papers
from examhall.engine.papers import layout
from examhall.engine.snapshots import SessionSnapshot
from examhall.store.models import ExamQuestion, ExamSession, Paper, StudentAnswer
from tests.builders import NOW, World, choose, make_question, make_user, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db


def _questions(session: SessionSnapshot) -> list[int]:
    return [answer.question.exam_question_id for answer in session.answers]


def _options(session: SessionSnapshot) -> list[tuple[int, ...]]:
    return [tuple(option.id for option in answer.question.options) for answer in session.answers]


def _many(world: World, count: int) -> list[Seat]:
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    return [sit(world, make_user(f"Student {number}")) for number in range(count)]


def test_without_draw_and_shuffle_everybody_gets_the_paper_as_written() -> None:
    world = make_world(questions=5)
    for seat in _many(world, 4):
        assert _questions(seat.started) == [place.pk for place in world.questions]
        assert [answer.question.order for answer in seat.started.answers] == [10, 20, 30, 40, 50]
        assert all(list(ids) == sorted(ids) for ids in _options(seat.started))


def test_a_shuffled_paper_is_the_same_questions_in_another_order() -> None:
    world = make_world(questions=8, shuffle=True)
    seats = _many(world, 6)
    orders = [_questions(seat.started) for seat in seats]
    assert {frozenset(order) for order in orders} == {frozenset(place.pk for place in world.questions)}
    assert len({tuple(order) for order in orders}) > 1
    for seat in seats:
        assert [answer.question.order for answer in seat.started.answers] == list(range(1, 9))


def test_a_shuffled_paper_shuffles_the_options_too() -> None:
    world = make_world(questions=8, shuffle=True)
    ways = [dict(zip(_questions(seat.started), _options(seat.started), strict=True)) for seat in _many(world, 6)]
    for place in world.questions:
        assert len({frozenset(way[place.pk]) for way in ways}) == 1
    assert any(len({way[place.pk] for way in ways}) > 1 for place in world.questions)


def test_a_draw_takes_so_many_different_questions_of_the_exam() -> None:
    world = make_world(questions=9, draw_count=4)
    draws = [_questions(seat.started) for seat in _many(world, 8)]
    assert {len(set(draw)) for draw in draws} == {4}
    assert {place for draw in draws for place in draw} <= {place.pk for place in world.questions}
    assert len({frozenset(draw) for draw in draws}) > 1
    assert all(draw == sorted(draw) for draw in draws)


@pytest.mark.parametrize("fields", [{"shuffle": True}, {"draw_count": 4}, {"shuffle": True, "draw_count": 4}])
def test_what_was_laid_out_stays_so_in_every_process(fields: dict[str, int]) -> None:
    seat = sit(make_world(questions=9, **fields))
    # As another process, which has read nothing yet, and after the exam has changed.
    papers.forget()
    papers.mark_changed(exam_ids=[seat.world.exam.pk])
    seat.world.exam.exam_questions.create(question=make_question(seat.world.teacher, "New?"), order=1, code="N1")
    again = seat.detail().session
    assert _questions(again) == _questions(seat.started)
    assert _options(again) == _options(seat.started)
    assert [line.question_order for line in seat.submit().answers_summary] == [
        answer.question.order for answer in seat.started.answers
    ]


def test_the_rows_of_a_session_follow_its_layout() -> None:
    seat = sit(make_world(questions=7, shuffle=True, draw_count=5))
    session = seat.session
    rows = StudentAnswer.objects.filter(session=session).order_by("position")
    expected = [(item.question.exam_question_id, item.points) for item in layout(session.paper_id, session.seed)]
    assert [(row.exam_question_id, row.points) for row in rows] == expected
    assert [row.position for row in rows] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("fields", [{}, {"shuffle": True}, {"draw_count": 3}, {"shuffle": True, "draw_count": 3}])
def test_every_layout_is_worth_the_whole_total(fields: dict[str, int]) -> None:
    world = make_world(questions=7, total_score=100, **fields)
    for seat in _many(world, 3):
        points = StudentAnswer.objects.filter(session_id=seat.id).values_list("points", flat=True)
        assert sum(points) == Decimal(100)


def test_a_shuffled_question_is_worth_the_same_to_everybody() -> None:
    world = make_world(questions=7, shuffle=True, total_score=100)
    worth = [
        dict(StudentAnswer.objects.filter(session_id=seat.id).values_list("exam_question_id", "points"))
        for seat in _many(world, 4)
    ]
    assert all(each == worth[0] for each in worth)


def test_another_attempt_is_another_draw_of_the_same_paper() -> None:
    world = make_world(questions=12, draw_count=4, max_attempts=6)
    draws = []
    for _ in range(6):
        seat = sit(world)
        draws.append(frozenset(_questions(seat.started)))
        seat.submit()
    assert len(set(draws)) > 1
    assert Paper.objects.count() == 1
    assert len(set(ExamSession.objects.values_list("seed", flat=True))) == 6


def test_options_chosen_in_a_shuffled_paper_are_graded_by_what_they_are() -> None:
    world = make_world(questions=6, shuffle=True)
    seat = sit(world)
    for index in range(6):
        seat.save(index, choose(world.key(index)))
    assert seat.submit().correct_count == 6


def test_the_frozen_paper_holds_the_exam_with_its_key() -> None:
    world = make_world(questions=2, total_score=30, minutes=20, shuffle=True, partial_credit=True)
    session = sit(world).session
    paper = load(session.paper.content)
    assert (paper.exam_id, paper.total_score, paper.minutes) == (world.exam.pk, 30, 20)
    assert (paper.shuffle, paper.partial_credit, paper.draw_count) == (True, True, None)
    assert [question.exam_question_id for question in paper.questions] == [place.pk for place in world.questions]
    assert [set(question.correct_option_ids) for question in paper.questions] == [{world.key(0)}, {world.key(1)}]


def test_places_taken_out_and_options_archived_are_not_on_a_new_paper() -> None:
    world = make_world(questions=3)
    gone = world.options(1, correct=False)[0]
    ExamQuestion.objects.filter(pk=world.questions[0].pk).update(removed_at=NOW)
    world.questions[1].question.answers.filter(pk=gone).update(archived_at=NOW)
    started = sit(world).started
    assert _questions(started) == [world.questions[1].pk, world.questions[2].pk]
    assert gone not in _options(started)[0]
    assert len(_options(started)[0]) == 2


def test_questions_of_the_same_order_are_taken_by_their_number() -> None:
    world = make_world(questions=4)
    world.exam.exam_questions.update(order=5)
    assert _questions(sit(world).started) == [place.pk for place in world.questions]


def test_a_question_without_options_is_on_the_paper_without_any() -> None:
    world = make_world(questions=1)
    bare = make_question(world.teacher, "No options?", options=())
    place = world.exam.exam_questions.create(question=bare, order=20, code="P2")
    session = sit(world).started
    assert _questions(session) == [world.questions[0].pk, place.pk]
    assert _options(session)[1] == ()


def test_the_teacher_sees_the_paper_as_the_student_got_it() -> None:
    seat = sit(make_world(questions=9, shuffle=True))
    seen = seat.detail(by=seat.world.teacher).session
    assert (_questions(seen), _options(seen)) == (_questions(seat.started), _options(seat.started))
