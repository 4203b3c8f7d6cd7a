"""Simultaneous page actions: written together, and bounded as if they came one after the other."""

from datetime import timedelta
from functools import partial

import pytest

from examhall.domain.errors import SessionNotActive, SessionNotFound, TooManyEvents
from examhall.domain.session import EVENT_BURST
from tests.builders import NOW, make_user, make_world
from tests.concurrency.racing import at_once
from tests.engine.sessions.seat import sit

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

LATER = NOW + timedelta(minutes=1)


def test_a_simultaneous_burst_is_bounded() -> None:
    seat = sit(make_world())
    outcomes = at_once([partial(seat.log, "page_leave", at=LATER) for _ in range(EVENT_BURST + 4)])
    assert outcomes.count(None) == EVENT_BURST
    assert outcomes.count(TooManyEvents) == 4
    assert seat.actions == ["exam_started", *["page_leave"] * EVENT_BURST]


def test_each_of_many_gets_the_own_outcome() -> None:
    world = make_world()
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    seats = [sit(world, make_user(f"Student {number}")) for number in range(16)]
    closed, *running = seats
    closed.submit()
    acts = [partial(seat.log, "page_leave", at=LATER) for seat in seats]
    outcomes = at_once([*acts, partial(running[0].log, "page_leave", at=LATER, by=world.charlie)])
    assert outcomes == [SessionNotActive, *[None] * 15, SessionNotFound]
    assert {tuple(seat.actions) for seat in running} == {("exam_started", "page_leave")}
    assert closed.actions == ["exam_started", "exam_submitted"]
