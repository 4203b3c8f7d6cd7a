"""Beginning a certification exam, and going on with the one that runs."""

from datetime import timedelta
from typing import Any

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    AttemptLimitReached,
    ExamEnded,
    ExamNotFound,
    ExamNotStarted,
    NotEnoughQuestions,
    NotEnrolled,
    StaffCannotSit,
)
from examhall.domain.paper import lay_out
from examhall.engine.papers import paper_by_id
from examhall.store.models import Exam, ExamLog, ExamSession, StudentAnswer
from tests.builders import NOW
from tests.certification import CLOCK, FINAL, INSTANT, PRACTICE, begin, make_certification, serve, session_of, sit

pytestmark = pytest.mark.django_db


def test_a_first_call_begins_an_exam_of_the_drawn_questions() -> None:
    world = make_certification()
    exam = begin(world.alice)
    session = session_of(exam)
    assert (session.exam_id, session.student_id, session.attempt_number) == (world.practice.pk, world.alice.pk, 1)
    assert len(set(exam.question_ids)) == 3
    assert set(exam.question_ids) <= {question.pk for question in world.bank}


def test_no_question_is_served_by_it() -> None:
    exam = begin(make_certification().alice)
    assert set(StudentAnswer.objects.filter(session_id=exam.id).values_list("served_at", flat=True)) == {None}


def test_the_draw_is_replayed_from_the_stored_seed() -> None:
    exam = begin(make_certification().alice)
    session = session_of(exam)
    replayed = lay_out(paper_by_id(session.paper_id), seed=session.seed)
    assert [item.question.question_id for item in replayed] == list(exam.question_ids)


def test_draws_differ() -> None:
    world = make_certification(bank=12, draws=(6, 6))
    draws = {sit(world.alice, right=6).question_ids for _ in range(5)}
    assert len(draws) > 1


def test_a_second_call_returns_the_running_exam_and_uses_nothing_up() -> None:
    world = make_certification()
    first = begin(world.alice)
    serve(world.alice, first)
    assert begin(world.alice, at=timedelta(minutes=30)) == first
    assert ExamSession.objects.count() == 1
    assert ExamLog.objects.count() == 1


def test_each_kind_runs_by_itself() -> None:
    world = make_certification()
    practice, final = begin(world.alice, PRACTICE), begin(world.alice, FINAL)
    assert (len(practice.question_ids), len(final.question_ids)) == (3, 4)
    assert practice.id != final.id


def test_two_candidates_have_an_exam_each() -> None:
    world = make_certification()
    assert begin(world.alice).id != begin(world.bob).id


def test_after_a_finished_exam_the_next_one_begins() -> None:
    world = make_certification()
    first = sit(world.alice, right=3)
    assert session_of(begin(world.alice)).attempt_number == session_of(first).attempt_number + 1


def test_an_exam_whose_last_question_ran_out_unseen_is_closed_first() -> None:
    world = make_certification()
    first = begin(world.alice)
    for index in range(3):
        serve(world.alice, first, index)
    assert begin(world.alice, at=CLOCK - INSTANT).id == first.id
    second = begin(world.alice, at=CLOCK)
    assert second.id != first.id
    assert (session_of(first).status, session_of(first).end_time) == ("completed", NOW + CLOCK)


def test_an_exam_whose_overall_limit_ran_out_unseen_is_closed_first() -> None:
    world = make_certification(minutes=60)
    first = begin(world.alice)
    second = begin(world.alice, at=timedelta(hours=2))
    assert second.id != first.id
    assert (session_of(first).status, session_of(first).end_time) == ("abandoned", NOW + timedelta(hours=1))


def test_after_the_last_attempt_it_is_refused() -> None:
    world = make_certification(max_attempts=2)
    for _ in range(2):
        sit(world.alice, right=0)
    with pytest.raises(AttemptLimitReached) as refused:
        begin(world.alice)
    assert refused.value.context["max_attempts"] == 2


def test_the_last_attempt_can_be_gone_on_with() -> None:
    world = make_certification(max_attempts=1)
    assert begin(world.alice) == begin(world.alice)


def test_too_small_a_bank_is_refused_and_uses_no_attempt_up() -> None:
    world = make_certification(bank=2)
    with pytest.raises(NotEnoughQuestions) as refused:
        begin(world.alice)
    assert refused.value.context == {"required": 3, "available": 2}
    assert not ExamSession.objects.exists()


def test_a_kind_that_nobody_offers_is_not_found() -> None:
    world = make_certification()
    Exam.objects.filter(pk=world.final.pk).update(slug=None)
    with pytest.raises(ExamNotFound):
        begin(world.alice, FINAL)


def test_staff_cannot_sit_not_even_what_they_began_as_students() -> None:
    world = make_certification()
    begin(world.alice)
    world.alice.role = "teacher"
    world.alice.save(update_fields=["role"])
    for person in (world.alice, world.teacher, world.admin):
        with pytest.raises(StaffCannotSit):
            begin(person)


def test_a_deactivated_candidate_is_nobody() -> None:
    world = make_certification()
    world.alice.is_active = False
    world.alice.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        begin(world.alice)


def test_a_class_that_is_not_open_takes_its_members_only() -> None:
    world = make_certification()
    world.group.open_enrolment = False
    world.group.save(update_fields=["open_enrolment"])
    world.group.enrolments.create(student=world.bob, joined_at=NOW)
    assert begin(world.bob).id
    with pytest.raises(NotEnrolled):
        begin(world.alice)


@pytest.mark.parametrize(
    ("window", "refusal"),
    [
        ({"start_time": NOW + INSTANT}, ExamNotStarted),
        ({"end_time": NOW}, ExamEnded),
    ],
)
def test_outside_the_window_it_is_refused(window: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        begin(make_certification(**window).alice)
