"""One start that is sent many times at the same moment."""

from functools import partial

import pytest

from examhall.domain.errors import AlreadyActive, StartKeyReused
from examhall.engine.sessions import start_session
from examhall.engine.snapshots import SessionSnapshot
from examhall.store.models import Exam, ExamSession, StartKey, StudentAnswer, User
from tests.builders import NOW, actor, make_exam, make_question, make_world
from tests.concurrency.racing import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))


def _start(student: User, exam: Exam, key: str) -> SessionSnapshot:
    return start_session(actor=actor(student), exam_id=exam.pk, key=key, now=NOW)


def _ids(outcomes: list[SessionSnapshot | type[Exception]]) -> list[object]:
    return [outcome.id if isinstance(outcome, SessionSnapshot) else outcome for outcome in outcomes]


@rounds
def test_twenty_starts_with_one_key_all_find_one_session(attempt: int) -> None:
    world = make_world(max_attempts=3)
    outcomes = _ids([*at_once([partial(_start, world.alice, world.exam, "key")] * 20)])
    session = ExamSession.objects.get()
    assert outcomes == [session.pk] * 20
    assert StartKey.objects.get().session_id == session.pk
    assert StudentAnswer.objects.count() == 3


@rounds
def test_of_two_keys_one_wins_and_each_of_its_twins_with_it(attempt: int) -> None:
    world = make_world(max_attempts=3)
    starts = [partial(_start, world.alice, world.exam, "one"), partial(_start, world.alice, world.exam, "two")]
    outcomes = _ids([*at_once(starts * 8)])
    session = ExamSession.objects.get()
    assert sorted(map(str, outcomes)) == sorted(map(str, [session.pk] * 8 + [AlreadyActive] * 8))
    assert len({str(outcome) for outcome in outcomes[::2]}) == 1


@rounds
def test_one_key_for_two_exams_at_once_starts_one_of_them(attempt: int) -> None:
    world = make_world()
    other = make_exam(world.group, make_question(world.teacher, "Other"))
    starts = [partial(_start, world.alice, world.exam, "key"), partial(_start, world.alice, other, "key")]
    outcomes = _ids([*at_once(starts * 6)])
    session = ExamSession.objects.get()
    assert sorted(map(str, outcomes)) == sorted(map(str, [session.pk] * 6 + [StartKeyReused] * 6))


def test_a_whole_class_with_the_same_key_starts_a_session_each() -> None:
    world = make_world()
    outcomes = _ids([*at_once([partial(_start, who, world.exam, "key") for who in (world.alice, world.bob)])])
    assert len(set(outcomes)) == ExamSession.objects.count() == 2
