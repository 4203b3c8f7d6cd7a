"""The checker: compares ledger, API and database of one run. It shares no code with the server."""

from collections.abc import Iterator, Mapping

from tests.chaos.book import Book
from tests.chaos.checks.answers import check_answers
from tests.chaos.checks.attempts import check_attempts
from tests.chaos.checks.findings import Finding, Flaw
from tests.chaos.checks.results import check_results
from tests.chaos.checks.screens import check_screens
from tests.chaos.screens import Screen
from tests.chaos.stored import Stored
from tests.chaos.world import World

__all__ = ["Finding", "Flaw", "check"]


def check(world: World, book: Book, stored: Stored, screens: Mapping[int, Screen] | None = None) -> list[Finding]:
    """Return everything in which ledger, database and API (where it was asked) contradict each other or the rules."""
    return list(_findings(world, book, stored, screens))


def _findings(world: World, book: Book, stored: Stored, screens: Mapping[int, Screen] | None) -> Iterator[Finding]:
    yield from check_attempts(world, book, stored)
    yield from check_answers(world, book, stored)
    yield from check_results(book, stored)
    if screens is not None:
        yield from check_screens(stored, screens)
