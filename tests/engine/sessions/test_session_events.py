"""Page actions that a student's client reports: what may be written into the log, and how much of it."""

from datetime import timedelta

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    DomainError,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
    TooManyEvents,
    ValueInvalid,
)
from examhall.domain.session import EVENT_BURST, EVENT_WINDOW
from examhall.domain.words import AuthoringFault, LogAction
from examhall.engine.session_events import log_action
from tests.builders import NOW, actor, choose, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


def _burst(seat: Seat, count: int) -> None:
    for number in range(count):
        seat.log("page_leave", at=NOW + timedelta(milliseconds=number))


@pytest.mark.parametrize(
    ("action", "detail"),
    [
        ("page_leave", "Student left the page"),
        ("page_return", "Student returned to the page"),
        ("fullscreen-exit", None),
        ("tab_2", None),
        ("x" * 100, None),
    ],
)
def test_a_page_action_is_logged(action: str, detail: str | None) -> None:
    seat = sit(make_world())
    at = NOW + timedelta(minutes=4, microseconds=7)
    seat.log(action, at=at)
    log = seat.logs[-1]
    assert (log.actions, log.detail, log.timestamp) == (action, detail, at)
    assert log.student_id == seat.student.pk


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("", AuthoringFault.BLANK),
        (" \n", AuthoringFault.BLANK),
        ("x" * 101, AuthoringFault.TOO_LONG),
        ("Page Leave", AuthoringFault.NOT_AN_EVENT),
        ("page_leave\n", AuthoringFault.NOT_AN_EVENT),
        ("<script>", AuthoringFault.NOT_AN_EVENT),
        ("p\u00e1gina", AuthoringFault.NOT_AN_EVENT),
        *((action.value, AuthoringFault.RESERVED) for action in LogAction),
        ("exam-submitted", AuthoringFault.RESERVED),
    ],
)
def test_what_is_no_page_action_is_refused(action: str, reason: AuthoringFault) -> None:
    seat = sit(make_world())
    with pytest.raises(ValueInvalid) as refused:
        seat.log(action)
    assert (refused.value.field, refused.value.context["reason"]) == ("action", reason)
    assert seat.actions == ["exam_started"]


def test_a_burst_is_bounded_and_says_when_to_come_back() -> None:
    seat = sit(make_world())
    _burst(seat, EVENT_BURST)
    with pytest.raises(TooManyEvents) as refused:
        seat.log("page_return", at=NOW + timedelta(seconds=1))
    assert refused.value.context["retry_after"] == 10
    assert seat.actions.count("page_leave") == EVENT_BURST
    assert "page_return" not in seat.actions


def test_the_burst_is_over_when_its_first_event_is_as_old_as_the_window() -> None:
    seat = sit(make_world())
    _burst(seat, EVENT_BURST)
    with pytest.raises(TooManyEvents):
        seat.log("page_return", at=NOW + EVENT_WINDOW - TICK)
    seat.log("page_return", at=NOW + EVENT_WINDOW)
    with pytest.raises(TooManyEvents):
        seat.log("page_return", at=NOW + EVENT_WINDOW)


def test_saving_answers_uses_up_no_events() -> None:
    seat = sit(make_world())
    for _ in range(EVENT_BURST + 1):
        seat.save(0, choose(seat.world.key(0)))
    seat.log("page_leave")
    assert seat.actions[-1] == "page_leave"


def test_too_many_events_stop_no_answer_and_no_hand_in() -> None:
    seat = sit(make_world())
    _burst(seat, EVENT_BURST)
    seat.save(0, choose(seat.world.key(0)), at=NOW + timedelta(seconds=1))
    seat.submit(at=NOW + timedelta(seconds=2))
    assert seat.actions[-2:] == ["answer_submitted", "exam_submitted"]


def test_one_student_s_burst_is_not_another_s() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    _burst(alice, EVENT_BURST)
    bob.log("page_leave")
    assert bob.actions == ["exam_started", "page_leave"]


def test_a_closed_session_logs_nothing_more() -> None:
    seat = sit(make_world())
    seat.submit()
    with pytest.raises(SessionNotActive):
        seat.log("page_leave")


def test_within_the_grace_the_page_may_still_be_left() -> None:
    seat = sit(make_world())
    seat.log("page_leave", at=NOW + timedelta(minutes=45, seconds=5))
    with pytest.raises(SessionNotActive):
        seat.log("page_leave", at=NOW + timedelta(minutes=45, seconds=5) + TICK)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("bob", SessionNotFound),
        ("charlie", SessionNotFound),
        ("other_teacher", SessionNotFound),
        ("teacher", StaffCannotSit),
        ("admin", StaffCannotSit),
    ],
)
def test_nobody_but_its_student_reports(name: str, refusal: type[DomainError]) -> None:
    seat = sit(make_world())
    with pytest.raises(refusal):
        seat.log("page_leave", by=getattr(seat.world, name))
    assert seat.actions == ["exam_started"]


@pytest.mark.parametrize("session_id", [987_654_321, 2**63, 10**30])
def test_an_unknown_session_is_not_found(session_id: int) -> None:
    world = make_world()
    with pytest.raises(SessionNotFound):
        log_action(actor=actor(world.alice), session_id=session_id, action="page_leave", now=NOW)


def test_a_deactivated_student_reports_nothing() -> None:
    seat = sit(make_world())
    seat.student.is_active = False
    seat.student.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        seat.log("page_leave")
