"""Changing an exam: only what is given; whoever has started sits what they started."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from examhall.domain.errors import ClassUnknown, ExamNotFound, NotOwner, RoleForbidden, SessionNotActive, ValueInvalid
from examhall.domain.words import AuthoringFault, RevealPolicy, SessionStatus, Weighting
from examhall.engine.answers import save_answer
from examhall.engine.authoring import update_exam
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.store.models import Exam, ExamSession
from tests.builders import NOW, World, actor, choose, make_class, make_world
from tests.engine.authoring.values import update

pytestmark = pytest.mark.django_db


def refused(world: World, **changes: Any) -> tuple[str | None, AuthoringFault]:
    before = Exam.objects.values().get(pk=world.exam.pk)
    with pytest.raises(ValueInvalid) as refusal:
        update(world, **changes)
    assert Exam.objects.values().get(pk=world.exam.pk) == before
    return refusal.value.field, refusal.value.context["reason"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Renamed"),
        ("description", ""),
        ("total_score", 55),
        ("minutes", 61),
        ("start_time", NOW - timedelta(hours=2)),
        ("end_time", NOW + timedelta(hours=5)),
        ("reveal_policy", RevealPolicy.NEVER),
        ("max_attempts", 4),
        ("draw_count", 2),
        ("question_seconds", 65),
        ("shuffle", True),
        ("partial_credit", True),
        ("weighting", Weighting.EQUAL),
        ("pass_mark", 50),
    ],
)
def test_a_change_leaves_all_else_alone(name: str, value: Any) -> None:
    world = make_world()
    before = Exam.objects.values().get(pk=world.exam.pk)
    detail = update(world, **{name: value})
    assert getattr(detail.row.values, name) == value
    assert Exam.objects.values().get(pk=world.exam.pk) == {**before, name: value}
    assert len(detail.exam_questions) == 3


def test_nothing_given_changes_nothing() -> None:
    world = make_world()
    before = Exam.objects.values().get(pk=world.exam.pk)
    update(world)
    assert Exam.objects.values().get(pk=world.exam.pk) == before


def test_what_can_be_null_can_be_taken_back() -> None:
    world = make_world(draw_count=2, question_seconds=30, pass_mark=70)
    values = update(world, draw_count=None, question_seconds=None, pass_mark=None).row.values
    assert (values.draw_count, values.question_seconds, values.pass_mark) == (None, None, None)


def test_values_are_judged_together_with_those_that_stay() -> None:
    world = make_world()
    assert refused(world, end_time=world.exam.start_time) == ("end_time", AuthoringFault.END_BEFORE_START)
    assert refused(world, start_time=world.exam.end_time) == ("end_time", AuthoringFault.END_BEFORE_START)
    assert refused(world, draw_count=4) == ("draw_count", AuthoringFault.DRAW_EXCEEDS_QUESTIONS)
    world.questions[0].points = Decimal(50)
    world.questions[0].save()
    assert refused(world, total_score=49) == ("total_score", AuthoringFault.POINTS_EXCEED_TOTAL)


def test_only_the_teacher_of_the_class_and_admins_change_an_exam() -> None:
    world = make_world()
    for who, refusal in ((world.other_teacher, NotOwner), (world.alice, RoleForbidden)):
        with pytest.raises(refusal):
            update_exam(
                actor=actor(who), exam_id=world.exam.pk, changes={"title": "X"}, class_id=None, places=None, now=NOW
            )
    with pytest.raises(ExamNotFound):
        update_exam(actor=actor(world.teacher), exam_id=2**62, changes={}, class_id=None, places=None, now=NOW)
    changed = update_exam(
        actor=actor(world.admin), exam_id=world.exam.pk, changes={"title": "X"}, class_id=None, places=None, now=NOW
    )
    assert changed.row.values.title == "X"


def test_an_exam_moves_to_another_class_of_the_teacher_while_nobody_sat_it() -> None:
    world = make_world()
    other = make_class(world.teacher, name="Algebra 2C")
    assert update(world, class_id=other.pk).row.class_obj.class_obj.id == other.pk
    theirs = make_class(world.other_teacher, name="History 1A")
    with pytest.raises(NotOwner):
        update(world, class_id=theirs.pk)
    with pytest.raises(ClassUnknown):
        update(world, class_id=2**62)


def test_an_exam_that_somebody_sat_stays_in_its_class() -> None:
    world = make_world()
    other = make_class(world.teacher, name="Algebra 2C")
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert refused(world, class_id=other.pk) == ("class_obj", AuthoringFault.IN_USE)
    assert update(world, class_id=world.group.pk, title="Same class").row.values.title == "Same class"


def test_a_running_session_keeps_limit_and_total_of_its_start() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    update(world, minutes=5, total_score=10)
    seen = get_session_detail(actor=actor(world.alice), session_id=session.id, now=NOW).session
    assert (seen.exam.minutes, seen.exam.total_score, seen.time_remaining) == (45, 80, 45 * 60)
    later = start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    assert (later.exam.minutes, later.exam.total_score, later.time_remaining) == (5, 10, 5 * 60)


def test_a_later_end_gives_running_sessions_more_time_up_to_their_limit() -> None:
    world = make_world(end_time=NOW + timedelta(minutes=10))
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    assert session.time_remaining == 600
    update(world, end_time=NOW + timedelta(hours=9))
    seen = get_session_detail(actor=actor(world.alice), session_id=session.id, now=NOW).session
    assert seen.time_remaining == 45 * 60


def test_an_earlier_end_ends_running_sessions_earlier() -> None:
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    update(world, end_time=NOW + timedelta(minutes=3))
    seen = get_session_detail(actor=actor(world.alice), session_id=session.id, now=NOW).session
    assert seen.time_remaining == 180


def test_a_later_end_reopens_nothing_whose_time_was_up() -> None:
    world = make_world(end_time=NOW + timedelta(minutes=10))
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    place, key = world.questions[0].pk, world.key(0)
    save_answer(actor=actor(world.alice), session_id=session.id, exam_question_id=place, response=choose(key), now=NOW)
    late = NOW + timedelta(minutes=10, seconds=6)
    update(world, end_time=NOW + timedelta(hours=9), now=late)
    row = ExamSession.objects.get(pk=session.id)
    assert (row.status, row.end_time) == (SessionStatus.TIMEOUT, NOW + timedelta(minutes=10))
    with pytest.raises(SessionNotActive):
        save_answer(
            actor=actor(world.alice), session_id=session.id, exam_question_id=place, response=choose(key), now=late
        )
