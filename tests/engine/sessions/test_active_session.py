"""The running session at a glance: which one it is, how far it has come and how long it lasts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from examhall.domain.errors import AccountDisabled, NoActiveSession
from examhall.domain.words import Role, SessionStatus
from examhall.engine.session_views import get_active_session
from examhall.engine.snapshots import ActiveSession
from examhall.store.models import Exam, User
from tests.builders import NOW, World, actor, choose, make_exam, make_user, make_world
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db


def _active(user: User, *, seconds: float = 0) -> ActiveSession:
    return get_active_session(actor=actor(user), now=NOW + timedelta(seconds=seconds))


def _with_another_exam(world: World) -> World:
    exam = make_exam(world.group, *(place.question for place in world.questions[:2]), title="The other one")
    return replace(world, exam=exam, questions=tuple(exam.exam_questions.order_by("order")))


def test_the_running_session_is_shown_at_a_glance() -> None:
    seat = sit(make_world())
    active = _active(seat.student)
    assert (active.id, active.code, active.start_time) == (seat.id, seat.session.code, NOW)
    assert (active.exam_id, active.exam_title, active.minutes) == (seat.world.exam.pk, "Primes and factors", 45)
    assert (active.status, active.time_remaining) == (SessionStatus.IN_PROGRESS, 2700)
    assert (active.answered_count, active.total_questions, active.progress_percentage) == (0, 3, 0.0)


def test_progress_counts_answered_questions_of_this_student_only() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    bob.save(2, choose(world.key(2)))
    alice.save(0, choose(world.wrong(0)))
    alice.save(1, choose(world.key(1)))
    active = _active(world.alice)
    assert (active.answered_count, active.total_questions, active.progress_percentage) == (2, 3, 66.67)
    alice.save(1, choose(None))
    assert _active(world.alice).progress_percentage == 33.33
    alice.save_many([(index, choose(world.key(index))) for index in range(3)])
    assert _active(world.alice).progress_percentage == 100.0


def test_only_the_questions_drawn_count() -> None:
    seat = sit(make_world(questions=6, draw_count=2))
    assert _active(seat.student).total_questions == 2


def test_the_time_left_runs_down_to_nothing() -> None:
    seat = sit(make_world())
    left = [_active(seat.student, seconds=seconds).time_remaining for seconds in (0.5, 1, 2699, 2700, 2705)]
    assert left == [2699, 2699, 1, 0, 0]


def test_the_minutes_are_those_of_the_paper() -> None:
    seat = sit(make_world(minutes=45))
    Exam.objects.filter(pk=seat.world.exam.pk).update(minutes=9, paper=None)
    assert _active(seat.student).minutes == 45


def test_of_several_the_one_started_last_is_shown() -> None:
    world = make_world()
    later = _with_another_exam(world)
    sit(later, at=NOW + timedelta(minutes=2))
    sit(world, at=NOW + timedelta(minutes=1))
    assert _active(world.alice, seconds=200).exam_title == "The other one"


def test_of_several_started_at_once_the_newest_is_shown() -> None:
    world = make_world()
    sit(world)
    sit(_with_another_exam(world))
    assert _active(world.alice).exam_title == "The other one"


def test_one_whose_time_ran_out_gives_way_to_one_that_runs() -> None:
    world = make_world(minutes=45)
    long = _with_another_exam(world)
    Exam.objects.filter(pk=long.exam.pk).update(minutes=100)
    runs = sit(long)
    over = sit(world, at=NOW + timedelta(minutes=1))
    active = _active(world.alice, seconds=47 * 60)
    assert (active.id, active.time_remaining) == (runs.id, 53 * 60)
    assert over.session.status == "abandoned"


def test_without_a_running_one_there_is_none() -> None:
    world = make_world(max_attempts=2)
    with pytest.raises(NoActiveSession):
        _active(world.alice)
    sit(world).submit()
    with pytest.raises(NoActiveSession):
        _active(world.alice)
    again = sit(world)
    assert _active(world.alice).id == again.id


def test_nobody_is_shown_the_session_of_somebody_else() -> None:
    world = make_world()
    sit(world)
    for viewer in (world.bob, world.charlie, world.teacher, world.admin):
        with pytest.raises(NoActiveSession):
            _active(viewer)


def test_a_deactivated_student_is_nobody() -> None:
    seat = sit(make_world())
    seat.student.is_active = False
    seat.student.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        _active(seat.student)


def test_somebody_who_is_gone_is_nobody() -> None:
    gone = make_user("Gone Student", Role.STUDENT)
    asking = actor(gone)
    gone.delete()
    with pytest.raises(AccountDisabled):
        get_active_session(actor=asking, now=NOW)
