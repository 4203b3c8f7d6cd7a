"""Alice's running session."""

from typing import Any

import pytest

from tests.builders import World
from tests.facades.rest.api import Api


@pytest.fixture
def session(world: World, alice: Api) -> dict[str, Any]:
    """Return what the start of Alice's session answered."""
    started: dict[str, Any] = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    return started
