"""Saves beside saves: bulk saves in any order, students of one exam, bursts of page actions."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections, transaction

from examhall.domain.errors import TooManyEvents
from examhall.domain.session import EVENT_BURST
from examhall.engine import sitting
from examhall.store.models import Exam, ExamLog, User
from tests.builders import NOW, actor, choose, make_world
from tests.concurrency.racing import at_once
from tests.engine.sessions.seat import Seat, sit

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))

LATER = NOW + timedelta(minutes=1)
QUESTIONS = 12


def _save_all(seat: Seat, *, right: bool, backwards: bool, times: int) -> int:
    """Save every question in one call, so many times; return how many items were refused."""
    pick = seat.world.key if right else seat.world.wrong
    items = [(index, choose(pick(index))) for index in range(QUESTIONS)]
    if backwards:
        items.reverse()
    refused = 0
    for _ in range(times):
        refused += sum(outcome.refusal is not None for outcome in seat.save_many(items, at=LATER))
    return refused


@rounds
def test_bulk_saves_in_opposite_orders_neither_deadlock_nor_mix(attempt: int) -> None:
    seat = sit(make_world(questions=QUESTIONS))
    acts = [
        partial(_save_all, seat, right=number % 2 == 0, backwards=number % 2 == attempt % 2, times=5)
        for number in range(8)
    ]
    assert at_once(acts) == [0] * 8
    assert len({seat.row(index).is_correct for index in range(QUESTIONS)}) == 1
    assert ExamLog.objects.filter(actions__startswith="answer_").count() == 8 * 5 * QUESTIONS


@rounds
def test_bulk_saves_of_different_students_in_opposite_orders_do_not_deadlock(attempt: int) -> None:
    world = make_world(questions=QUESTIONS)
    seats = [sit(world), sit(world, world.bob)]
    acts = [
        partial(_save_all, seats[number % 2], right=True, backwards=(number // 2 + attempt) % 2 == 1, times=5)
        for number in range(8)
    ]
    assert at_once(acts) == [0] * 8
    for seat in seats:
        assert seat.submit(at=LATER).correct_count == QUESTIONS


def test_a_burst_of_page_actions_is_bounded_also_when_they_come_at_once() -> None:
    seat = sit(make_world())
    outcomes = at_once([partial(seat.log, "page_leave")] * (EVENT_BURST + 10))
    assert outcomes.count(None) == EVENT_BURST
    assert outcomes.count(TooManyEvents) == 10
    assert seat.actions.count("page_leave") == EVENT_BURST


def _while_locked(seat: Seat, acts: list[Callable[[], object]]) -> None:
    """Do acts one after another, in a thread of its own, while another transaction holds a session's lock."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                sitting.lock(actor=actor(seat.student), session_id=seat.id)
                held.set()
                assert done.wait(60), "somebody waited for the lock"
        finally:
            connections.close_all()

    def run() -> None:
        assert held.wait(60)
        try:
            for act in acts:
                act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        holder, worker = pool.submit(hold), pool.submit(run)
        try:
            worker.result(timeout=20)
        finally:
            done.set()
        holder.result(timeout=60)


def test_nobody_waits_for_another_student_s_save() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    world = make_world(max_attempts=2)
    alice, bob = sit(world), sit(world, world.bob)
    _while_locked(
        alice,
        [
            partial(bob.save, 0, choose(world.key(0)), at=LATER),
            partial(bob.save_many, [(1, choose(world.key(1)))], at=LATER),
            partial(bob.log, "page_leave", at=LATER),
            partial(bob.submit, at=LATER),
            partial(sit, world, world.bob, at=LATER),
            partial(alice.detail, at=LATER),
            partial(alice.detail, at=LATER, by=world.teacher),
            partial(_rename, world.exam),
            partial(_signs_in, world.alice),
        ],
    )
    assert bob.stored_result.correct_count == 2


def _rename(exam: Exam) -> int:
    return Exam.objects.filter(pk=exam.pk).update(title="Renamed", paper=None)


def _signs_in(user: User) -> int:
    return User.objects.filter(pk=user.pk).update(last_login=LATER)
