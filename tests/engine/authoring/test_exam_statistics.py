"""The figures of an exam: everybody who could sit it, every session, every result."""

from datetime import timedelta

import pytest

from examhall.domain.errors import ExamNotFound, RoleForbidden
from examhall.engine.answers import save_answer
from examhall.engine.enrolment import remove_student
from examhall.engine.exam_views import get_exam_statistics
from examhall.engine.sessions import start_session, submit_session
from examhall.store.models import User
from tests.builders import NOW, World, actor, choose, make_user, make_world

pytestmark = pytest.mark.django_db


def sit(world: World, user: User, right: int, *, hand_in: bool = True) -> None:
    session = start_session(actor=actor(user), exam_id=world.exam.pk, now=NOW)
    for index, place in enumerate(world.questions):
        option = world.key(index) if index < right else world.wrong(index)
        save_answer(
            actor=actor(user), session_id=session.id, exam_question_id=place.pk, response=choose(option), now=NOW
        )
    if hand_in:
        submit_session(actor=actor(user), session_id=session.id, now=NOW)


def test_an_exam_that_nobody_sat_has_zeros_only() -> None:
    world = make_world()
    found = get_exam_statistics(actor=actor(world.teacher), exam_id=world.exam.pk, now=NOW)
    assert (found.total_students, found.counts.total, found.completion_rate) == (2, 0, 0.0)
    assert (found.scores.average, found.scores.highest, found.scores.lowest) == (0.0, 0.0, 0.0)
    assert sum(found.score_distribution.values()) == 0


def test_every_state_is_counted_and_sessions_whose_time_is_up_are_closed_first() -> None:
    world = make_world(questions=4, total_score=40, max_attempts=3, minutes=10)
    sit(world, world.alice, 4)
    sit(world, world.alice, 1)
    sit(world, world.bob, 2, hand_in=False)
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    before = get_exam_statistics(actor=actor(world.teacher), exam_id=world.exam.pk, now=NOW)
    assert (before.counts.total, before.counts.completed, before.counts.in_progress) == (4, 2, 2)
    assert (before.scores.average, before.scores.highest, before.scores.lowest) == (25.0, 40.0, 10.0)
    after = get_exam_statistics(
        actor=actor(world.admin), exam_id=world.exam.pk, now=NOW + timedelta(minutes=10, seconds=6)
    )
    assert (after.counts.in_progress, after.counts.timeout, after.counts.abandoned) == (0, 1, 1)
    assert (after.scores.average, after.completion_rate) == (23.33, 50.0)
    assert after.score_distribution == {"0-20": 0, "21-40": 1, "41-60": 1, "61-80": 0, "81-100": 1}


def test_who_sat_it_and_left_still_counts_and_nobody_twice() -> None:
    world = make_world(max_attempts=2)
    sit(world, world.alice, 1)
    sit(world, world.alice, 2)
    remove_student(actor=actor(world.teacher), class_id=world.group.pk, student_id=world.alice.pk)
    make_user("Not in the class")
    found = get_exam_statistics(actor=actor(world.teacher), exam_id=world.exam.pk, now=NOW)
    assert (found.total_students, found.counts.total) == (2, 2)


def test_the_figures_are_for_the_staff_of_the_class() -> None:
    world = make_world()
    with pytest.raises(RoleForbidden):
        get_exam_statistics(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    for exam_id, who in ((world.exam.pk, world.other_teacher), (2**62, world.teacher)):
        with pytest.raises(ExamNotFound):
            get_exam_statistics(actor=actor(who), exam_id=exam_id, now=NOW)
