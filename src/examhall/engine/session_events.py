"""What a student's client reports about its page: leaving it, coming back, and the like.

As answers are saved, so reports are written: those that come together in one transaction, each with its own outcome.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from examhall.domain.access import Actor
from examhall.domain.errors import DomainError, TooManyEvents
from examhall.domain.session import EVENT_WINDOW, check_client_event, may_log_event
from examhall.engine import row_writes, sitting
from examhall.engine.group_writes import GroupWrites
from examhall.engine.session_rows import count_page_actions
from examhall.store.models import ExamLog

_DETAILS = {"page_leave": "Student left the page", "page_return": "Student returned to the page"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one client reports; ``action`` has been checked."""

    actor: Actor
    session_id: int
    action: str
    now: datetime


def log_action(*, actor: Actor, session_id: int, action: str, now: datetime) -> None:
    """Write a page action of the student's client into the log of the running session; return after the commit.

    :raises ValueInvalid: when the action is not one that a client may report.
    :raises TooManyEvents: when the client reports more in a short time than a log should hold.
    :raises SessionNotFound: when there is no such session, or it is somebody else's.
    :raises StaffCannotSit: when the actor is not its student.
    :raises SessionNotActive: when it is closed or its time is over.
    """
    _REPORTS(Report(actor=actor, session_id=session_id, action=check_client_event(action), now=now))


def write_reports(reports: Sequence[Report]) -> list[BaseException | None]:
    """Write a group of reports in the transaction under way; return for each why it was refused, or ``None``."""
    held = sitting.lock_many(sorted({report.session_id for report in reports}))
    outcomes = [_refusal(report, held) for report in reports]
    running = [place for place, refusal in enumerate(outcomes) if refusal is None]
    for places in _rounds(running, reports):
        for place, refusal in zip(places, _write([reports[place] for place in places]), strict=True):
            outcomes[place] = refusal
    return outcomes


_REPORTS: GroupWrites[Report, None] = GroupWrites(write_reports)


def _refusal(report: Report, held: dict[int, sitting.Sitting]) -> BaseException | None:
    """Return why a report cannot be written whatever was reported before, or ``None``."""
    try:
        theirs = sitting.check_theirs(held.get(report.session_id), report.actor)
        sitting.check_running(theirs, now=report.now)
    except (DomainError, sitting.NotTheirs) as refusal:
        return refusal
    return None


def _rounds(places: Sequence[int], reports: Sequence[Report]) -> Iterator[list[int]]:
    """Split places into rounds with one report of a session each: the next of a session must see the one before."""
    while places:
        first = {reports[place].session_id: place for place in reversed(places)}
        taken = set(first.values())
        yield sorted(taken)
        places = [place for place in places if place not in taken]


def _write(reports: Sequence[Report]) -> list[TooManyEvents | None]:
    """Write reports of different, locked sessions, save those that are too many."""
    counts = count_page_actions([(report.session_id, report.now - EVENT_WINDOW) for report in reports])
    allowed = [may_log_event(recent_count=counts.get(report.session_id, 0)) for report in reports]
    logs = [_log(report) for report, may in zip(reports, allowed, strict=True) if may]
    if logs:
        row_writes.insert_all(logs)
    return [None if may else TooManyEvents(retry_after=int(EVENT_WINDOW.total_seconds())) for may in allowed]


def _log(report: Report) -> ExamLog:
    return ExamLog(
        session_id=report.session_id,
        # Checked: the actor is the session's student.
        student_id=report.actor.user_id,
        actions=report.action,
        timestamp=report.now,
        detail=_DETAILS.get(report.action),
    )
