"""What the Sessions API shows of questions with a clock that were not served yet: looking must not beat the clock."""

from datetime import timedelta

import pytest

from examhall.domain.access import Actor
from examhall.engine.session_views import get_session_detail
from examhall.engine.sessions import start_session
from examhall.store.models import Exam
from tests.builders import NOW, actor
from tests.certification import Certification, answer, begin, make_certification, serve

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def read(who: Actor, session_id: int, at: timedelta = timedelta(0)) -> dict[int, tuple[bool, int]]:
    """Return by question whether its text is shown, and how many options are."""
    session = get_session_detail(actor=who, session_id=session_id, now=NOW + at).session
    return {
        one.question.question_id: (one.question.question_text is not None, len(one.question.options))
        for one in session.answers
    }


@pytest.fixture
def world() -> Certification:
    return make_certification()


def test_the_candidate_reads_only_what_was_served(world: Certification) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    answer(world.alice, exam, 1)
    shown = read(actor(world.alice), exam.id)
    assert [shown[one] for one in exam.question_ids] == [(True, 4), (True, 4), (False, 0)]


def test_the_teacher_and_an_admin_read_everything(world: Certification) -> None:
    exam = begin(world.alice)
    for staff in (world.teacher, world.admin):
        assert set(read(actor(staff), exam.id).values()) == {(True, 4)}


def test_a_closed_exam_is_readable_as_a_whole(world: Certification) -> None:
    assert set(read(actor(world.alice), begin(world.alice).id, at=DAY).values()) == {(True, 4)}


def test_a_start_through_that_api_serves_everything(world: Certification) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.practice.pk, now=NOW)
    assert all(one.question.question_text and one.question.options for one in session.answers)
    assert set(read(actor(world.alice), session.id).values()) == {(True, 4)}


def test_without_question_clocks_there_is_nothing_to_hide(world: Certification) -> None:
    Exam.objects.filter(pk=world.practice.pk).update(question_seconds=None)
    assert set(read(actor(world.alice), begin(world.alice).id).values()) == {(True, 4)}
