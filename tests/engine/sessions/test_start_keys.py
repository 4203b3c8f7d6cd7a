"""Starts that carry the client's own name for them: asked for again, they find the session that they began."""

from datetime import datetime, timedelta

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    AlreadyActive,
    AttemptLimitReached,
    DomainError,
    ExamNotStarted,
    StartKeyReused,
)
from examhall.engine.sessions import start_session
from examhall.engine.snapshots import SessionSnapshot
from examhall.engine.start_keys import forget_old_start_keys
from examhall.store.models import Enrolment, ExamLog, ExamSession, StartKey, User
from tests.builders import NOW, World, actor, choose, make_exam, make_question, make_world
from tests.engine.sessions.seat import Seat

pytestmark = pytest.mark.django_db

KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'
LATER = NOW + timedelta(minutes=3)


def _start(
    world: World,
    key: str | None = KEY,
    *,
    by: User | None = None,
    exam_id: int | None = None,
    at: datetime = NOW,
) -> SessionSnapshot:
    exam = world.exam.pk if exam_id is None else exam_id
    return start_session(actor=actor(by or world.alice), exam_id=exam, key=key, now=at)


def test_the_same_start_again_returns_the_same_session() -> None:
    world = make_world()
    first = _start(world)
    again = _start(world, at=LATER)
    assert (again.id, again.code, again.start_time) == (first.id, first.code, NOW)
    assert [answer.id for answer in again.answers] == [answer.id for answer in first.answers]
    assert again.time_remaining == first.time_remaining - 180
    assert (ExamSession.objects.count(), ExamLog.objects.count()) == (1, 1)


def test_the_session_is_returned_as_it_is_now() -> None:
    world = make_world()
    seat = Seat(world=world, student=world.alice, started=_start(world))
    seat.save(0, choose(world.key(0)))
    assert _start(world, at=LATER).answers[0].selected[0].id == world.key(0)
    seat.submit()
    assert _start(world, at=LATER).status == "completed"


def test_a_session_whose_time_ran_out_is_returned_closed() -> None:
    world = make_world(minutes=45)
    _start(world)
    assert _start(world, at=NOW + timedelta(hours=2)).status == "abandoned"


def test_without_a_key_a_second_start_is_refused() -> None:
    world = make_world()
    _start(world, None)
    with pytest.raises(AlreadyActive):
        _start(world, None)


def test_with_another_key_a_second_start_is_refused() -> None:
    world = make_world()
    _start(world)
    with pytest.raises(AlreadyActive):
        _start(world, "another")


def test_case_matters_in_a_key() -> None:
    world = make_world()
    _start(world, "key")
    with pytest.raises(AlreadyActive):
        _start(world, "KEY")


def test_a_new_key_starts_the_next_attempt() -> None:
    world = make_world(max_attempts=2)
    seat = Seat(world=world, student=world.alice, started=_start(world))
    seat.submit()
    second = _start(world, "another", at=LATER)
    assert second.id != seat.id
    assert _start(world, at=LATER).id == seat.id


def test_a_repeated_start_needs_no_further_attempt_and_no_open_window() -> None:
    world = make_world(max_attempts=1)
    seat = Seat(world=world, student=world.alice, started=_start(world))
    seat.submit()
    with pytest.raises(AttemptLimitReached):
        _start(world, "another")
    assert _start(world, at=world.exam.end_time + timedelta(days=1)).id == seat.id


def test_a_student_taken_out_of_the_class_still_finds_the_session() -> None:
    world = make_world()
    first = _start(world)
    Enrolment.objects.all().delete()
    assert _start(world).id == first.id


def test_a_key_belongs_to_its_student() -> None:
    world = make_world()
    assert _start(world).id != _start(world, by=world.bob).id
    assert StartKey.objects.count() == 2


def test_a_key_of_another_exam_is_refused() -> None:
    world = make_world()
    _start(world)
    other = make_exam(world.group, make_question(world.teacher, "Other"))
    with pytest.raises(StartKeyReused):
        _start(world, exam_id=other.pk)
    assert ExamSession.objects.count() == 1


def test_a_refused_start_leaves_its_key_free() -> None:
    world = make_world()
    with pytest.raises(ExamNotStarted):
        _start(world, at=world.exam.start_time - timedelta(seconds=1))
    assert not StartKey.objects.exists()
    assert _start(world).status == "in_progress"


def test_a_student_whose_account_was_switched_off_finds_nothing() -> None:
    world = make_world()
    _start(world)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        _start(world)


@pytest.mark.parametrize(
    ("age", "outcome"),
    [(timedelta(hours=24), None), (timedelta(hours=24, microseconds=1), AlreadyActive)],
)
def test_a_key_is_forgotten_after_its_time(age: timedelta, outcome: type[DomainError] | None) -> None:
    world = make_world(minutes=10_080, end_time=NOW + timedelta(days=9))
    first = _start(world)
    assert forget_old_start_keys(now=NOW + age) == (0 if outcome is None else 1)
    if outcome is None:
        assert _start(world, at=NOW + age).id == first.id
    else:
        with pytest.raises(outcome):
            _start(world, at=NOW + age)


def test_forgetting_a_key_leaves_the_session() -> None:
    world = make_world()
    _start(world)
    forget_old_start_keys(now=NOW + timedelta(days=2))
    assert ExamSession.objects.count() == 1
