"""The log of a session: everything that happened in it, oldest first, and nothing that tells the key."""

from datetime import timedelta

import pytest

from examhall.domain.errors import AccountDisabled, SessionNotFound
from examhall.engine.session_views import get_session_logs
from examhall.engine.snapshots import SessionLogs
from examhall.store.models import User
from tests.builders import NOW, actor, choose, make_world
from tests.engine.sessions.kinds_world import KEY_TEXTS, POINTS, make_kinds_world, right
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db


def _logs(seat: Seat, by: User | None = None, *, seconds: int = 0) -> SessionLogs:
    return get_session_logs(actor=actor(by or seat.student), session_id=seat.id, now=NOW + timedelta(seconds=seconds))


def test_everything_that_happened_is_there_in_order() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.wrong(0)), at=NOW + timedelta(seconds=1))
    seat.log("page_leave", at=NOW + timedelta(seconds=2))
    seat.log("page_return", at=NOW + timedelta(seconds=3))
    seat.update(0, choose(seat.world.key(0)), at=NOW + timedelta(seconds=4))
    seat.save_many([(1, choose(None)), (2, choose(seat.world.key(2)))], at=NOW + timedelta(seconds=5))
    seat.submit(at=NOW + timedelta(seconds=6))
    assert [(log.actions, log.detail, (log.timestamp - NOW).seconds) for log in _logs(seat).logs] == [
        ("exam_started", "Student started the exam", 0),
        ("answer_submitted", "Answered question P1", 1),
        ("page_leave", "Student left the page", 2),
        ("page_return", "Student returned to the page", 3),
        ("answer_updated", "Changed the answer to question P1", 4),
        ("answer_updated", "Cleared the answer to question P2", 5),
        ("answer_submitted", "Answered question P3", 5),
        ("exam_submitted", "Student submitted the exam", 6),
    ]


def test_what_arrived_in_another_order_is_listed_by_its_time() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)), at=NOW + timedelta(seconds=9))
    seat.save(1, choose(seat.world.key(1)), at=NOW + timedelta(seconds=8))
    assert [log.detail for log in _logs(seat).logs[1:]] == ["Answered question P2", "Answered question P1"]


def test_the_log_says_whose_it_is() -> None:
    seat = sit(make_world())
    logs = _logs(seat, seat.world.teacher)
    assert (logs.session_id, logs.code) == (seat.id, seat.session.code)
    assert (logs.student_id, logs.student_name) == (seat.student.pk, "Alice Owner")


def test_it_holds_nothing_of_another_session() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    bob.log("page_leave")
    assert [log.actions for log in _logs(alice).logs] == ["exam_started"]
    assert {log.id for log in _logs(alice).logs} == {log.pk for log in alice.logs}


def test_refused_actions_leave_no_line() -> None:
    seat = sit(make_world())
    for _ in range(2):
        with pytest.raises(SessionNotFound):
            seat.save(0, choose(seat.world.key(0)), by=seat.world.bob)
    assert [log.actions for log in _logs(seat).logs] == ["exam_started"]


def test_no_line_tells_the_key_or_what_an_answer_was_worth() -> None:
    seat = sit(make_kinds_world())
    for index in range(len(POINTS)):
        seat.save(index, right(seat.world, index))
    text = " ".join(log.detail or "" for log in _logs(seat).logs).casefold()
    for secret in (*KEY_TEXTS, "whale", "correct", "right", "wrong", "point", "score"):
        assert secret.casefold() not in text


def test_student_class_teacher_and_admin_read_it() -> None:
    seat = sit(make_world())
    for viewer in (seat.student, seat.world.teacher, seat.world.admin):
        assert len(_logs(seat, viewer).logs) == 1


def test_for_everybody_else_there_is_no_such_session() -> None:
    seat = sit(make_world())
    for viewer in (seat.world.bob, seat.world.charlie, seat.world.other_teacher):
        with pytest.raises(SessionNotFound):
            _logs(seat, viewer)


@pytest.mark.parametrize("session_id", [987_654_321, 2**63, 10**30])
def test_an_unknown_session_is_not_found(session_id: int) -> None:
    world = make_world()
    with pytest.raises(SessionNotFound):
        get_session_logs(actor=actor(world.admin), session_id=session_id, now=NOW)


def test_a_deactivated_teacher_reads_nothing() -> None:
    seat = sit(make_world())
    seat.world.teacher.is_active = False
    seat.world.teacher.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        _logs(seat, seat.world.teacher)
