"""What the tests of the front share."""

from collections.abc import Iterator

import pytest

from tests.facades.httpkit.front import Loop


@pytest.fixture
def loop() -> Iterator[Loop]:
    """Return a running event loop."""
    made = Loop()
    yield made
    made.close()
