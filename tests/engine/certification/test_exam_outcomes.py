"""A candidate's exams: the list of all and the outcome of one."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.certification import Outcome
from examhall.domain.errors import AccountDisabled, SessionNotFound
from examhall.domain.scoring import Level
from examhall.domain.words import RevealPolicy
from examhall.engine.certification_views import get_certification_exam, list_certification_exams
from examhall.engine.papers import mark_changed
from examhall.engine.sessions import start_session
from examhall.engine.snapshots_certification import CertificationExam, StartedExam
from examhall.store.models import Exam, User
from tests.builders import NOW, actor, make_class, make_exam
from tests.certification import (
    CLOCK,
    FINAL,
    INSTANT,
    PRACTICE,
    Certification,
    answer,
    begin,
    make_certification,
    serve,
    session_of,
    sit,
)
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def outcome_of(world: Certification, exam: StartedExam, at: timedelta = timedelta(0)) -> Outcome | None:
    return get_certification_exam(actor=actor(world.alice), session_id=exam.id, now=NOW + at).outcome


def test_a_finished_exam_is_shown_with_its_grade() -> None:
    world = make_certification(draws=(4, 4))
    exam = sit(world.alice, right=3, at=timedelta(minutes=2))
    shown = get_certification_exam(actor=actor(world.alice), session_id=exam.id, now=NOW + DAY)
    assert shown == CertificationExam(
        id=exam.id,
        kind=PRACTICE,
        started_at=NOW + timedelta(minutes=2),
        outcome=Outcome(percentage=Decimal("75.00"), level=Level.INTERMEDIATE, passed=True),
    )


def test_a_running_exam_has_no_grade() -> None:
    world = make_certification()
    exam = begin(world.alice)
    for index in range(2):
        serve(world.alice, exam, index)
        answer(world.alice, exam, index)
    assert outcome_of(world, exam) is None


def test_looking_closes_an_exam_whose_last_question_ran_out() -> None:
    world = make_certification(draws=(2, 4))
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    answer(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    assert outcome_of(world, exam, CLOCK - INSTANT) is None
    assert outcome_of(world, exam, CLOCK) == Outcome(percentage=Decimal("50.00"), level=Level.BASIC, passed=False)
    assert session_of(exam).end_time == NOW + CLOCK


def test_looking_closes_an_exam_whose_overall_limit_ran_out() -> None:
    world = make_certification(draws=(4, 4), minutes=60)
    exam = begin(world.alice)
    for index in range(3):
        serve(world.alice, exam, index)
        answer(world.alice, exam, index)
    shown = outcome_of(world, exam, DAY)
    assert shown is not None
    assert (shown.percentage, shown.passed) == (Decimal("75.00"), True)
    assert session_of(exam).status == "timeout"


def test_an_abandoned_exam_comes_to_nothing() -> None:
    world = make_certification()
    exam = begin(world.alice)
    assert outcome_of(world, exam, DAY) == Outcome(percentage=Decimal("0.00"), level=Level.BASIC, passed=False)
    assert session_of(exam).status == "abandoned"


def test_the_pass_mark_is_that_of_the_paper_that_was_sat() -> None:
    world = make_certification(draws=(4, 4))
    exam = sit(world.alice, right=3)
    Exam.objects.filter(pk=world.practice.pk).update(pass_mark=80)
    mark_changed(exam_ids=[world.practice.pk])
    shown = outcome_of(world, exam)
    assert shown is not None
    assert shown.passed


def test_the_grade_stays_while_the_next_attempt_runs() -> None:
    world = make_certification(draws=(4, 4))
    exam = sit(world.alice, right=4)
    begin(world.alice)
    shown = outcome_of(world, exam)
    assert shown is not None
    assert shown.percentage == Decimal("100.00")


def test_an_exam_whose_policy_hides_the_grade_hides_it_here_too() -> None:
    world = make_certification(reveal_policy=RevealPolicy.NEVER.value)
    assert outcome_of(world, sit(world.alice, right=3)) is None


def test_somebody_elses_exam_does_not_exist_for_anybody() -> None:
    world = make_certification()
    exam = sit(world.alice, right=3)
    for person in (world.bob, world.teacher, world.other_teacher, world.admin):
        with pytest.raises(SessionNotFound):
            get_certification_exam(actor=actor(person), session_id=exam.id, now=NOW)


def test_an_unknown_exam_does_not_exist() -> None:
    world = make_certification()
    with pytest.raises(SessionNotFound):
        get_certification_exam(actor=actor(world.alice), session_id=987654321, now=NOW)


def test_the_list_holds_all_own_certification_exams_from_the_first_on() -> None:
    world = make_certification()
    other = make_exam(make_class(world.teacher, world.alice), *world.bank[:1])
    start_session(actor=actor(world.alice), exam_id=other.pk, now=NOW)
    sit(world.bob, right=1)
    mine = [sit(world.alice, right=3), sit(world.alice, FINAL, right=0, at=DAY), begin(world.alice, at=2 * DAY)]
    listed = list_certification_exams(actor=actor(world.alice), now=NOW + 2 * DAY)
    assert [exam.id for exam in listed] == [exam.id for exam in mine]
    assert [exam.kind for exam in listed] == [PRACTICE, FINAL, PRACTICE]
    assert [exam.outcome and exam.outcome.passed for exam in listed] == [True, False, None]


def test_the_list_of_somebody_who_sat_nothing_is_empty() -> None:
    world = make_certification()
    for person in (world.charlie, world.teacher, world.admin):
        assert list_certification_exams(actor=actor(person), now=NOW) == ()


def test_the_list_closes_what_is_over() -> None:
    world = make_certification()
    begin(world.alice)
    (listed,) = list_certification_exams(actor=actor(world.alice), now=NOW + DAY)
    assert listed.outcome is not None


def test_what_somebody_sat_before_becoming_a_teacher_stays_theirs() -> None:
    world = make_certification()
    exam = sit(world.alice, right=3)
    User.objects.filter(pk=world.alice.pk).update(role="teacher")
    assert [row.id for row in list_certification_exams(actor=actor(world.alice), now=NOW)] == [exam.id]


def test_a_deactivated_candidate_is_nobody() -> None:
    world = make_certification()
    exam = sit(world.alice, right=3)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        list_certification_exams(actor=actor(world.alice), now=NOW)
    with pytest.raises(AccountDisabled):
        get_certification_exam(actor=actor(world.alice), session_id=exam.id, now=NOW)


@pytest.mark.parametrize("attempts", [1, 8])
def test_the_list_takes_three_statements_whatever_the_attempts(attempts: int) -> None:
    world = make_certification()
    for _ in range(attempts):
        sit(world.alice, right=2)
    begin(world.alice)
    with assert_queries_at_most(3):
        assert len(list_certification_exams(actor=actor(world.alice), now=NOW)) == attempts + 1
