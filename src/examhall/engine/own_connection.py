"""The database connection of a thread that outlives requests: looked after between two pieces of work."""

from time import monotonic

from django.db import connection

# A connection that has just been used is taken to be alive: to ask costs a round trip, a tenth of a save.
_TRUSTED_SECONDS = 1.0


class OwnConnection:
    """The current thread's connection, as one thread uses it for ever; Django looks after those of requests only."""

    def __init__(self) -> None:
        self._used_at = float("-inf")
        self._used: object = None

    def look_after(self) -> None:
        """Make sure that there is a connection, and that it is alive if it has rested for long.

        :raises OperationalError: when none can be had.
        """
        connection.close_if_unusable_or_obsolete()
        now = monotonic()
        if now - self._used_at < _TRUSTED_SECONDS:
            connection.health_check_done = True  # type: ignore[attr-defined]  # missing in the stubs
        else:
            connection.close_if_health_check_failed()
        self._used_at = now
        connection.ensure_connection()
        self._used = connection.connection

    def is_lost(self) -> bool:
        """Say whether what has just failed did because its connection broke, so that it may go well with another."""
        if connection.connection is None or not connection.is_usable():
            connection.close()
            return True
        # Django may have noticed by itself, and opened another.
        return connection.connection is not self._used

    def rest(self) -> None:
        """Close the connection: the thread is about to end."""
        connection.close()
