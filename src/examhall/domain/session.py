"""Sessions: their states and legal moves, their codes, and what a client may write into their logs."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from examhall.domain.errors import SessionNotActive, ValueInvalid
from examhall.domain.words import AuthoringFault, LogAction, SessionStatus

MOVES: Mapping[SessionStatus, frozenset[SessionStatus]] = MappingProxyType(
    {
        SessionStatus.IN_PROGRESS: frozenset({SessionStatus.COMPLETED, SessionStatus.TIMEOUT, SessionStatus.ABANDONED}),
        SessionStatus.COMPLETED: frozenset(),
        SessionStatus.TIMEOUT: frozenset(),
        SessionStatus.ABANDONED: frozenset(),
    }
)

WITH_RESULT = frozenset({SessionStatus.COMPLETED, SessionStatus.TIMEOUT})

EVENT_BURST = 30
EVENT_WINDOW = timedelta(seconds=10)
EVENT_MAX_LENGTH = 100

_TOKEN = re.compile(r"[0-9A-Fa-f]{8}")
_EVENT = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_SYSTEM_ACTIONS = frozenset(action.value for action in LogAction)


def can_move(*, source: SessionStatus, target: SessionStatus) -> bool:
    """Say whether a session may go from one state to another."""
    return target in MOVES[source]


def check_move(*, source: SessionStatus, target: SessionStatus) -> None:
    """Let a session go from one state to another.

    :raises SessionNotActive: when it may not.
    """
    if not can_move(source=source, target=target):
        raise SessionNotActive


def status_when_time_is_up(*, answered_count: int) -> SessionStatus:
    """Give the state of a session that the clock ends: timeout if an answer was saved, abandoned if none was."""
    return SessionStatus.TIMEOUT if answered_count else SessionStatus.ABANDONED


def has_result(status: SessionStatus) -> bool:
    """Say whether a session in this state has a result."""
    return status in WITH_RESULT


def session_code(*, started_at: datetime, token: str) -> str:
    """Build a session's code: ``EXAM_``, the UTC date of its start, ``_`` and eight upper-case hexadecimal digits.

    ``token`` is four random bytes in hexadecimal, chosen by the caller.

    :raises ValueError: when the token is not that, or ``started_at`` is naive.
    """
    if not _TOKEN.fullmatch(token):
        raise ValueError("a session's token is eight hexadecimal digits")
    if started_at.utcoffset() is None:
        raise ValueError("a session starts at an aware datetime")
    day = started_at.astimezone(UTC)
    return f"EXAM_{day:%Y%m%d}_{token.upper()}"


def check_client_event(action: str) -> str:
    """Give back what a client wants logged: lower-case words joined by ``_`` or ``-``, at most 100 characters.

    The system's own actions are refused in either spelling: a client may not forge them.

    :raises ValueInvalid: when it is blank, too long, not such words, or the system's.
    """
    if not action.strip():
        raise ValueInvalid(field="action", reason=AuthoringFault.BLANK)
    if len(action) > EVENT_MAX_LENGTH:
        raise ValueInvalid(field="action", reason=AuthoringFault.TOO_LONG, limit=EVENT_MAX_LENGTH)
    if not _EVENT.fullmatch(action):
        raise ValueInvalid(field="action", reason=AuthoringFault.NOT_AN_EVENT)
    if action.replace("-", "_") in _SYSTEM_ACTIONS:
        raise ValueInvalid(field="action", reason=AuthoringFault.RESERVED)
    return action


def may_log_event(*, recent_count: int) -> bool:
    """Say whether a session may log one more client event, given how many it logged in the last ``EVENT_WINDOW``."""
    return recent_count < EVENT_BURST
