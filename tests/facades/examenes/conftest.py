"""What the tests of the certification API share: the time stands still at NOW, and the usual people have browsers."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.builders import NOW
from tests.certification import Certification, make_certification
from tests.facades.examenes.browser import Browser, browser_of


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; ``clock.shift`` and ``clock.move_to`` move it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None) -> Certification:
    """Return the usual people, a bank of six questions, and the two exams of three and four."""
    return make_certification()


@pytest.fixture
def nobody(db: None) -> Browser:
    """Return a browser in which nobody has signed in."""
    return Browser()


@pytest.fixture
def alice(world: Certification) -> Browser:
    """Return the browser of the candidate who sits the exams."""
    return browser_of(world.alice)


@pytest.fixture
def bob(world: Certification) -> Browser:
    """Return the browser of another candidate."""
    return browser_of(world.bob)


@pytest.fixture
def teacher(world: Certification) -> Browser:
    """Return the browser of the teacher whose class it is."""
    return browser_of(world.teacher)


@pytest.fixture
def admin(world: Certification) -> Browser:
    """Return the browser of an admin."""
    return browser_of(world.admin)
