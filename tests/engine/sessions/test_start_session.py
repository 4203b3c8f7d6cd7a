"""Starting a session: who may, when, how often, and what is then fixed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    AlreadyActive,
    AttemptLimitReached,
    ExamEnded,
    ExamNotFound,
    ExamNotStarted,
    NotEnoughQuestions,
    NotEnrolled,
    StaffCannotSit,
)
from examhall.domain.words import RevealPolicy, Role, SessionStatus
from examhall.engine.answers import save_answer
from examhall.engine.papers import mark_changed
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session, submit_session
from examhall.store.models import ExamLog, ExamSession, Paper, Question, QuestionAnswer, StudentAnswer
from tests.builders import NOW, actor, choose, make_question, make_user, make_world

pytestmark = pytest.mark.django_db


def test_a_start_gives_the_whole_paper_unanswered() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert session.status is SessionStatus.IN_PROGRESS
    assert session.start_time == NOW
    assert session.code.startswith("EXAM_20260310_")
    assert [answer.question.exam_question_id for answer in session.answers] == [row.pk for row in world.questions]
    assert [answer.question.order for answer in session.answers] == [10, 20, 30]
    assert {answer.answered_at for answer in session.answers} == {None}


def test_the_time_left_is_the_limit_when_the_window_is_longer() -> None:
    world = make_world(minutes=45)
    assert start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW).time_remaining == 45 * 60


def test_the_time_left_is_the_rest_of_the_window_when_that_is_shorter() -> None:
    world = make_world(end_time=NOW + timedelta(minutes=10, seconds=3))
    assert start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW).time_remaining == 603


def test_the_start_is_in_the_log() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    log = ExamLog.objects.get(session_id=session.id)
    assert (log.actions, log.timestamp, log.student_id) == ("exam_started", NOW, world.alice.pk)


def test_the_points_add_up_to_the_total_by_difficulty() -> None:
    world = make_world(total_score=10)
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    points = StudentAnswer.objects.filter(session_id=session.id).order_by("position").values_list("points", flat=True)
    assert list(points) == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


def test_a_second_start_is_refused_and_names_the_running_session() -> None:
    world = make_world(max_attempts=2)
    first = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    with pytest.raises(AlreadyActive) as refused:
        start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert refused.value.context["session_id"] == first.id
    assert ExamSession.objects.count() == 1


def test_another_student_may_start_beside() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    assert ExamSession.objects.count() == 2


def test_attempts_are_numbered_without_gaps_up_to_the_limit() -> None:
    world = make_world(max_attempts=2)
    for _ in range(2):
        session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
        submit_session(actor=actor(world.alice), session_id=session.id, now=NOW)
    with pytest.raises(AttemptLimitReached) as refused:
        start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert refused.value.context["max_attempts"] == 2
    assert list(ExamSession.objects.order_by("id").values_list("attempt_number", flat=True)) == [1, 2]


def test_a_session_whose_time_ran_out_unseen_is_closed_by_the_next_start() -> None:
    world = make_world(max_attempts=2)
    first = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    later = NOW + timedelta(minutes=50)
    second = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=later)
    closed = ExamSession.objects.get(pk=first.id)
    assert (closed.status, closed.end_time) == ("abandoned", NOW + timedelta(minutes=45))
    assert second.id != first.id


@pytest.mark.parametrize(
    ("offset", "refusal"),
    [
        (timedelta(microseconds=-1), ExamNotStarted),
        (timedelta(0), None),
        (timedelta(hours=4) - timedelta(microseconds=1), None),
        (timedelta(hours=4), ExamEnded),
        (timedelta(hours=4, seconds=2), ExamEnded),
    ],
)
def test_the_window_is_half_open_and_has_no_grace(offset: timedelta, refusal: type[Exception] | None) -> None:
    world = make_world()
    moment = world.exam.start_time + offset
    if refusal is None:
        assert start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=moment).start_time == moment
    else:
        with pytest.raises(refusal):
            start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=moment)


def test_a_stranger_to_the_class_is_refused() -> None:
    world = make_world()
    with pytest.raises(NotEnrolled):
        start_session(actor=actor(world.charlie), exam_id=world.exam.pk, now=NOW)


def test_a_class_with_open_enrolment_takes_every_student() -> None:
    world = make_world()
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    assert start_session(actor=actor(world.charlie), exam_id=world.exam.pk, now=NOW).student.id == world.charlie.pk


def test_staff_cannot_sit() -> None:
    world = make_world()
    for staff in (world.teacher, world.admin):
        with pytest.raises(StaffCannotSit):
            start_session(actor=actor(staff), exam_id=world.exam.pk, now=NOW)


def test_a_deactivated_student_is_nobody() -> None:
    world = make_world()
    world.alice.is_active = False
    world.alice.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)


def test_an_unknown_exam_is_not_found() -> None:
    alice = make_user("Alice Owner", Role.STUDENT)
    with pytest.raises(ExamNotFound):
        start_session(actor=actor(alice), exam_id=987654321, now=NOW)


def test_an_exam_without_questions_uses_up_no_attempt() -> None:
    world = make_world(questions=0)
    with pytest.raises(NotEnoughQuestions):
        start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert not ExamSession.objects.exists()


def test_a_draw_larger_than_the_exam_uses_up_no_attempt() -> None:
    world = make_world(questions=2, draw_count=3)
    with pytest.raises(NotEnoughQuestions) as refused:
        start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert refused.value.context == {"required": 3, "available": 2}
    assert not ExamSession.objects.exists()


def test_a_draw_gives_every_student_so_many_questions_with_the_full_total() -> None:
    world = make_world(questions=8, draw_count=3, total_score=10)
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    rows = StudentAnswer.objects.filter(session_id=session.id)
    assert (len(session.answers), sum(row.points for row in rows)) == (3, Decimal("10.00"))
    assert [answer.question.order for answer in session.answers] == [1, 2, 3]


def test_no_key_is_shown_at_the_start() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    shown = {option.is_correct for answer in session.answers for option in answer.question.options}
    assert shown == {None}
    assert {answer.score for answer in session.answers} == {None}


def test_an_open_exam_shows_its_keys_at_the_start() -> None:
    world = make_world(reveal_policy=RevealPolicy.OPEN.value)
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    first = session.answers[0]
    assert [option.is_correct for option in first.question.options] == [False, True, False]
    assert first.score == Decimal(0)


def test_what_was_started_does_not_change_under_the_student() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    Question.objects.filter(pk=world.questions[0].question_id).update(question_text="Which is a square?")
    QuestionAnswer.objects.filter(pk=world.key(0)).update(text="49", is_correct=False)
    mark_changed(exam_ids=[world.exam.pk])
    detail = get_session_detail(actor=actor(world.alice), session_id=session.id, now=NOW)
    assert detail.session.answers[0].question.question_text == "Which one of row 1 is prime?"
    saved = save_answer(
        actor=actor(world.alice),
        session_id=session.id,
        exam_question_id=world.questions[0].pk,
        response=choose(session.answers[0].question.options[1].id),
        now=NOW,
    )
    assert saved.selected[0].text == "23"


def test_the_next_start_sits_the_changed_exam() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    Question.objects.filter(pk=world.questions[0].question_id).update(question_text="Which is a square?")
    mark_changed(exam_ids=[world.exam.pk])
    session = start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    assert session.answers[0].question.question_text == "Which is a square?"
    assert Paper.objects.count() == 2


def test_changing_an_exam_there_and_back_reuses_its_paper() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    mark_changed(exam_ids=[world.exam.pk])
    start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    assert Paper.objects.count() == 1


def test_other_questions_of_the_bank_are_not_on_the_paper() -> None:
    world = make_world()
    make_question(world.teacher, "Which is not in this exam?")
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert len(session.answers) == 3
