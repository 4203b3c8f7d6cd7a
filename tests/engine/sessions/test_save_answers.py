"""Saving many answers at once: one transaction, an outcome for each item, in the order of the request."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import (
    DomainError,
    OptionNotInQuestion,
    QuestionLocked,
    QuestionNotInExam,
    ResponseInvalid,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
    TooManyItems,
)
from examhall.domain.words import RevealPolicy
from examhall.engine.answers import save_answers
from examhall.engine.snapshots import AnswerItem
from examhall.store.models import StudentAnswer
from tests.builders import NOW, actor, choose, choose_many, make_world, write
from tests.engine.sessions.kinds_world import ESSAY, POINTS, SEVERAL, make_kinds_world, right
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

ALL_KINDS = range(len(POINTS))


def _save_by_id(seat: Seat, *question_ids: int) -> list[type[DomainError] | None]:
    items = [AnswerItem(exam_question_id=question_id, response=choose(None)) for question_id in question_ids]
    outcomes = save_answers(actor=actor(seat.student), session_id=seat.id, items=items, now=NOW)
    return [None if outcome.refusal is None else type(outcome.refusal) for outcome in outcomes]


def test_answers_of_every_kind_are_saved_together() -> None:
    seat = sit(make_kinds_world())
    at = NOW + timedelta(minutes=1)
    seat.save_many([(index, right(seat.world, index)) for index in ALL_KINDS], at=at)
    rows = [seat.row(index) for index in ALL_KINDS]
    assert [row.score for row in rows] == [*POINTS[:ESSAY], Decimal(0)]
    assert {row.answered_at for row in rows} == {at}
    assert sorted(rows[SEVERAL].selected_answer_ids or []) == seat.world.options(SEVERAL, correct=True)


def test_the_outcomes_come_in_the_order_of_the_request() -> None:
    seat = sit(make_world())
    outcomes = seat.save_many([(index, choose(seat.world.key(index))) for index in (2, 0, 1)])
    assert [outcome.exam_question_id for outcome in outcomes] == [seat.world.questions[i].pk for i in (2, 0, 1)]
    assert [outcome.answer.id for outcome in outcomes if outcome.answer] == [seat.row(i).pk for i in (2, 0, 1)]
    assert [outcome.refusal for outcome in outcomes] == [None, None, None]


def test_a_bad_item_says_why_and_does_not_undo_the_good_ones() -> None:
    seat = sit(make_world())
    outcomes = seat.save_many(
        [(0, choose(seat.world.key(0))), (1, choose(seat.world.key(0))), (2, choose(seat.world.key(2)))]
    )
    assert [outcome.answer is not None for outcome in outcomes] == [True, False, True]
    assert isinstance(outcomes[1].refusal, OptionNotInQuestion)
    assert outcomes[1].exam_question_id == seat.world.questions[1].pk
    assert [seat.row(index).answered_at for index in range(3)] == [NOW, None, NOW]


def test_each_good_item_is_logged_and_no_bad_one() -> None:
    seat = sit(make_world())
    seat.save(2, choose(seat.world.wrong(2)))
    seat.save_many([(1, choose(seat.world.key(1))), (0, write("23")), (2, choose(seat.world.key(2)))])
    assert [(log.actions, log.detail) for log in seat.logs[2:]] == [
        ("answer_submitted", "Answered question P2"),
        ("answer_updated", "Changed the answer to question P3"),
    ]


def test_only_bad_items_change_nothing() -> None:
    seat = sit(make_world())
    outcomes = seat.save_many([(0, write("23")), (1, choose(seat.world.key(0)))])
    assert [type(outcome.refusal) for outcome in outcomes] == [ResponseInvalid, OptionNotInQuestion]
    assert seat.actions == ["exam_started"]


def test_of_two_items_for_one_question_the_later_stands_and_both_are_logged() -> None:
    seat = sit(make_world())
    outcomes = seat.save_many([(0, choose(seat.world.key(0))), (0, choose(seat.world.wrong(0)))])
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    assert seat.row(0).selected_answer_id == seat.world.wrong(0)
    assert seat.actions[1:] == ["answer_submitted", "answer_updated"]


def test_a_bad_second_item_for_a_question_leaves_the_good_first() -> None:
    seat = sit(make_world())
    seat.save_many([(0, choose(seat.world.key(0))), (0, choose(seat.world.key(1)))])
    assert seat.row(0).selected_answer_id == seat.world.key(0)


def test_the_second_of_two_is_refused_where_the_first_is_for_good() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.ON_ANSWER.value))
    outcomes = seat.save_many([(0, choose(seat.world.wrong(0))), (0, choose(seat.world.key(0)))])
    assert outcomes[0].answer is not None
    assert outcomes[0].answer.is_correct is False
    assert isinstance(outcomes[1].refusal, QuestionLocked)
    assert seat.row(0).selected_answer_id == seat.world.wrong(0)


def test_what_is_cleared_together_is_null_in_every_column() -> None:
    seat = sit(make_kinds_world())
    seat.save_many([(index, right(seat.world, index)) for index in ALL_KINDS])
    nothing = [choose(None), choose_many(), choose(None), write(None), write(""), write("  ")]
    seat.save_many(list(enumerate(nothing)))
    cleared = StudentAnswer.objects.filter(
        session_id=seat.id,
        selected_answer__isnull=True,
        selected_answer_ids__isnull=True,
        answer_text__isnull=True,
        answered_at__isnull=True,
        score=0,
        is_correct=False,
    )
    assert cleared.count() == len(POINTS)


def test_as_many_items_as_questions_are_taken_and_one_more_is_refused() -> None:
    seat = sit(make_world())
    items = [(0, choose(seat.world.key(0)))] * 3
    assert len(seat.save_many(items)) == 3
    with pytest.raises(TooManyItems) as refused:
        seat.save_many([*items, (1, choose(seat.world.key(1)))])
    assert refused.value.context["limit"] == 3
    assert seat.row(1).answered_at is None


def test_the_questions_drawn_set_the_limit_not_those_of_the_exam() -> None:
    seat = sit(make_world(questions=5, draw_count=2))
    with pytest.raises(TooManyItems) as refused:
        seat.save_many([(0, choose(None))] * 3)
    assert refused.value.context["limit"] == 2


def test_no_items_are_no_outcomes() -> None:
    seat = sit(make_world())
    assert seat.save_many([]) == ()
    assert seat.actions == ["exam_started"]


def test_an_unknown_question_is_that_item_s_refusal() -> None:
    seat = sit(make_world())
    other = make_world()
    known = seat.world.questions[0].pk
    assert _save_by_id(seat, other.questions[0].pk, known, 2**63) == [QuestionNotInExam, None, QuestionNotInExam]


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
def test_nobody_but_its_student_saves(name: str, refusal: type[DomainError]) -> None:
    seat = sit(make_world())
    with pytest.raises(refusal):
        seat.save_many([(0, choose(seat.world.key(0)))], by=getattr(seat.world, name))
    assert seat.row(0).answered_at is None


def test_a_closed_session_refuses_the_whole() -> None:
    seat = sit(make_world())
    seat.submit()
    with pytest.raises(SessionNotActive):
        seat.save_many([(0, choose(seat.world.key(0)))])
