"""Serving a question: its clock starts once, by the server, and nothing stops or restarts it."""

from datetime import timedelta
from functools import partial

import pytest

from examhall.domain.access import Actor
from examhall.domain.errors import (
    AccountDisabled,
    QuestionLocked,
    QuestionNotInExam,
    QuestionTimeUp,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
)
from examhall.domain.words import Role
from examhall.engine.certification import serve_question
from examhall.engine.papers import mark_changed
from examhall.engine.sessions import start_session
from examhall.engine.snapshots_certification import StartedExam
from examhall.store.models import Exam, ExamLog, Question, QuestionAnswer, StudentAnswer, User
from tests.builders import NOW, actor, make_world
from tests.certification import CLOCK, INSTANT, answer, begin, make_certification, serve, session_of, sit
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

LIMIT = timedelta(minutes=60)
GRACE = timedelta(seconds=5)


def row_of(exam: StartedExam, question_id: int) -> StudentAnswer:
    return StudentAnswer.objects.get(session_id=exam.id, exam_question__question_id=question_id)


def test_a_question_comes_with_its_options_and_without_its_key() -> None:
    world = make_certification()
    exam = begin(world.alice)
    question_id = exam.question_ids[1]
    served = serve_question(actor=actor(world.alice), session_id=exam.id, question_id=question_id, now=NOW)
    question = Question.objects.get(pk=question_id)
    assert (served.question_id, served.text, served.image_url) == (
        question_id,
        question.question_text,
        question.image_url,
    )
    options = QuestionAnswer.objects.filter(question_id=question_id)
    assert {option.id: option.text for option in served.options} == {row.pk: row.text for row in options}
    assert {option.is_correct for option in served.options} == {None}


def test_the_clock_starts_at_the_first_serving() -> None:
    world = make_certification()
    exam = begin(world.alice)
    question_id = serve(world.alice, exam, at=timedelta(seconds=7))
    assert row_of(exam, question_id).served_at == NOW + timedelta(seconds=7)


def test_serving_again_returns_the_same_and_leaves_the_clock_alone() -> None:
    world = make_certification()
    exam = begin(world.alice)
    fetch = partial(serve_question, actor=actor(world.alice), session_id=exam.id, question_id=exam.question_ids[0])
    first = fetch(now=NOW)
    assert fetch(now=NOW + CLOCK - INSTANT) == first
    assert row_of(exam, exam.question_ids[0]).served_at == NOW


def test_the_clock_of_the_others_does_not_start() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    assert StudentAnswer.objects.filter(session_id=exam.id, served_at=None).count() == 2


def test_an_expired_question_is_refused_from_its_last_instant_on() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    with pytest.raises(QuestionTimeUp):
        serve(world.alice, exam, at=CLOCK)


def test_an_answered_question_is_refused() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    answer(world.alice, exam)
    with pytest.raises(QuestionLocked):
        serve(world.alice, exam, at=INSTANT)


def test_a_question_that_was_not_drawn_is_refused() -> None:
    world = make_certification()
    exam = begin(world.alice)
    others = [question.pk for question in world.bank if question.pk not in exam.question_ids]
    for question_id in (*others, 987654321):
        with pytest.raises(QuestionNotInExam):
            serve_question(actor=actor(world.alice), session_id=exam.id, question_id=question_id, now=NOW)


def test_somebody_elses_exam_does_not_exist() -> None:
    world = make_certification()
    exam = begin(world.alice)
    with pytest.raises(SessionNotFound):
        serve(world.bob, exam)


def test_an_exam_of_the_other_api_is_none_of_this_one() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    with pytest.raises(SessionNotFound):
        serve_question(
            actor=actor(world.alice), session_id=session.id, question_id=world.questions[0].question_id, now=NOW
        )


def test_staff_are_served_nothing() -> None:
    world = make_certification()
    exam = begin(world.alice)
    User.objects.filter(pk=world.alice.pk).update(role=Role.TEACHER.value)
    for person in (world.alice, world.teacher, world.other_teacher, world.admin):
        with pytest.raises(StaffCannotSit):
            serve(person, exam)


def test_a_deactivated_candidate_is_nobody() -> None:
    world = make_certification()
    exam = begin(world.alice)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        serve(world.alice, exam)


def test_somebody_who_does_not_exist_is_nobody() -> None:
    world = make_certification()
    exam = begin(world.alice)
    with pytest.raises(AccountDisabled):
        serve_question(actor=Actor(user_id=987654321), session_id=exam.id, question_id=exam.question_ids[0], now=NOW)


@pytest.mark.parametrize("late_by", [timedelta(0), GRACE, GRACE + INSTANT])
def test_from_the_overall_limit_on_no_question_is_served_grace_or_not(late_by: timedelta) -> None:
    world = make_certification(minutes=60)
    exam = begin(world.alice)
    serve(world.alice, exam, 0, at=LIMIT - INSTANT)
    with pytest.raises(SessionNotActive):
        serve(world.alice, exam, 1, at=LIMIT + late_by)
    closed = late_by > GRACE
    assert (session_of(exam).status != "in_progress") is closed


def test_being_refused_closes_an_exam_whose_time_is_up() -> None:
    world = make_certification()
    exam = begin(world.alice)
    for index in range(3):
        serve(world.alice, exam, index)
    with pytest.raises(QuestionTimeUp):
        serve(world.alice, exam, at=timedelta(minutes=5))
    assert (session_of(exam).status, session_of(exam).end_time) == ("completed", NOW + CLOCK)


def test_of_a_closed_exam_a_question_says_why_it_is_over() -> None:
    world = make_certification(minutes=60)
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    answer(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    for refusal, index in ((SessionNotActive, 2), (QuestionLocked, 0), (QuestionTimeUp, 1)):
        with pytest.raises(refusal):
            serve(world.alice, exam, index, at=timedelta(hours=2))
    assert session_of(exam).status == "timeout"


def test_servings_are_not_logged() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    assert list(ExamLog.objects.values_list("actions", flat=True)) == ["exam_started"]


def test_what_was_begun_does_not_change_under_the_candidate() -> None:
    world = make_certification()
    exam = begin(world.alice)
    question_id = exam.question_ids[0]
    before = Question.objects.get(pk=question_id).question_text
    Question.objects.filter(pk=question_id).update(question_text="¿Cuánto pesa?")
    Exam.objects.filter(pk=world.practice.pk).update(question_seconds=5)
    mark_changed(exam_ids=[world.practice.pk])
    fetch = partial(serve_question, actor=actor(world.alice), session_id=exam.id, question_id=question_id)
    assert fetch(now=NOW).text == before
    assert fetch(now=NOW + CLOCK - INSTANT).text == before


def test_a_finished_exam_serves_nothing() -> None:
    world = make_certification()
    exam = sit(world.alice, right=3)
    with pytest.raises(QuestionLocked):
        serve(world.alice, exam)


@pytest.mark.parametrize("questions", [2, 12])
def test_serving_takes_at_most_four_statements_whatever_the_paper(questions: int) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    exam = begin(world.alice)
    with assert_queries_at_most(4):
        serve(world.alice, exam)
