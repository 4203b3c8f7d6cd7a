"""The result of a session: when there is one, what it says, who may read it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import AccountDisabled, ResultNotFound, SessionNotFound
from examhall.domain.words import ResultStatus, RevealPolicy, SessionStatus
from examhall.engine.closing import close_due_sessions
from examhall.engine.papers import mark_changed
from examhall.engine.session_views import get_session_result
from examhall.store.models import ExamResult, Question, QuestionAnswer
from tests.builders import NOW, actor, choose, choose_many, make_world, write
from tests.engine.sessions.kinds_world import BLANK, ESSAY, NUMBER, ONE, SEVERAL, TRUE_FALSE, make_kinds_world
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db


def test_the_result_is_what_the_hand_in_answered() -> None:
    seat = sit(make_kinds_world())
    seat.save(ONE, choose(seat.world.key(ONE)))
    handed_in = seat.submit(at=NOW + timedelta(minutes=7))
    assert seat.result(at=NOW + timedelta(hours=1)) == handed_in


def test_a_running_session_has_none() -> None:
    seat = sit(make_world())
    for viewer in (seat.student, seat.world.teacher, seat.world.admin):
        with pytest.raises(ResultNotFound):
            seat.result(by=viewer)


def test_an_abandoned_session_has_none() -> None:
    seat = sit(make_world())
    close_due_sessions(now=NOW + timedelta(hours=2))
    for viewer in (seat.student, seat.world.teacher):
        with pytest.raises(ResultNotFound):
            seat.result(by=viewer, at=NOW + timedelta(hours=2))


def test_a_session_that_timed_out_has_one() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.wrong(0)))
    close_due_sessions(now=NOW + timedelta(hours=2))
    result = seat.result(at=NOW + timedelta(hours=2))
    assert (result.session_status, result.wrong_count) == (SessionStatus.TIMEOUT, 1)
    assert (result.time_taken, result.submitted_at) == (45, NOW + timedelta(minutes=45))


def test_each_question_is_summed_up_in_the_order_of_the_paper() -> None:
    world = make_kinds_world()
    seat = sit(world)
    evens = world.options(SEVERAL, correct=True)
    seat.save(ONE, choose(world.wrong(ONE)))
    seat.save(SEVERAL, choose_many(*evens))
    seat.save(BLANK, write(" Capybara "))
    seat.save(NUMBER, write("2,72"))
    seat.save(ESSAY, write("Short waves scatter more."))
    lines = seat.submit().answers_summary
    assert [line.question_order for line in lines] == [1, 2, 3, 4, 5, 6]
    assert lines[ONE].question_text == "Which is the largest?"
    assert [(line.selected_answer, line.correct_answer) for line in lines] == [
        ("ox", "whale"),
        ("2, 4, 6", "2, 4, 6"),
        (None, "False"),
        (" Capybara ", "capybara / Hydrochoerus"),
        ("2,72", "2.718"),
        ("Short waves scatter more.", None),
    ]
    assert [line.is_correct for line in lines] == [False, True, False, True, False, False]
    assert [line.score for line in lines] == [Decimal(points) for points in ("0", "7.5", "0", "12.5", "0", "0")]
    assert lines[TRUE_FALSE].selected_answer is None


def test_the_result_speaks_of_the_paper_that_was_sat() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    Question.objects.filter(pk=seat.world.questions[0].question_id).update(question_text="Changed?")
    QuestionAnswer.objects.filter(pk=seat.world.key(0)).update(text="changed")
    mark_changed(exam_ids=[seat.world.exam.pk])
    line = seat.submit().answers_summary[0]
    assert (line.question_text, line.selected_answer) == ("Which one of row 1 is prime?", "23")


def test_feedback_and_review_show_with_the_result() -> None:
    seat = sit(make_world())
    seat.submit()
    ExamResult.objects.update(feedback="See me after class.", status=ResultStatus.REVIEWED.value)
    result = seat.result()
    assert (result.feedback, result.status) == ("See me after class.", ResultStatus.REVIEWED)


@pytest.mark.parametrize(
    ("percentage", "grade"), [("100.00", "A"), ("90.00", "A"), ("89.99", "B"), ("60.00", "D"), ("59.99", "F")]
)
def test_the_grade_follows_the_percentage(percentage: str, grade: str) -> None:
    seat = sit(make_world())
    seat.submit()
    ExamResult.objects.update(percentage=Decimal(percentage))
    assert seat.result().grade == grade


def test_the_class_teacher_and_the_admin_see_what_the_student_may_not() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.NEVER.value))
    seat.save(0, choose(seat.world.key(0)))
    seat.submit()
    assert seat.result().total_score is None
    for viewer in (seat.world.teacher, seat.world.admin):
        result = seat.result(by=viewer)
        assert (result.total_score, result.grade, result.correct_count) == (Decimal("26.67"), "F", 1)
        assert [line.correct_answer for line in result.answers_summary] == ["23", "23", "23"]


def test_for_everybody_else_there_is_no_such_session() -> None:
    seat = sit(make_world())
    seat.submit()
    for viewer in (seat.world.bob, seat.world.charlie, seat.world.other_teacher):
        with pytest.raises(SessionNotFound):
            seat.result(by=viewer)


@pytest.mark.parametrize("session_id", [987_654_321, 2**63, 10**30])
def test_an_unknown_session_is_not_found(session_id: int) -> None:
    world = make_world()
    with pytest.raises(SessionNotFound):
        get_session_result(actor=actor(world.alice), session_id=session_id, now=NOW)


def test_a_deactivated_student_reads_nothing() -> None:
    seat = sit(make_world())
    seat.submit()
    seat.student.is_active = False
    seat.student.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        seat.result()
