"""What the checker can find."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """Kinds of findings; the first three are columns of the totals."""

    LOST = "lost"
    DOUBLE_RESULT = "double result"
    BEYOND_LIMIT = "session beyond the limit"
    TWO_RUNNING = "two running sessions"
    UNASKED = "unasked change"
    WRONG_SCORE = "wrong score"
    WRONG_RESULT = "wrong result"
    WRONG_LOG = "wrong log"
    WRONG_REPLY = "wrong reply"
    SAVED_AFTER_END = "saved after the hand-in was known"
    API_DIFFERS = "API and database differ"
    DAMAGED = "damaged database"
    NO_RECOVERY = "no recovery"
    NOT_TESTED = "fault not injected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One contradiction, with the session that it is in."""

    flaw: Flaw
    detail: str
    session: int | None = None

    def __str__(self) -> str:
        place = "" if self.session is None else f" (session {self.session})"
        return f"{self.flaw.value}{place}: {self.detail}"
