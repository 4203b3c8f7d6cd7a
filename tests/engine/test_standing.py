"""How many sessions run."""

from datetime import timedelta

import pytest

from examhall.engine.standing import count_open_sessions
from tests.builders import NOW, make_world
from tests.engine.sessions.seat import sit
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db


def test_running_sessions_count_and_closed_ones_do_not() -> None:
    world = make_world()
    sit(world)
    sit(world, world.bob).submit()
    assert count_open_sessions(now=NOW) == 1


def test_a_session_counts_until_its_time_is_up_whether_it_was_closed_or_not() -> None:
    sit(make_world(minutes=45))
    assert count_open_sessions(now=NOW + timedelta(minutes=45) - timedelta(microseconds=1)) == 1
    assert count_open_sessions(now=NOW + timedelta(minutes=45)) == 0


def test_it_counts_until_the_window_ends() -> None:
    sit(make_world(minutes=45, end_time=NOW + timedelta(minutes=10)))
    assert count_open_sessions(now=NOW + timedelta(minutes=10) - timedelta(microseconds=1)) == 1
    assert count_open_sessions(now=NOW + timedelta(minutes=10)) == 0


def test_it_takes_one_statement() -> None:
    sit(make_world())
    with assert_queries_at_most(1):
        count_open_sessions(now=NOW)
