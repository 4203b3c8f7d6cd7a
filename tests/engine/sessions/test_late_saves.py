"""An answer that came within the grace says so, to whoever counts it."""

from datetime import datetime, timedelta

import pytest

from tests.builders import NOW, choose, make_world
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db

END = NOW + timedelta(minutes=45)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(("at", "late"), [(END - INSTANT, False), (END, True), (END + timedelta(seconds=5), True)])
def test_an_answer_is_late_from_the_end_on(at: datetime, late: bool) -> None:
    seat = sit(make_world(minutes=45))
    right = choose(seat.world.key(0))
    assert seat.save(0, right, at=at).late is late
    assert seat.update(0, right, at=at).late is late
    assert [outcome.answer.late for outcome in seat.save_many([(0, right)], at=at) if outcome.answer] == [late]


def test_an_answer_that_is_only_looked_at_is_not_late() -> None:
    seat = sit(make_world(minutes=45))
    seat.save(0, choose(seat.world.key(0)), at=END)
    assert [answer.late for answer in seat.detail(at=END).session.answers] == [False, False, False]
