"""What a student can sit: whether it can be started, and how much time there is."""

from datetime import datetime, timedelta

import pytest

from examhall.domain.errors import NotEnoughQuestions, RoleForbidden
from examhall.domain.words import ExamStatus
from examhall.engine.available_exams import list_available_exams
from examhall.engine.favorites import add_favorite
from examhall.engine.paging import PageRequest
from examhall.engine.sessions import start_session, submit_session
from examhall.engine.snapshots_exams import AvailableExam
from examhall.store.models import User
from tests.builders import NOW, World, actor, make_class, make_exam, make_world

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


def available(
    user: User, now: datetime = NOW, *, class_id: int | None = None, status: ExamStatus | None = None
) -> list[AvailableExam]:
    page = list_available_exams(actor=actor(user), page=PageRequest(), now=now, class_id=class_id, status=status)
    return list(page.items)


def the_exam(world: World, now: datetime = NOW) -> AvailableExam:
    (item,) = available(world.alice, now)
    return item


def test_the_window_is_half_open() -> None:
    world = make_world()
    start, end = world.exam.start_time, world.exam.end_time
    timeline = [
        (start - TICK, ExamStatus.UPCOMING, False, TICK),
        (start, ExamStatus.ONGOING, True, end - start),
        (end - TICK, ExamStatus.ONGOING, True, TICK),
        (end, ExamStatus.COMPLETED, False, None),
    ]
    for now, status, can_start, remaining in timeline:
        item = the_exam(world, now)
        assert (item.row.status, item.can_start, item.remaining) == (status, can_start, remaining)


def test_a_running_session_and_used_up_attempts_forbid_a_start() -> None:
    world = make_world(max_attempts=2)
    assert (the_exam(world).can_start, the_exam(world).has_session) == (True, False)
    for attempt, can_start_after in ((1, True), (2, False)):
        session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
        assert (the_exam(world).can_start, the_exam(world).has_session) == (False, True), attempt
        submit_session(actor=actor(world.alice), session_id=session.id, now=NOW)
        assert the_exam(world).can_start is can_start_after
    assert available(world.bob)[0].can_start


def test_a_session_whose_time_is_up_does_not_stand_in_the_way() -> None:
    world = make_world(max_attempts=2, minutes=10)
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    end = NOW + timedelta(minutes=10)
    assert not the_exam(world, end).can_start
    # Within the grace of five seconds a last answer may still arrive.
    assert not the_exam(world, end + timedelta(seconds=5)).can_start
    over = end + timedelta(seconds=5) + TICK
    assert the_exam(world, over).can_start
    assert start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=over).status == "in_progress"


@pytest.mark.parametrize(("questions", "draw_count", "can_start"), [(0, None, False), (1, None, True), (2, 3, False)])
def test_an_exam_without_the_questions_it_needs_cannot_be_started(
    questions: int, draw_count: int | None, can_start: bool
) -> None:
    world = make_world(questions=questions, draw_count=draw_count)
    assert the_exam(world).can_start is can_start
    if not can_start:
        with pytest.raises(NotEnoughQuestions):
            start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)


def test_only_exams_of_the_own_classes_are_listed() -> None:
    world = make_world()
    history = make_class(world.other_teacher, world.charlie, name="History 1A")
    theirs = make_exam(history, title="Rome")
    practice = make_exam(make_class(world.other_teacher, name="Practice", open_enrolment=True), title="Practice")
    assert {item.row.id for item in available(world.alice)} == {world.exam.pk, practice.pk}
    assert {item.row.id for item in available(world.charlie)} == {theirs.pk, practice.pk}
    assert [item.row.id for item in available(world.charlie, class_id=history.pk)] == [theirs.pk]
    assert available(world.alice, class_id=history.pk) == []


def test_the_list_is_narrowed_by_status() -> None:
    world = make_world()
    past = make_exam(world.group, title="past", start_time=NOW - timedelta(hours=2), end_time=NOW)
    upcoming = make_exam(world.group, title="upcoming", start_time=NOW + TICK, end_time=NOW + timedelta(hours=1))
    expected = {
        ExamStatus.COMPLETED: [past.pk],
        ExamStatus.ONGOING: [world.exam.pk],
        ExamStatus.UPCOMING: [upcoming.pk],
        None: [upcoming.pk, world.exam.pk, past.pk],
    }
    for status, ids in expected.items():
        assert [item.row.id for item in available(world.alice, status=status)] == ids


def test_the_own_favorites_are_marked() -> None:
    world = make_world()
    add_favorite(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    assert not the_exam(world).is_favorited
    assert available(world.bob)[0].is_favorited


def test_staff_sit_nothing() -> None:
    world = make_world()
    for who in (world.teacher, world.admin):
        with pytest.raises(RoleForbidden):
            available(who)
