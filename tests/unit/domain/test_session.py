"""States and moves of a session, its code, and what a client may log."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from examhall.domain.errors import SessionNotActive, ValueInvalid
from examhall.domain.session import (
    EVENT_BURST,
    EVENT_WINDOW,
    MOVES,
    can_move,
    check_client_event,
    check_move,
    has_result,
    may_log_event,
    session_code,
    status_when_time_is_up,
)
from examhall.domain.words import AuthoringFault, LogAction, SessionStatus

RUNNING = SessionStatus.IN_PROGRESS
ENDED = [SessionStatus.COMPLETED, SessionStatus.TIMEOUT, SessionStatus.ABANDONED]


@pytest.mark.parametrize("target", ENDED)
def test_a_running_session_may_end_in_every_way(target: SessionStatus) -> None:
    assert can_move(source=RUNNING, target=target)
    check_move(source=RUNNING, target=target)


@pytest.mark.parametrize("source", ENDED)
@pytest.mark.parametrize("target", list(SessionStatus))
def test_a_session_that_ended_stays_as_it_is(source: SessionStatus, target: SessionStatus) -> None:
    assert not can_move(source=source, target=target)
    with pytest.raises(SessionNotActive):
        check_move(source=source, target=target)


def test_a_running_session_cannot_start_again() -> None:
    assert not can_move(source=RUNNING, target=RUNNING)


def test_the_table_of_moves_knows_every_state() -> None:
    assert set(MOVES) == set(SessionStatus)


@pytest.mark.parametrize(
    ("answered_count", "expected"),
    [(0, SessionStatus.ABANDONED), (1, SessionStatus.TIMEOUT), (40, SessionStatus.TIMEOUT)],
)
def test_the_clock_times_out_a_session_with_answers_and_abandons_one_without(
    answered_count: int, expected: SessionStatus
) -> None:
    assert status_when_time_is_up(answered_count=answered_count) is expected


def test_only_completed_and_timed_out_sessions_have_a_result() -> None:
    assert [status for status in SessionStatus if has_result(status)] == [
        SessionStatus.COMPLETED,
        SessionStatus.TIMEOUT,
    ]


def test_a_code_carries_the_day_and_the_token() -> None:
    started_at = datetime(2025, 10, 22, 6, 44, 12, 587436, tzinfo=UTC)
    assert session_code(started_at=started_at, token="ff6c829e") == "EXAM_20251022_FF6C829E"


def test_the_day_of_a_code_is_the_day_in_utc() -> None:
    evening = datetime(2025, 10, 22, 20, 0, tzinfo=timezone(-timedelta(hours=6)))
    assert session_code(started_at=evening, token="0012ab34") == "EXAM_20251023_0012AB34"


@pytest.mark.parametrize(
    "token", ["", "ff6c829", "ff6c829e0", "ff6c829g", "ff6c829e\n", "\N{FULLWIDTH DIGIT ONE}f6c829e"]
)
def test_a_token_is_eight_hexadecimal_digits(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        session_code(started_at=datetime(2025, 10, 22, tzinfo=UTC), token=token)


def test_a_naive_start_has_no_code() -> None:
    with pytest.raises(ValueError, match="aware"):
        session_code(started_at=datetime(2025, 10, 22), token="ff6c829e")  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    "action", ["page_leave", "page_return", "tab-hidden", "fullscreen_exit_2", "copy", "exam_started_twice", "a" * 100]
)
def test_page_actions_may_be_logged(action: str) -> None:
    assert check_client_event(action) == action


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("", AuthoringFault.BLANK),
        (" \t\n", AuthoringFault.BLANK),
        ("a" * 101, AuthoringFault.TOO_LONG),
        ("Page_leave", AuthoringFault.NOT_AN_EVENT),
        ("page leave", AuthoringFault.NOT_AN_EVENT),
        ("page_leave\n", AuthoringFault.NOT_AN_EVENT),
        ("página", AuthoringFault.NOT_AN_EVENT),
        ("<script>", AuthoringFault.NOT_AN_EVENT),
        ("_exam_started", AuthoringFault.NOT_AN_EVENT),
        ("exam__started", AuthoringFault.NOT_AN_EVENT),
        ("-", AuthoringFault.NOT_AN_EVENT),
        ("exam-started", AuthoringFault.RESERVED),
        *((action.value, AuthoringFault.RESERVED) for action in LogAction),
    ],
)
def test_other_actions_are_refused(action: str, reason: AuthoringFault) -> None:
    with pytest.raises(ValueInvalid) as refusal:
        check_client_event(action)
    assert (refusal.value.field, refusal.value.context["reason"]) == ("action", reason)


@pytest.mark.parametrize(("recent", "expected"), [(0, True), (29, True), (30, False), (900, False)])
def test_a_burst_of_events_is_bounded(recent: int, expected: bool) -> None:
    assert may_log_event(recent_count=recent) is expected


def test_a_burst_is_thirty_events_in_ten_seconds() -> None:
    assert EVENT_BURST == 30
    assert EVENT_WINDOW.total_seconds() == 10
