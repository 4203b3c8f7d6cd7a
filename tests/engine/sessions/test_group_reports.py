"""Many page actions written together: each with its own outcome, as if it had been alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from examhall.domain.errors import SessionNotActive, SessionTimeUp, TooManyEvents
from examhall.domain.session import EVENT_BURST, EVENT_WINDOW
from examhall.engine.group_writes import MOST_CALLS
from examhall.engine.session_events import Report, write_reports
from examhall.engine.sitting import NotTheirs
from examhall.store.models import User
from tests.builders import NOW, World, actor, make_user, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
TICK = timedelta(microseconds=1)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def alice(world: World) -> Seat:
    return sit(world)


@pytest.fixture
def bob(world: World) -> Seat:
    return sit(world, world.bob)


def report(seat: Seat, action: str = "page_leave", *, at: datetime = LATER, by: User | None = None) -> Report:
    """Return a report of a seat's page."""
    return Report(actor=actor(by or seat.student), session_id=seat.id, action=action, now=at)


def kinds(outcomes: Sequence[BaseException | None]) -> list[type[BaseException] | None]:
    """Return the type of each refusal."""
    return [None if outcome is None else type(outcome) for outcome in outcomes]


def test_reports_of_several_students_are_written_together(alice: Seat, bob: Seat) -> None:
    outcomes = write_reports([report(bob, "page_return"), report(alice), report(bob, "fullscreen-exit", at=NOW)])
    assert outcomes == [None, None, None]
    assert [(log.actions, log.student_id, log.timestamp) for log in alice.logs[1:]] == [
        ("page_leave", alice.student.pk, LATER)
    ]
    assert [(log.actions, log.student_id, log.timestamp) for log in bob.logs[1:]] == [
        ("page_return", bob.student.pk, LATER),
        ("fullscreen-exit", bob.student.pk, NOW),
    ]


def test_a_group_takes_as_many_statements_as_one_report(world: World, alice: Seat) -> None:
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    seats = [sit(world, make_user(f"Student {number}")) for number in range(MOST_CALLS)]

    def count(reports: Sequence[Report]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert set(write_reports(reports)) == {None}
        return len(captured)

    assert count([report(seat) for seat in seats]) == count([report(alice)])
    assert [seat.actions for seat in seats] == [["exam_started", "page_leave"]] * MOST_CALLS


def test_each_is_refused_for_its_own_reason(world: World, alice: Seat, bob: Seat) -> None:
    bob.submit()
    outcomes = write_reports(
        [
            report(bob),
            report(alice, by=world.charlie),
            report(alice),
            report(alice, at=NOW + timedelta(hours=1)),
            Report(actor=actor(world.alice), session_id=2**63, action="page_leave", now=LATER),
        ]
    )
    assert kinds(outcomes) == [SessionNotActive, NotTheirs, None, SessionTimeUp, NotTheirs]
    assert alice.actions == ["exam_started", "page_leave"]
    assert bob.actions == ["exam_started", "exam_submitted"]


def test_a_burst_within_one_group_is_bounded_as_one_after_the_other(alice: Seat, bob: Seat) -> None:
    burst = [report(alice, at=NOW + number * TICK) for number in range(EVENT_BURST + 2)]
    outcomes = write_reports([*burst, report(bob)])
    assert kinds(outcomes) == [None] * EVENT_BURST + [TooManyEvents] * 2 + [None]
    assert alice.actions.count("page_leave") == EVENT_BURST
    assert bob.actions == ["exam_started", "page_leave"]


def test_each_session_s_window_ends_at_its_own_report(alice: Seat, bob: Seat) -> None:
    for seat in (alice, bob):
        assert write_reports([report(seat, at=NOW) for _ in range(EVENT_BURST)]) == [None] * EVENT_BURST
    over = NOW + EVENT_WINDOW
    outcomes = write_reports([report(alice, at=over), report(bob, at=over - TICK), report(bob, at=over)])
    assert kinds(outcomes) == [None, TooManyEvents, None]
