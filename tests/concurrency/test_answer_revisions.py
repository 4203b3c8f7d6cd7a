"""Numbered writes of one answer that arrive all at once, in any order."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from examhall.engine.snapshots import AnswerSnapshot
from examhall.store.models import ExamLog
from tests.builders import choose, make_world
from tests.concurrency.racing import at_once
from tests.engine.sessions.seat import sit

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

NEWEST = 19


@pytest.mark.parametrize("attempt", range(3))
def test_the_newest_of_twenty_writes_is_stored_whatever_the_order(attempt: int) -> None:
    seat = sit(make_world())
    right, wrong = choose(seat.world.key(0)), choose(seat.world.wrong(0))
    writes = [replace(right if number == NEWEST else wrong, revision=number) for number in range(NEWEST + 1)]
    random.Random(attempt).shuffle(writes)
    acts: list[Callable[[], AnswerSnapshot]] = [partial(seat.save, 0, write) for write in writes]
    outcomes = at_once(acts)
    row = seat.row(0)
    assert (row.is_correct, row.revision) == (True, NEWEST)
    # Each was told something at least as new as what it sent.
    for write, told in zip(writes, outcomes, strict=True):
        assert isinstance(told, AnswerSnapshot)
        assert told.revision is not None
        assert write.revision is not None
        assert told.revision >= write.revision
    # Only a write that counted is in the log; the newest always is.
    assert 1 <= ExamLog.objects.filter(session_id=seat.id).exclude(actions="exam_started").count() <= NEWEST + 1
