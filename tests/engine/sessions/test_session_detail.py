"""One session in full: paper, answers and log, for its student, its teacher and the admins."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import AccountDisabled, SessionNotFound
from examhall.domain.words import RevealPolicy, Role, SessionStatus
from examhall.engine.papers import mark_changed
from examhall.engine.session_views import get_session_detail
from examhall.store.models import Exam
from tests.builders import NOW, actor, choose, make_exam, make_user, make_world
from tests.engine.sessions.kinds_world import make_kinds_world
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db


def test_the_student_sees_the_session_with_answers_and_log() -> None:
    seat = sit(make_world())
    seat.save(1, choose(seat.world.wrong(1)), at=NOW + timedelta(minutes=1))
    detail = seat.detail(at=NOW + timedelta(minutes=2))
    session = detail.session
    assert (session.id, session.code, session.start_time) == (seat.id, seat.session.code, NOW)
    assert (session.status, session.end_time, session.submitted_at) == (SessionStatus.IN_PROGRESS, None, None)
    assert [answer.answered_at for answer in session.answers] == [None, NOW + timedelta(minutes=1), None]
    assert [option.id for option in session.answers[1].selected] == [seat.world.wrong(1)]
    assert [log.actions for log in detail.logs] == ["exam_started", "answer_submitted"]


@pytest.mark.parametrize("policy", RevealPolicy)
def test_a_start_answers_to_the_last_digit_what_the_detail_shows(policy: RevealPolicy) -> None:
    seat = sit(make_kinds_world(reveal_policy=policy.value, shuffle=True))
    # Their text and not their values: 0 and 0.00 are equal numbers, and only one of them has two decimals.
    assert repr(seat.started) == repr(seat.detail().session)


def test_it_names_student_exam_class_and_teacher() -> None:
    seat = sit(make_world())
    session = seat.detail().session
    assert (session.student.full_name, session.student.role) == ("Alice Owner", Role.STUDENT)
    assert (session.exam.title, session.exam.description) == ("Primes and factors", "Chapters 3 and 4")
    assert session.exam.class_obj.class_name == "Algebra 2B"
    assert session.exam.class_obj.teacher.full_name == session.exam.created_by.full_name == "Teresa Teacher"


def test_minutes_and_total_are_those_of_the_paper_the_window_is_the_exam_s() -> None:
    seat = sit(make_world(minutes=45, total_score=80))
    end = NOW + timedelta(hours=9)
    Exam.objects.filter(pk=seat.world.exam.pk).update(minutes=5, total_score=7, end_time=end)
    mark_changed(exam_ids=[seat.world.exam.pk])
    exam = seat.detail().session.exam
    assert (exam.minutes, exam.total_score, exam.end_time) == (45, 80, end)


@pytest.mark.parametrize(
    ("elapsed", "left"),
    [
        (timedelta(0), 2700),
        (timedelta(microseconds=1), 2699),
        (timedelta(minutes=44, seconds=59), 1),
        (timedelta(minutes=44, seconds=59, microseconds=1), 0),
        (timedelta(minutes=45, seconds=5), 0),
    ],
)
def test_the_time_left_is_counted_on_the_server(elapsed: timedelta, left: int) -> None:
    seat = sit(make_world(minutes=45))
    assert seat.detail(at=NOW + elapsed).session.time_remaining == left


def test_a_closed_session_has_no_time_left() -> None:
    seat = sit(make_world())
    seat.submit()
    assert seat.detail().session.time_remaining == 0


@pytest.mark.parametrize("policy", RevealPolicy)
def test_the_total_stands_still_while_the_session_runs(policy: RevealPolicy) -> None:
    seat = sit(make_world(reveal_policy=policy.value))
    seat.save(0, choose(seat.world.key(0)))
    for viewer in (seat.student, seat.world.teacher):
        assert seat.detail(by=viewer).session.total_score == Decimal("0.00")


def test_the_total_is_there_after_the_hand_in() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.submit(at=NOW + timedelta(minutes=5))
    session = seat.detail(at=NOW + timedelta(minutes=6)).session
    assert (session.status, session.total_score) == (SessionStatus.COMPLETED, Decimal("26.67"))
    assert session.end_time == session.submitted_at == NOW + timedelta(minutes=5)


def test_the_class_teacher_and_the_admin_see_it_with_the_key() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.NEVER.value))
    seat.save(0, choose(seat.world.key(0)))
    for viewer in (seat.world.teacher, seat.world.admin):
        answer = seat.detail(by=viewer).session.answers[0]
        assert [option.is_correct for option in answer.question.options] == [False, True, False]
        assert (answer.is_correct, answer.score) == (True, Decimal("26.67"))


def test_for_everybody_else_there_is_no_such_session() -> None:
    seat = sit(make_world())
    world = seat.world
    for viewer in (world.bob, world.charlie, world.other_teacher):
        with pytest.raises(SessionNotFound):
            seat.detail(by=viewer)


def test_who_made_the_exam_without_teaching_the_class_does_not_see_it() -> None:
    world = make_world()
    Exam.objects.filter(pk=world.exam.pk).update(created_by=world.other_teacher)
    with pytest.raises(SessionNotFound):
        sit(world).detail(by=world.other_teacher)


@pytest.mark.parametrize("session_id", [987_654_321, 2**63, 10**30])
def test_an_unknown_session_is_not_found(session_id: int) -> None:
    world = make_world()
    for viewer in (world.alice, world.teacher, world.admin):
        with pytest.raises(SessionNotFound):
            get_session_detail(actor=actor(viewer), session_id=session_id, now=NOW)


def test_a_deactivated_viewer_sees_nothing() -> None:
    seat = sit(make_world())
    for viewer in (seat.student, seat.world.teacher, seat.world.admin):
        viewer.is_active = False
        viewer.save(update_fields=["is_active"])
        with pytest.raises(AccountDisabled):
            seat.detail(by=viewer)


def test_who_sat_it_and_teaches_now_still_sees_it_but_as_a_student() -> None:
    seat = sit(make_world())
    seat.student.role = Role.TEACHER.value
    seat.student.save(update_fields=["role"])
    answer = seat.detail().session.answers[0]
    assert {option.is_correct for option in answer.question.options} == {None}


def test_a_student_out_of_the_class_still_sees_the_own_session() -> None:
    seat = sit(make_world())
    seat.world.group.enrolments.all().delete()
    assert seat.detail().session.id == seat.id


def test_a_teacher_sees_nothing_of_a_class_given_to_another() -> None:
    seat = sit(make_world())
    seat.world.group.teacher = seat.world.other_teacher
    seat.world.group.save(update_fields=["teacher"])
    with pytest.raises(SessionNotFound):
        seat.detail(by=seat.world.teacher)
    assert seat.detail(by=seat.world.other_teacher).session.id == seat.id


def test_an_admin_who_is_gone_is_nobody() -> None:
    seat = sit(make_world())
    gone = make_user("Gone Admin", Role.ADMIN)
    gone_actor = actor(gone)
    gone.delete()
    with pytest.raises(AccountDisabled):
        get_session_detail(actor=gone_actor, session_id=seat.id, now=NOW)


def test_two_sessions_of_one_student_do_not_mix() -> None:
    world = make_world()
    exam = make_exam(world.group, *(place.question for place in world.questions), title="The other one")
    other_world = replace(world, exam=exam, questions=tuple(exam.exam_questions.order_by("order")))
    one, other = sit(world), sit(other_world)
    one.save(0, choose(world.key(0)))
    assert (one.detail().session.exam.title, other.detail().session.exam.title) == (
        "Primes and factors",
        "The other one",
    )
    assert {answer.answered_at for answer in other.detail().session.answers} == {None}
    assert [log.actions for log in other.detail().logs] == ["exam_started"]
