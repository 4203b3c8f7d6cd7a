"""What is kept of frozen questions: shared by whoever may read as much, and by nobody else."""

import pytest

from examhall.domain.reveal import ANSWERED_ONLY, EVERYTHING, NOTHING
from examhall.engine import papers, question_contents
from examhall.engine.papers import layout
from examhall.engine.sheets import Sheet, sheet
from examhall.store.models import ExamSession, StudentAnswer
from tests.builders import World, choose, make_world
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db


def _sheet(seat: Seat, *, key: bool | None) -> Sheet:
    """Lay a seat's sheet out with all keys, with none, or with those of answered questions."""
    seen = ANSWERED_ONLY if key is None else EVERYTHING if key else NOTHING
    return sheet(seat.session, StudentAnswer.objects.filter(session_id=seat.id), seen_with=seen)


def _keys(one: Sheet) -> list[set[bool | None]]:
    return [{option.is_correct for option in answer.question.options} for answer in one.answers()]


def _orders(seat: Seat) -> list[list[int]]:
    return [[option.id for option in answer.question.options] for answer in seat.detail().session.answers]


def test_two_sessions_of_a_paper_share_what_may_be_read() -> None:
    world = make_world()
    first, second = sit(world), sit(world, world.bob)
    pairs = zip(first.started.answers, second.started.answers, strict=True)
    assert all(one.question.content is other.question.content for one, other in pairs)


def test_the_key_is_in_no_content_of_those_who_may_not_see_it_in_whatever_order_they_are_made() -> None:
    seat = sit(make_world())
    for _ in range(2):
        assert _keys(_sheet(seat, key=True)) == [{True, False}] * 3
        assert _keys(_sheet(seat, key=False)) == [{None}] * 3


def test_an_answered_question_alone_shows_its_key_where_the_policy_says_so() -> None:
    world = make_world()
    seat = sit(world)
    seat.save(1, choose(world.key(1)))
    assert _keys(_sheet(seat, key=None)) == [{None}, {True, False}, {None}]
    assert [option.is_correct for option in _sheet(seat, key=None).answers()[1].selected] == [True]
    assert [option.is_correct for option in _sheet(seat, key=False).answers()[1].selected] == [None]


def test_an_unserved_question_shows_nothing_although_others_may_read_it() -> None:
    world = make_world(question_seconds=65)
    served, unserved = sit(world), sit(world, world.bob, serve_all=False)
    assert all(answer.question.options for answer in served.detail().session.answers)
    for answer in unserved.detail().session.answers:
        assert (answer.question.question_text, answer.question.options) == (None, ())
    assert all(answer.question.options for answer in unserved.detail(by=world.teacher).session.answers)


def test_each_student_of_a_shuffled_exam_keeps_the_own_order() -> None:
    world = make_world(questions=12, shuffle=True)
    seats = [sit(world), sit(world, world.bob)]
    expected = [
        [[option.id for option in item.options] for item in layout(session.paper_id, session.seed)]
        for session in (seat.session for seat in seats)
    ]
    assert expected[0] != expected[1]
    for _ in range(2):
        assert [_orders(seat) for seat in seats] == expected


@pytest.mark.parametrize("fields", [{}, {"shuffle": True}, {"draw_count": 2}])
def test_only_a_paper_that_is_the_same_for_all_has_one_layout(fields: dict[str, int]) -> None:
    world = make_world(questions=5, **fields)
    one, other = (ExamSession.objects.get(pk=sit(world, who).id) for who in (world.alice, world.bob))
    same = layout(one.paper_id, one.seed) is layout(other.paper_id, other.seed)
    assert same is (not fields)


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_contents, "_FACES", 2)
    monkeypatch.setattr(question_contents, "_kept", {})
    world: World = make_world(questions=5)
    seat = sit(world)
    papers.forget()
    for _ in range(2):
        assert [answer.question.code for answer in seat.detail().session.answers] == [
            place.code for place in world.questions
        ]
    assert len(question_contents._kept) == 2
