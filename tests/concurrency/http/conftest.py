"""One server for all races over HTTP, and connections to it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.concurrency.http.client import Line
from tests.concurrency.http.database import scratch_database
from tests.concurrency.http.people import Person
from tests.concurrency.http.server import Site, running_site

Open = Callable[..., list[Line]]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a school for the whole run; test processes side by side have one each."""
    suffix = f"http_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with scratch_database(suffix) as url, running_site(url, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def line(site: Site) -> Iterator[Line]:
    """Give nobody's connection."""
    line = Line(site.port)
    yield line
    line.close()


@pytest.fixture
def lines_of(site: Site) -> Iterator[Callable[[Person, int], list[Line]]]:
    """Give a function that opens so many connections of a person."""
    with ExitStack() as opened:

        def open_lines(person: Person, number: int) -> list[Line]:
            lines = [Line(site.port, person.headers) for _ in range(number)]
            for line in lines:
                opened.callback(line.close)
                # Each is accepted by a process, whose threads have met the database.
                line.call("GET", "/sessions/active/")
            return lines

        yield open_lines
