"""Writes of one answer that arrive out of order: the client's numbers decide which of them counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from examhall.domain.errors import OptionNotInQuestion, SessionNotActive
from examhall.domain.kinds import Response
from examhall.domain.words import RevealPolicy
from tests.builders import NOW, choose, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(seconds=9)


def _right(seat: Seat, revision: int | None = None, *, index: int = 0) -> Response:
    return replace(choose(seat.world.key(index)), revision=revision)


def _wrong(seat: Seat, revision: int | None = None, *, index: int = 0) -> Response:
    return replace(choose(seat.world.wrong(index)), revision=revision)


def test_a_newer_revision_replaces_an_older_one() -> None:
    seat = sit(make_world())
    seat.save(0, _wrong(seat, 3))
    saved = seat.save(0, _right(seat, 4), at=LATER)
    assert (saved.revision, saved.answered_at) == (4, LATER)
    assert (seat.row(0).is_correct, seat.row(0).revision) == (True, 4)


@pytest.mark.parametrize("sent", [5, 4, 0])
def test_a_revision_that_is_not_newer_changes_nothing_and_is_told_what_is_stored(sent: int) -> None:
    seat = sit(make_world())
    stored = seat.save(0, _right(seat, 5))
    assert seat.save(0, _wrong(seat, sent), at=LATER) == stored
    assert (seat.row(0).is_correct, seat.row(0).revision, seat.row(0).answered_at) == (True, 5, NOW)
    assert seat.actions == ["exam_started", "answer_submitted"]


def test_an_overtaken_clearing_clears_nothing() -> None:
    seat = sit(make_world())
    seat.save(0, _right(seat, 5))
    seat.save(0, replace(choose(None), revision=4))
    assert seat.row(0).answered_at == NOW


def test_an_overtaken_answer_stays_cleared() -> None:
    seat = sit(make_world())
    seat.save(0, replace(choose(None), revision=5))
    assert seat.save(0, _right(seat, 4)).answered_at is None


def test_without_a_revision_the_last_write_wins() -> None:
    seat = sit(make_world())
    seat.save(0, _wrong(seat, 5))
    saved = seat.save(0, _right(seat))
    assert (seat.row(0).is_correct, saved.revision) == (True, 5)


def test_a_write_without_a_revision_does_not_let_an_overtaken_one_back_in() -> None:
    seat = sit(make_world())
    seat.save(0, _wrong(seat, 5))
    seat.save(0, _right(seat))
    seat.save(0, _wrong(seat, 4))
    assert seat.row(0).is_correct


def test_no_revision_is_stored_where_none_was_given() -> None:
    seat = sit(make_world())
    assert seat.save(0, _right(seat)).revision is None


def test_a_refused_write_does_not_count_as_a_revision() -> None:
    seat = sit(make_world())
    seat.save(0, _wrong(seat, 1))
    with pytest.raises(OptionNotInQuestion):
        seat.save(0, replace(choose(seat.world.key(1)), revision=9))
    seat.save(0, _right(seat, 2))
    assert (seat.row(0).is_correct, seat.row(0).revision) == (True, 2)


def test_each_question_counts_by_itself() -> None:
    seat = sit(make_world())
    seat.save(0, _right(seat, 9))
    seat.save(1, _right(seat, 1, index=1))
    assert (seat.row(0).revision, seat.row(1).revision) == (9, 1)


def test_an_answer_named_by_its_own_id_follows_the_same_rule() -> None:
    seat = sit(make_world())
    seat.update(0, _right(seat, 5))
    assert seat.update(0, _wrong(seat, 5)).revision == 5
    assert seat.row(0).is_correct


def test_many_answers_at_once_follow_the_same_rule_each_by_itself() -> None:
    seat = sit(make_world())
    seat.save(0, _right(seat, 5))
    outcomes = seat.save_many([(0, _wrong(seat, 4)), (1, _right(seat, 4, index=1))], at=LATER)
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    assert [outcome.answer.revision for outcome in outcomes if outcome.answer] == [5, 4]
    assert [(seat.row(index).is_correct, seat.row(index).answered_at) for index in (0, 1)] == [
        (True, NOW),
        (True, LATER),
    ]
    assert seat.actions == ["exam_started", "answer_submitted", "answer_submitted"]


def test_within_one_request_the_newest_revision_wins_whatever_the_order() -> None:
    seat = sit(make_world())
    seat.save_many([(0, _right(seat, 2)), (0, _wrong(seat, 1))])
    assert (seat.row(0).is_correct, seat.row(0).revision) == (True, 2)


def test_a_request_of_overtaken_writes_only_leaves_no_trace() -> None:
    seat = sit(make_world())
    seat.save(0, _right(seat, 2))
    seat.save_many([(0, _wrong(seat, 1))])
    assert (seat.row(0).is_correct, seat.actions) == (True, ["exam_started", "answer_submitted"])


def test_a_repetition_of_an_answer_given_for_good_is_no_change_of_it() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.ON_ANSWER.value))
    first = seat.save(0, _wrong(seat, 1))
    assert seat.save(0, _wrong(seat, 1)) == first


def test_after_handing_in_even_a_repetition_is_refused() -> None:
    seat = sit(make_world())
    seat.save(0, _right(seat, 1))
    seat.submit()
    with pytest.raises(SessionNotActive):
        seat.save(0, _right(seat, 1))


def test_the_session_shows_each_answer_s_revision() -> None:
    seat = sit(make_world())
    seat.save(0, _right(seat, 12))
    assert [answer.revision for answer in seat.detail().session.answers] == [12, None, None]
