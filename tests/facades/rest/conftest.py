"""What the tests of the JWT door share: the time stands still at NOW, and the usual people have clients."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from examhall.store.models import User
from tests.builders import NOW, World, make_world
from tests.facades.rest.api import Api, api_of


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at NOW; ``clock.shift`` and ``clock.move_to`` move it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def api() -> Callable[[User | None], Api]:
    """Return the requests of a user, or of nobody."""
    return api_of


@pytest.fixture
def world(db: None) -> World:
    """Return the usual people, a class and a running exam of three choice questions."""
    return make_world()


@pytest.fixture
def nobody() -> Api:
    """Return the requests of somebody without a token."""
    return Api()


@pytest.fixture
def alice(world: World) -> Api:
    """Return the requests of the owner: in the class, sits the exam."""
    return api_of(world.alice)


@pytest.fixture
def bob(world: World) -> Api:
    """Return the requests of another student of the class."""
    return api_of(world.bob)


@pytest.fixture
def charlie(world: World) -> Api:
    """Return the requests of a stranger: a student of no class."""
    return api_of(world.charlie)


@pytest.fixture
def teacher(world: World) -> Api:
    """Return the requests of the class's teacher."""
    return api_of(world.teacher)


@pytest.fixture
def other_teacher(world: World) -> Api:
    """Return the requests of a teacher of other classes."""
    return api_of(world.other_teacher)


@pytest.fixture
def admin(world: World) -> Api:
    """Return the requests of an admin."""
    return api_of(world.admin)
