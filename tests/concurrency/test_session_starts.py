"""Simultaneous starts: one session, one paper, no attempt too many."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from examhall.domain.errors import AlreadyActive, AttemptLimitReached
from examhall.domain.paper import load
from examhall.engine import papers
from examhall.engine.sessions import start_session, submit_session
from examhall.engine.snapshots import SessionSnapshot
from examhall.store.models import Exam, ExamLog, ExamResult, ExamSession, Paper, Question, StudentAnswer, User
from tests.builders import NOW, World, actor, make_user, make_world
from tests.concurrency.racing import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

OLD, NEW = "Which one of row 1 is prime?", "Which of these is a square?"


def _start(world: World, student: User) -> SessionSnapshot:
    return start_session(actor=actor(student), exam_id=world.exam.pk, now=NOW)


def _students(world: World, count: int) -> list[User]:
    world.group.open_enrolment = True
    world.group.save(update_fields=["open_enrolment"])
    return [make_user(f"Student {number}") for number in range(count)]


def test_twenty_simultaneous_starts_give_one_session() -> None:
    world = make_world(max_attempts=20)
    outcomes = at_once([partial(_start, world, world.alice)] * 20)
    (started,) = (outcome for outcome in outcomes if isinstance(outcome, SessionSnapshot))
    assert outcomes.count(AlreadyActive) == 19
    assert list(ExamSession.objects.values_list("pk", "attempt_number")) == [(started.id, 1)]
    assert StudentAnswer.objects.count() == len(world.questions)
    assert ExamLog.objects.count() == 1
    assert Paper.objects.count() == 1


def test_twenty_students_who_start_at_once_all_sit_the_same_paper() -> None:
    world = make_world()
    outcomes = at_once([partial(_start, world, student) for student in _students(world, 20)])
    assert all(isinstance(outcome, SessionSnapshot) for outcome in outcomes)
    assert ExamSession.objects.count() == 20
    assert list(Paper.objects.values_list("pk", flat=True)) == [Exam.objects.get(pk=world.exam.pk).paper_id]
    assert len(set(ExamSession.objects.values_list("code", flat=True))) == 20


def test_the_attempt_limit_cannot_be_passed() -> None:
    world = make_world(max_attempts=3)

    def start_and_submit_until_the_limit() -> int:
        """Return how many attempts this thread got."""
        mine = 0
        while True:
            try:
                started = _start(world, world.alice)
            except AlreadyActive:
                continue
            except AttemptLimitReached:
                return mine
            mine += 1
            submit_session(actor=actor(world.alice), session_id=started.id, now=NOW + timedelta(seconds=mine))

    outcomes = at_once([start_and_submit_until_the_limit] * 8)
    assert sum(count for count in outcomes if isinstance(count, int)) == 3
    assert list(ExamSession.objects.order_by("id").values_list("attempt_number", "status")) == [
        (1, "completed"),
        (2, "completed"),
        (3, "completed"),
    ]
    assert ExamResult.objects.count() == 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A teacher who rewrites the first question, in either order of the two statements."""

    world: World
    text: str
    mark_first: bool

    def __call__(self) -> None:
        with transaction.atomic():
            if self.mark_first:
                papers.mark_changed(exam_ids=[self.world.exam.pk])
            Question.objects.filter(pk=self.world.questions[0].question_id).update(question_text=self.text)
            if not self.mark_first:
                papers.mark_changed(exam_ids=[self.world.exam.pk])


@pytest.mark.parametrize("mark_first", [False, True])
def test_first_starts_that_race_with_a_change_freeze_what_was_or_what_is_and_never_keep_what_was(
    mark_first: bool,
) -> None:
    world = make_world()
    students = _students(world, 9)
    change = _Change(world=world, text=NEW, mark_first=mark_first)
    acts: list[Callable[[], object]] = [change, *(partial(_start, world, student) for student in students[:8])]
    at_once(acts)
    texts = {load(paper.content).questions[0].text for paper in Paper.objects.all()}
    assert texts <= {OLD, NEW}
    assert Paper.objects.count() == len(texts)
    sat = {load(session.paper.content).questions[0].text for session in ExamSession.objects.select_related("paper")}
    assert sat <= texts
    assert _start(world, students[8]).answers[0].question.question_text == NEW
