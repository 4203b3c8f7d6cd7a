"""Changing an answer by its own id: the same as saving, and nobody else's row."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    AnswerNotFound,
    DomainError,
    OptionNotInQuestion,
    QuestionLocked,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
)
from examhall.domain.words import RevealPolicy
from examhall.engine.answers import update_answer
from tests.builders import NOW, actor, choose, make_world
from tests.engine.sessions.kinds_world import ESSAY, POINTS, make_kinds_world, right
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db


def test_an_answer_is_changed_by_its_own_id() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.OPEN.value))
    seat.save(0, choose(seat.world.wrong(0)))
    at = NOW + timedelta(minutes=2)
    changed = seat.update(0, choose(seat.world.key(0)), at=at)
    row = seat.row(0)
    assert (changed.id, changed.is_correct, changed.answered_at) == (row.pk, True, at)
    assert (row.selected_answer_id, row.score, row.answered_at) == (seat.world.key(0), row.points, at)


def test_a_change_is_logged_as_one() -> None:
    seat = sit(make_world())
    seat.save(2, choose(seat.world.wrong(2)))
    seat.update(2, choose(seat.world.key(2)), at=NOW + timedelta(seconds=4))
    log = seat.logs[-1]
    assert (log.actions, log.detail) == ("answer_updated", "Changed the answer to question P3")
    assert log.timestamp == NOW + timedelta(seconds=4)


def test_the_first_answer_may_come_this_way() -> None:
    seat = sit(make_world())
    seat.update(0, choose(seat.world.key(0)))
    assert seat.actions == ["exam_started", "answer_submitted"]


@pytest.mark.parametrize("index", range(len(POINTS)))
def test_every_kind_may_be_changed_this_way(index: int) -> None:
    seat = sit(make_kinds_world())
    seat.update(index, right(seat.world, index))
    assert seat.row(index).score == (Decimal(0) if index == ESSAY else POINTS[index])
    assert seat.row(index).answered_at == NOW


def test_null_clears_the_answer() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.update(0, choose(None))
    assert (seat.row(0).answered_at, seat.row(0).score) == (None, Decimal(0))


def test_an_option_of_another_question_is_refused() -> None:
    seat = sit(make_world())
    with pytest.raises(OptionNotInQuestion):
        seat.update(0, choose(seat.world.key(1)))
    assert seat.row(0).answered_at is None


def test_the_answer_of_another_session_is_not_found_in_this_one() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    with pytest.raises(AnswerNotFound):
        update_answer(
            actor=actor(world.alice),
            session_id=alice.id,
            answer_id=bob.row(0).pk,
            response=choose(world.key(0)),
            now=NOW,
        )
    assert bob.row(0).answered_at is None


def test_an_answer_is_not_reached_through_another_session_of_the_same_student() -> None:
    world = make_world(max_attempts=2)
    first = sit(world)
    first.submit()
    second = sit(world)
    with pytest.raises(AnswerNotFound):
        update_answer(
            actor=actor(world.alice),
            session_id=second.id,
            answer_id=first.row(0).pk,
            response=choose(world.key(0)),
            now=NOW,
        )
    assert first.row(0).answered_at is None


@pytest.mark.parametrize("answer_id", [987_654_321, 2**63, 10**30])
def test_an_unknown_answer_is_not_found(answer_id: int) -> None:
    seat = sit(make_world())
    with pytest.raises(AnswerNotFound):
        update_answer(
            actor=actor(seat.student), session_id=seat.id, answer_id=answer_id, response=choose(None), now=NOW
        )


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("bob", SessionNotFound),
        ("charlie", SessionNotFound),
        ("other_teacher", SessionNotFound),
        ("teacher", StaffCannotSit),
        ("admin", StaffCannotSit),
    ],
)
def test_nobody_but_its_student_changes_an_answer(name: str, refusal: type[DomainError]) -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    with pytest.raises(refusal):
        seat.update(0, choose(seat.world.wrong(0)), by=getattr(seat.world, name))
    assert seat.row(0).is_correct


def test_a_deactivated_student_changes_nothing() -> None:
    seat = sit(make_world())
    seat.student.is_active = False
    seat.student.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        seat.update(0, choose(seat.world.key(0)))


def test_an_answer_of_a_closed_session_stands() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    seat.submit()
    with pytest.raises(SessionNotActive):
        seat.update(0, choose(seat.world.wrong(0)))
    assert seat.row(0).is_correct


def test_an_answer_that_is_shown_with_its_key_is_for_good() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.ON_ANSWER.value))
    seat.save(0, choose(seat.world.wrong(0)))
    with pytest.raises(QuestionLocked):
        seat.update(0, choose(seat.world.key(0)))
