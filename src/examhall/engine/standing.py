"""How the whole hall stands at a moment, for whoever watches the server."""

from datetime import datetime

from examhall.domain.words import SessionStatus
from examhall.store.models import ExamSession


def count_open_sessions(*, now: datetime) -> int:
    """Return how many sessions run; one whose time is up does not, closed or not."""
    running = ExamSession.objects.filter(status=SessionStatus.IN_PROGRESS.value, limit_at__gt=now)
    return running.filter(exam__end_time__gt=now).count()
