"""Who may start a session, who may see one, who is staff of it."""

from datetime import UTC, datetime, timedelta
from typing import TypedDict, Unpack

import pytest

from examhall.domain.access import StartDecision, is_staff_of, may_see_session, may_start
from examhall.domain.errors import (
    AlreadyActive,
    AttemptLimitReached,
    DomainError,
    ExamEnded,
    ExamNotStarted,
    NotEnrolled,
    StaffCannotSit,
)
from examhall.domain.words import Role

OPENS = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=3)
TICK = timedelta(microseconds=1)

ALICE, BOB, CHARLIE, TEACHER, OTHER_TEACHER, ADMIN = range(1, 7)


class Facts(TypedDict, total=False):
    role: Role
    enrolled: bool
    now: datetime
    attempts_used: int
    max_attempts: int
    active_session_id: int | None


def decide(**changes: Unpack[Facts]) -> StartDecision:
    """Ask for Alice, who may start: enrolled, in the window, one of two attempts used, none running."""
    facts: Facts = {
        "role": Role.STUDENT,
        "enrolled": True,
        "now": OPENS + timedelta(hours=1),
        "attempts_used": 1,
        "max_attempts": 2,
        "active_session_id": None,
    }
    facts.update(changes)
    return may_start(starts_at=OPENS, ends_at=CLOSES, **facts)


def test_an_enrolled_student_may_start_in_the_window() -> None:
    assert decide() == StartDecision(allowed=True, refusal=None, next_at=None)


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (OPENS - TICK, ExamNotStarted),
        (OPENS, None),
        (CLOSES - TICK, None),
        (CLOSES, ExamEnded),
        (CLOSES + TICK, ExamEnded),
    ],
)
def test_the_window_includes_its_start_and_excludes_its_end(now: datetime, refusal: type[DomainError] | None) -> None:
    decision = decide(now=now)
    assert decision.allowed is (refusal is None)
    assert (None if decision.refusal is None else type(decision.refusal)) is refusal


def test_a_student_who_is_too_early_is_told_when_to_come_back() -> None:
    assert decide(now=OPENS - timedelta(days=1)).next_at == OPENS


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ADMIN])
def test_staff_cannot_sit_an_exam_even_if_enrolled(role: Role) -> None:
    assert isinstance(decide(role=role).refusal, StaffCannotSit)


def test_a_student_of_no_such_class_is_refused() -> None:
    assert isinstance(decide(enrolled=False).refusal, NotEnrolled)


def test_a_second_start_is_refused_and_names_the_running_session() -> None:
    refusal = decide(active_session_id=77).refusal
    assert isinstance(refusal, AlreadyActive)
    assert refusal.context == {"session_id": 77}


@pytest.mark.parametrize(("used", "allowed"), [(0, True), (1, True), (2, False), (3, False)])
def test_the_last_attempt_is_the_last(used: int, allowed: bool) -> None:
    decision = decide(attempts_used=used)
    assert decision.allowed is allowed
    assert isinstance(decision.refusal, AttemptLimitReached) is not allowed
    if decision.refusal is not None:
        assert decision.refusal.context == {"max_attempts": 2}


def test_refusals_that_waiting_does_not_lift_name_no_date() -> None:
    decisions = [
        decide(role=Role.TEACHER),
        decide(enrolled=False),
        decide(now=CLOSES),
        decide(active_session_id=77),
        decide(attempts_used=2),
    ]
    assert [decision.next_at for decision in decisions] == [None] * 5


def test_the_first_refusal_of_person_window_and_attempts_stands() -> None:
    """Lift one obstacle after the other: each next refusal comes to light."""
    obstacles: Facts = {
        "role": Role.ADMIN,
        "enrolled": False,
        "now": OPENS - TICK,
        "attempts_used": 2,
        "active_session_id": 77,
    }
    lifted: list[tuple[Facts, type[DomainError]]] = [
        ({}, StaffCannotSit),
        ({"role": Role.STUDENT}, NotEnrolled),
        ({"enrolled": True}, ExamNotStarted),
        ({"now": CLOSES}, ExamEnded),
        ({"now": OPENS}, AlreadyActive),
        ({"active_session_id": None}, AttemptLimitReached),
    ]
    for change, refusal in lifted:
        obstacles.update(change)
        assert type(decide(**obstacles).refusal) is refusal
    obstacles["attempts_used"] = 0
    assert decide(**obstacles).allowed


@pytest.mark.parametrize(
    ("actor_id", "role", "sees", "staff"),
    [
        pytest.param(ALICE, Role.STUDENT, True, False, id="who-sat-it"),
        pytest.param(BOB, Role.STUDENT, False, False, id="another-student"),
        pytest.param(CHARLIE, Role.STUDENT, False, False, id="stranger"),
        pytest.param(TEACHER, Role.TEACHER, True, True, id="teacher-of-the-class"),
        pytest.param(TEACHER, Role.STUDENT, False, False, id="teacher-who-is-a-student-now"),
        pytest.param(OTHER_TEACHER, Role.TEACHER, False, False, id="another-teacher"),
        pytest.param(ALICE, Role.TEACHER, True, False, id="who-sat-it-and-teaches-now"),
        pytest.param(ADMIN, Role.ADMIN, True, True, id="admin"),
    ],
)
def test_a_session_is_seen_by_who_sat_it_its_teacher_and_admins(
    actor_id: int,
    role: Role,
    sees: bool,
    staff: bool,
) -> None:
    assert may_see_session(actor_id=actor_id, role=role, student_id=ALICE, teacher_id=TEACHER) is sees
    assert is_staff_of(actor_id=actor_id, role=role, teacher_id=TEACHER) is staff
