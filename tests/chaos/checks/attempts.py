"""Sessions: every acknowledged one is there, none is beyond the limit, none was not asked for."""

from collections import defaultdict
from collections.abc import Iterator

from tests.chaos.book import Book
from tests.chaos.checks.findings import Finding, Flaw
from tests.chaos.stored import SessionRow, Stored
from tests.chaos.world import World

RUNNING = "in_progress"


def check_attempts(world: World, book: Book, stored: Stored) -> Iterator[Finding]:
    """Compare the sessions with the starts."""
    limits = {exam.id: exam.max_attempts for exam in world.exams}
    taken: dict[tuple[int, int], list[SessionRow]] = defaultdict(list)
    for row in stored.sessions.values():
        taken[row.exam, row.student].append(row)
    for (exam, student), rows in taken.items():
        yield from _check_taken(rows, limit=limits[exam], asked=len(book.starts.get((exam, student), ())))
    for session, known in book.sessions.items():
        found = stored.sessions.get(session)
        if found is None:
            yield Finding(flaw=Flaw.LOST, detail="the session was acknowledged and is gone", session=session)
        elif (found.exam, found.student) != (known.exam, known.student):
            yield Finding(flaw=Flaw.WRONG_REPLY, detail=f"it belongs to student {found.student}", session=session)


def _check_taken(rows: list[SessionRow], *, limit: int, asked: int) -> Iterator[Finding]:
    """Check all attempts of one student at one exam."""
    rows.sort(key=lambda row: row.attempt_number)
    who = f"student {rows[0].student}, exam {rows[0].exam}"
    for row in rows[limit:]:
        yield Finding(flaw=Flaw.BEYOND_LIMIT, detail=f"{who}: attempt {row.attempt_number}", session=row.id)
    for row in rows[asked:]:
        yield Finding(flaw=Flaw.UNASKED, detail=f"{who}: started {asked} times, {len(rows)} sessions", session=row.id)
    numbers = [row.attempt_number for row in rows]
    if numbers != list(range(1, len(rows) + 1)):
        yield Finding(flaw=Flaw.UNASKED, detail=f"{who}: attempts are numbered {numbers}", session=rows[0].id)
    running = [row for row in rows if row.status == RUNNING]
    for row in running[1:]:
        yield Finding(flaw=Flaw.TWO_RUNNING, detail=f"{who}: {len(running)} run", session=row.id)
    for row in rows:
        key = f"{row.exam}:{row.student}" if row.status == RUNNING else None
        if row.active_key != key:
            yield Finding(flaw=Flaw.TWO_RUNNING, detail=f"{row.status}, but key {row.active_key!r}", session=row.id)
