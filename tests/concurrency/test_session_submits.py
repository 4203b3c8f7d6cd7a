"""Simultaneous hand-ins, and saves that race with them: one result, with everything that was acknowledged in it."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from examhall.engine.authoring import update_exam
from examhall.engine.snapshots import ResultSnapshot
from examhall.store.models import Exam, ExamLog, ExamResult
from tests.builders import NOW, actor, choose, make_user, make_world
from tests.concurrency.ledger import WAYS, Page, check
from tests.concurrency.racing import at_once
from tests.engine.sessions.seat import Seat, sit

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(4))

LATER = NOW + timedelta(minutes=1)


def _submit_after(seat: Seat, seconds: float) -> ResultSnapshot:
    time.sleep(seconds)
    return seat.submit(at=LATER)


def test_twenty_simultaneous_hand_ins_give_one_result() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    outcomes = at_once([partial(seat.submit, at=NOW + timedelta(seconds=number)) for number in range(20)])
    results = [outcome for outcome in outcomes if isinstance(outcome, ResultSnapshot)]
    assert len(results) == 20
    assert all(result == results[0] for result in results)
    assert ExamResult.objects.get().pk == results[0].id
    assert seat.actions == ["exam_started", "answer_submitted", "exam_submitted"]


def test_twenty_students_who_hand_in_at_once_get_a_result_each() -> None:
    world = make_world()
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    seats = [sit(world, make_user(f"Student {number}")) for number in range(20)]
    outcomes = at_once([partial(seat.submit, at=LATER) for seat in seats])
    assert [outcome.session_id for outcome in outcomes if isinstance(outcome, ResultSnapshot)] == [
        seat.id for seat in seats
    ]
    assert ExamLog.objects.filter(actions="exam_submitted").count() == 20


@rounds
def test_an_acknowledged_save_is_in_the_total_and_none_comes_after_the_hand_in(attempt: int) -> None:
    seat = sit(make_world(questions=9))
    pages = [Page(seat=seat, index=index, at=LATER, way=WAYS[index % len(WAYS)]) for index in range(9)]
    acts: list[Callable[[], object]] = [*pages, *[partial(_submit_after, seat, 0.03 * attempt)] * 2]
    at_once(acts)
    assert seat.session.status == "completed"
    check(seat, pages)


@rounds
def test_several_students_who_save_and_hand_in_beside_each_other_lose_nothing(attempt: int) -> None:
    world = make_world(questions=3)
    seats = [sit(world), sit(world, world.bob)]
    pages = {seat.id: [Page(seat=seat, index=index, at=LATER, way=WAYS[index]) for index in range(3)] for seat in seats}
    acts: list[Callable[[], object]] = [
        *(page for of_seat in pages.values() for page in of_seat),
        *(partial(_submit_after, seat, 0.02 * (attempt + place)) for place, seat in enumerate(seats)),
    ]
    at_once(acts)
    for seat in seats:
        check(seat, pages[seat.id])


@rounds
def test_a_teacher_who_moves_the_end_meanwhile_stops_nobody(attempt: int) -> None:
    world = make_world(questions=4)
    seats = [sit(world), sit(world, world.bob)]
    pages = {seat.id: [Page(seat=seat, index=index, at=LATER, most=25) for index in range(4)] for seat in seats}

    def move() -> None:
        for hours in range(4, 12):
            update_exam(
                actor=actor(world.teacher),
                exam_id=world.exam.pk,
                changes={"end_time": NOW + timedelta(hours=hours)},
                class_id=None,
                places=None,
                now=LATER,
            )

    acts: list[Callable[[], object]] = [
        move,
        *(page for of_seat in pages.values() for page in of_seat),
        *(partial(_submit_after, seat, 0.05 * (attempt + 1)) for seat in seats),
    ]
    at_once(acts)
    for seat in seats:
        assert seat.session.status == "completed"
        check(seat, pages[seat.id])
    assert Exam.objects.get(pk=world.exam.pk).end_time == NOW + timedelta(hours=11)
