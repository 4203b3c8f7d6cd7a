"""Keys of starts: how long a start that is asked for again finds the session it began."""

from datetime import datetime, timedelta

from django.conf import settings

from examhall.engine.locking import unit_of_work
from examhall.store.models import StartKey


@unit_of_work
def forget_old_start_keys(*, now: datetime) -> int:
    """Forget the keys that are older than the setting says; return how many. Until then every one of them counts."""
    kept = timedelta(hours=settings.EXAMHALL_IDEMPOTENCY_HOURS)
    forgotten, _ = StartKey.objects.filter(created_at__lt=now - kept).delete()
    return forgotten
