"""Count what a piece of code asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Marks of a transaction are no questions: their number depends on the nesting that a test adds.
_UNCOUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "START TRANSACTION", "SET ")


@contextmanager
def assert_queries_at_most(limit: int) -> Iterator[None]:
    """Fail when the block sends more than ``limit`` statements; the message lists them."""
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [query["sql"] for query in captured.captured_queries]
    counted = [sql for sql in sent if not sql.lstrip().upper().startswith(_UNCOUNTED)]
    listing = "\n".join(f"{number}. {sql[:300]}" for number, sql in enumerate(counted, 1))
    assert len(counted) <= limit, f"{len(counted)} statements, at most {limit} were allowed:\n{listing}"
