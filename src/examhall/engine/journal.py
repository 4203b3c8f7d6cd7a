"""The log of a session: everything that happens in it, written in the same transaction."""

from datetime import datetime

from examhall.domain.words import LogAction
from examhall.store.models import ExamLog, ExamSession

_DETAILS = {
    LogAction.EXAM_STARTED: "Student started the exam",
    LogAction.ANSWER_SUBMITTED: "Answered question {code}",
    LogAction.ANSWER_UPDATED: "Changed the answer to question {code}",
    LogAction.EXAM_SUBMITTED: "Student submitted the exam",
    LogAction.EXAM_TIMEOUT: "Time ran out; the saved answers were handed in",
    LogAction.EXAM_ABANDONED: "Time ran out before any answer was saved",
}
_LATE = " (late)"


def entry(
    session: ExamSession, action: LogAction, *, now: datetime, code: str = "", cleared: bool = False, late: bool = False
) -> ExamLog:
    """Return one line of a session's log, not saved yet; ``late`` marks what arrived within the grace."""
    detail = f"Cleared the answer to question {code}" if cleared else _DETAILS[action].format(code=code)
    return ExamLog(
        session_id=session.pk,
        student_id=session.student_id,
        actions=action.value,
        timestamp=now,
        detail=detail + _LATE if late else detail,
    )
