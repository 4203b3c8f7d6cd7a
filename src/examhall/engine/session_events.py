"""What a student's client reports about its page: leaving it, coming back, and the like."""

from datetime import datetime

from examhall.domain.access import Actor
from examhall.domain.errors import SessionNotActive, SessionTimeUp, TooManyEvents
from examhall.domain.session import EVENT_WINDOW, check_client_event, may_log_event
from examhall.engine import closing, row_writes, sitting
from examhall.engine.locking import unit_of_work
from examhall.engine.session_rows import count_page_actions
from examhall.store.models import ExamLog

_DETAILS = {"page_leave": "Student left the page", "page_return": "Student returned to the page"}


def log_action(*, actor: Actor, session_id: int, action: str, now: datetime) -> None:
    """Write a page action of the student's client into the log of the running session.

    :raises ValueInvalid: when the action is not one that a client may report.
    :raises TooManyEvents: when the client reports more in a short time than a log should hold.
    :raises SessionNotFound: when there is no such session, or it is somebody else's.
    :raises StaffCannotSit: when the actor is not its student.
    :raises SessionNotActive: when it is closed or its time is over.
    """
    checked = check_client_event(action)
    try:
        _log(actor=actor, session_id=session_id, action=checked, now=now)
    except SessionTimeUp:
        closing.close_when_due(session_id, now=now)
        raise SessionNotActive from None


@unit_of_work
def _log(*, actor: Actor, session_id: int, action: str, now: datetime) -> None:
    held = sitting.lock(actor=actor, session_id=session_id)
    sitting.check_running(held, now=now)
    recent = count_page_actions(session_id, since=now - EVENT_WINDOW)
    if not may_log_event(recent_count=recent):
        raise TooManyEvents(retry_after=int(EVENT_WINDOW.total_seconds()))
    row_writes.insert(
        ExamLog(
            session_id=session_id,
            student_id=held.session.student_id,
            actions=action,
            timestamp=now,
            detail=_DETAILS.get(action),
        )
    )
