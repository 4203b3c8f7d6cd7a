"""What every test runs under."""

from collections.abc import Iterator

import hypothesis
import pytest

from examhall.engine import group_writes, papers

# A deadline for each example measures the machine and not the code, most of all when tests run side by side.
hypothesis.settings.register_profile("examhall", deadline=None)
hypothesis.settings.load_profile("examhall")


@pytest.fixture(autouse=True)
def _no_writer_of_another_test() -> Iterator[None]:
    """The thread that writes answers keeps its connection, and a test's database cannot be dropped while one is open."""
    yield
    group_writes.close_all()


@pytest.fixture(autouse=True)
def _no_papers_of_another_test() -> Iterator[None]:
    """A test winds the database back, so ids of papers come again: something that no server ever does."""
    yield
    papers.forget()
