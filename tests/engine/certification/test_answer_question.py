"""Answering a question: in its time, once, for good; the last one ends the exam."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    OptionNotInQuestion,
    QuestionLocked,
    QuestionNotInExam,
    QuestionNotServed,
    QuestionTimeUp,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
)
from examhall.engine.certification import answer_question
from examhall.store.models import ExamLog, ExamResult, StudentAnswer, User
from tests.builders import NOW, actor
from tests.certification import (
    CLOCK,
    INSTANT,
    answer,
    begin,
    key_of,
    make_certification,
    serve,
    session_of,
    sit,
    wrong_of,
)
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

LIMIT = timedelta(minutes=60)
GRACE = timedelta(seconds=5)


def test_an_answer_is_kept_and_graded_with_an_equal_share_of_the_points() -> None:
    world = make_certification(bank=8, draws=(4, 8))
    exam = begin(world.alice)
    first, second = serve(world.alice, exam, 0), serve(world.alice, exam, 1)
    answer(world.alice, exam, 0, at=timedelta(seconds=30))
    answer(world.alice, exam, 1, right=False, at=timedelta(seconds=40))
    rows = {row.exam_question.question_id: row for row in StudentAnswer.objects.filter(session_id=exam.id)}
    assert (rows[first].selected_answer_id, rows[first].is_correct, rows[first].score) == (
        key_of(first),
        True,
        Decimal("25.00"),
    )
    assert rows[first].answered_at == NOW + timedelta(seconds=30)
    assert (rows[second].selected_answer_id, rows[second].is_correct, rows[second].score) == (
        wrong_of(second),
        False,
        Decimal("0.00"),
    )


def test_an_answer_in_the_last_instant_counts_and_one_after_it_does_not() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    answer(world.alice, exam, 0, at=CLOCK - INSTANT)
    with pytest.raises(QuestionTimeUp):
        answer(world.alice, exam, 1, at=CLOCK)
    assert StudentAnswer.objects.filter(session_id=exam.id).exclude(answered_at=None).count() == 1


def test_fetching_a_question_again_gains_no_time() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    serve(world.alice, exam, at=CLOCK - INSTANT)
    with pytest.raises(QuestionTimeUp):
        answer(world.alice, exam, at=CLOCK)


def test_an_answer_is_for_good() -> None:
    world = make_certification()
    exam = begin(world.alice)
    question_id = serve(world.alice, exam)
    answer(world.alice, exam, right=False)
    with pytest.raises(QuestionLocked):
        answer(world.alice, exam, right=True, at=INSTANT)
    row = StudentAnswer.objects.get(session_id=exam.id, exam_question__question_id=question_id)
    assert row.selected_answer_id == wrong_of(question_id)


def test_a_question_that_was_never_served_cannot_be_answered() -> None:
    world = make_certification()
    exam = begin(world.alice)
    with pytest.raises(QuestionNotServed):
        answer(world.alice, exam)


def test_a_question_that_was_not_drawn_is_refused() -> None:
    world = make_certification()
    exam = begin(world.alice)
    other = next(question.pk for question in world.bank if question.pk not in exam.question_ids)
    with pytest.raises(QuestionNotInExam):
        answer_question(
            actor=actor(world.alice), session_id=exam.id, question_id=other, option_id=key_of(other), now=NOW
        )


def test_an_option_of_another_question_is_refused() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    with pytest.raises(OptionNotInQuestion):
        answer_question(
            actor=actor(world.alice),
            session_id=exam.id,
            question_id=exam.question_ids[0],
            option_id=key_of(exam.question_ids[1]),
            now=NOW,
        )


def test_somebody_elses_exam_does_not_exist() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    with pytest.raises(SessionNotFound):
        answer(world.bob, exam)


def test_staff_answer_nothing() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    for person in (world.teacher, world.other_teacher, world.admin):
        with pytest.raises(StaffCannotSit):
            answer(person, exam)


def test_a_deactivated_candidate_is_nobody() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        answer(world.alice, exam)


def test_the_last_answer_ends_the_exam_with_its_result() -> None:
    world = make_certification(draws=(4, 4))
    exam = begin(world.alice)
    for index in range(4):
        serve(world.alice, exam, index, at=timedelta(seconds=index))
        answer(world.alice, exam, index, right=index != 1, at=timedelta(seconds=10 * index + 1))
    session = session_of(exam)
    assert (session.status, session.end_time, session.active_key) == (
        "completed",
        NOW + timedelta(seconds=31),
        None,
    )
    result = ExamResult.objects.get(session=session)
    assert (result.percentage, result.correct_count, result.wrong_count, result.unanswered_count) == (
        Decimal("75.00"),
        3,
        1,
        0,
    )


def test_the_last_answer_ends_the_exam_although_another_question_expired() -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    for index in (1, 2):
        serve(world.alice, exam, index, at=CLOCK)
        answer(world.alice, exam, index, at=CLOCK)
    result = ExamResult.objects.get(session_id=exam.id)
    assert (result.correct_count, result.unanswered_count) == (2, 1)


def test_a_late_last_answer_is_refused_and_ends_the_exam_at_the_end_of_the_clock() -> None:
    world = make_certification()
    exam = begin(world.alice)
    for index in range(3):
        serve(world.alice, exam, index)
    answer(world.alice, exam, 0)
    answer(world.alice, exam, 1)
    with pytest.raises(QuestionTimeUp):
        answer(world.alice, exam, 2, at=timedelta(minutes=9))
    assert (session_of(exam).status, session_of(exam).end_time) == ("completed", NOW + CLOCK)
    assert ExamResult.objects.get(session_id=exam.id).unanswered_count == 1


@pytest.mark.parametrize(("late_by", "kept"), [(timedelta(0), True), (GRACE, True), (GRACE + INSTANT, False)])
def test_after_the_overall_limit_an_answer_counts_within_the_grace_only(late_by: timedelta, kept: bool) -> None:
    world = make_certification(minutes=60)
    exam = begin(world.alice)
    serve(world.alice, exam, at=LIMIT - INSTANT)
    if kept:
        answer(world.alice, exam, at=LIMIT + late_by)
        assert ExamLog.objects.filter(detail__endswith="(late)").count() == 1
    else:
        with pytest.raises(SessionNotActive):
            answer(world.alice, exam, at=LIMIT + late_by)
        assert session_of(exam).status == "abandoned"


def test_of_a_closed_exam_a_question_says_why_it_is_over() -> None:
    world = make_certification(minutes=60)
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    answer(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    begin(world.alice, at=timedelta(hours=2))
    assert session_of(exam).status == "timeout"
    for refusal, index in ((QuestionLocked, 0), (QuestionTimeUp, 1), (SessionNotActive, 2)):
        with pytest.raises(refusal):
            answer(world.alice, exam, index, at=timedelta(hours=2))


def test_a_finished_exam_takes_no_answer() -> None:
    world = make_certification()
    exam = sit(world.alice, right=0)
    with pytest.raises(QuestionLocked):
        answer(world.alice, exam, right=True)
    assert ExamResult.objects.get(session_id=exam.id).correct_count == 0


def test_every_answer_is_logged_and_so_is_the_end() -> None:
    world = make_certification()
    exam = sit(world.alice, right=1)
    actions = ExamLog.objects.filter(session_id=exam.id).order_by("id").values_list("actions", flat=True)
    assert list(actions) == ["exam_started", *["answer_submitted"] * 3, "exam_submitted"]


@pytest.mark.parametrize("questions", [2, 12])
def test_answering_takes_at_most_six_statements_whatever_the_paper(questions: int) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    exam = begin(world.alice)
    question_id = serve(world.alice, exam)
    option_id, who = key_of(question_id), actor(world.alice)
    with assert_queries_at_most(6):
        answer_question(actor=who, session_id=exam.id, question_id=question_id, option_id=option_id, now=NOW)
