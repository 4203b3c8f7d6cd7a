"""Units of work: one transaction, tried again when the database says that it lost a race.

Lock order, everywhere: the exam row first (authoring, freezing a paper), then session rows by ascending id,
then nothing else. Whoever keeps to it cannot deadlock with the others.
"""

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, OperationalError, connection, transaction

from examhall.engine.turns import Turns

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 6
# MariaDB: 1020 record changed, 1205 lock wait timeout, 1213 deadlock. PostgreSQL: serialization failure, deadlock.
_MYSQL_CODES = frozenset({1020, 1205, 1213})
_SQLSTATES = frozenset({"40001", "40P01"})
# SQLite has one writer at a time. Whoever waits for it sleeps and looks again, and those who come often starve the others
# (p99 above a second); within the one process that serves, the threads queue here instead.
_sqlite_writers = Turns()


def lost_a_race(error: DatabaseError) -> bool:
    """Say whether the same transaction may succeed when it is simply tried again."""
    cause = error.__cause__
    if cause is None:
        return False
    if getattr(cause, "sqlstate", None) in _SQLSTATES:
        return True
    code = cause.args[0] if cause.args else None
    if code in _MYSQL_CODES:
        return True
    return isinstance(code, str) and "database is locked" in code


def unit_of_work(function: Callable[P, R]) -> Callable[P, R]:
    """Run a use case in one transaction; try it again, from its start, when it lost a race.

    Inside another unit of work it only joins the outer transaction: the outermost one decides and retries.
    """

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return function(*args, **kwargs)
        for attempt in range(1, TRIES):
            try:
                with _transaction():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if not lost_a_race(error):
                    raise
                # Full jitter, so that the losers of one race do not meet again at the same moment.
                time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - a delay, not a secret
        with _transaction():
            return function(*args, **kwargs)

    return wrapper


@contextmanager
def _transaction() -> Iterator[None]:
    with _sqlite_writers if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield
