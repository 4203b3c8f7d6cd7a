"""The history of an exam: what it shows of each question, and when it shows a key."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from examhall.domain.certification import CertificationKind
from examhall.domain.errors import AccountDisabled, SessionNotFound
from examhall.domain.words import QuestionType, RevealPolicy
from examhall.engine.certification_views import get_exam_history
from examhall.engine.papers import mark_changed
from examhall.engine.sessions import start_session
from examhall.engine.snapshots_certification import ExamHistory, HistoryLine, HistorySummary, StartedExam
from examhall.store.models import ExamQuestion, Question, QuestionAnswer, User
from tests.builders import NOW, actor, make_question
from tests.certification import (
    CLOCK,
    FINAL,
    INSTANT,
    PRACTICE,
    Certification,
    answer,
    begin,
    key_of,
    make_certification,
    serve,
    session_of,
    sit,
    wrong_of,
)
from tests.queries import assert_queries_at_most

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)


def history_of(world: Certification, exam: StartedExam, at: timedelta = timedelta(0)) -> ExamHistory:
    return get_exam_history(actor=actor(world.alice), session_id=exam.id, now=NOW + at)


def hides_its_key(line: HistoryLine) -> bool:
    """Say whether nothing in a line tells what is right."""
    options = [*line.options, *filter(None, [line.selected])]
    return line.correct is None and line.is_correct is None and all(option.is_correct is None for option in options)


def shows_its_key(line: HistoryLine) -> bool:
    """Say whether a line tells all of what is right."""
    correct = [option.id for option in line.options if option.is_correct]
    return (
        line.correct is not None
        and correct == [line.correct.id] == [key_of(line.question_id)]
        and all(option.is_correct is not None for option in line.options)
        and line.is_correct is (line.selected is not None and line.selected.is_correct)
    )


def halfway(world: Certification) -> StartedExam:
    """One question answered rightly, one wrongly, one run out, one running, one not served; 30 seconds are over."""
    exam = begin(world.alice, at=-2 * CLOCK)
    serve(world.alice, exam, 2, at=-CLOCK)
    for index in (0, 1, 3):
        serve(world.alice, exam, index)
    answer(world.alice, exam, 0, at=12 * SECOND)
    answer(world.alice, exam, 1, right=False, at=20 * SECOND)
    return exam


@pytest.fixture
def world() -> Certification:
    return make_certification(draws=(5, 5))


def test_the_lines_stand_in_the_order_in_which_the_questions_were_given(world: Certification) -> None:
    exam = halfway(world)
    assert [line.question_id for line in history_of(world, exam, 30 * SECOND).lines] == list(exam.question_ids)


def test_a_running_exam_shows_the_keys_of_answered_and_expired_questions_only(world: Certification) -> None:
    lines = history_of(world, halfway(world), 30 * SECOND).lines
    assert [shows_its_key(line) for line in lines] == [True, True, True, False, False]
    assert [hides_its_key(line) for line in lines] == [False, False, False, True, True]


def test_a_running_exam_shows_no_text_of_a_question_that_was_not_served(world: Certification) -> None:
    Question.objects.update(image_url="/media/tabla.svg")
    lines = history_of(world, halfway(world), 30 * SECOND).lines
    assert [line.text is not None for line in lines] == [True, True, True, True, False]
    assert [line.image_url is not None for line in lines] == [True, True, True, True, False]
    assert [len(line.options) for line in lines] == [4, 4, 4, 4, 0]


def test_each_line_says_what_was_chosen_and_when(world: Certification) -> None:
    exam = halfway(world)
    right, wrong, expired, running, unserved = history_of(world, exam, 30 * SECOND).lines
    assert right.selected is not None
    assert wrong.selected is not None
    assert (right.selected.id, right.is_correct) == (key_of(right.question_id), True)
    assert (wrong.selected.id, wrong.is_correct) == (wrong_of(wrong.question_id), False)
    assert (expired.selected, expired.is_correct) == (None, False)
    assert (right.served_at, right.answered_at) == (NOW, NOW + 12 * SECOND)
    assert (expired.served_at, expired.answered_at) == (NOW - CLOCK, None)
    assert (running.selected, running.served_at, running.answered_at) == (None, NOW, None)
    assert (unserved.selected, unserved.served_at, unserved.answered_at) == (None, None, None)


def test_the_summary_of_a_running_exam_counts_what_is_answered_so_far(world: Certification) -> None:
    history = history_of(world, halfway(world), 30 * SECOND)
    assert history.summary == HistorySummary(total=5, correct=1, wrong=1, unanswered=3)
    assert history.exam.outcome is None


def test_a_question_shows_its_key_from_the_instant_in_which_its_clock_is_over(world: Certification) -> None:
    exam = begin(world.alice)
    serve(world.alice, exam)
    assert hides_its_key(history_of(world, exam, CLOCK - INSTANT).lines[0])
    assert shows_its_key(history_of(world, exam, CLOCK).lines[0])


def test_a_closed_exam_shows_everything_also_what_was_never_served(world: Certification) -> None:
    exam = halfway(world)
    history = history_of(world, exam, DAY)
    assert session_of(exam).status == "timeout"
    assert all(shows_its_key(line) and line.text for line in history.lines)
    assert history.summary == HistorySummary(total=5, correct=1, wrong=1, unanswered=3)
    assert history.exam.outcome is not None


def test_an_abandoned_exam_shows_everything_too(world: Certification) -> None:
    history = history_of(world, begin(world.alice), DAY)
    assert all(shows_its_key(line) for line in history.lines)
    assert history.summary == HistorySummary(total=5, correct=0, wrong=0, unanswered=5)


@pytest.mark.parametrize("kind", [PRACTICE, FINAL])
def test_while_another_certification_exam_runs_the_keys_of_earlier_ones_are_hidden(
    world: Certification, kind: CertificationKind
) -> None:
    earlier = sit(world.alice, right=3)
    assert all(shows_its_key(line) for line in history_of(world, earlier).lines)
    begin(world.alice, kind)
    history = history_of(world, earlier)
    assert all(hides_its_key(line) for line in history.lines)
    assert all(line.text and line.options and line.selected for line in history.lines)
    assert history.exam.outcome is not None
    assert history.summary == HistorySummary(total=5, correct=3, wrong=2, unanswered=0)
    assert all(shows_its_key(line) for line in history_of(world, earlier, DAY).lines)


def test_while_both_kinds_run_neither_shows_a_key_nor_counts_right_answers(world: Certification) -> None:
    exam = halfway(world)
    begin(world.alice, FINAL)
    history = history_of(world, exam, 30 * SECOND)
    assert all(hides_its_key(line) for line in history.lines)
    assert history.summary == HistorySummary(total=5, correct=None, wrong=None, unanswered=3)


def test_somebody_elses_running_exam_hides_nothing(world: Certification) -> None:
    earlier = sit(world.alice, right=3)
    begin(world.bob)
    assert all(shows_its_key(line) for line in history_of(world, earlier).lines)


def test_an_exam_whose_policy_is_never_shows_no_key_and_no_count(world: Certification) -> None:
    world.practice.reveal_policy = RevealPolicy.NEVER.value
    world.practice.save(update_fields=["reveal_policy"])
    history = history_of(world, sit(world.alice, right=3), DAY)
    assert all(hides_its_key(line) for line in history.lines)
    assert history.summary == HistorySummary(total=5, correct=None, wrong=None, unanswered=0)


def test_what_was_asked_is_shown_as_it_was_asked(world: Certification) -> None:
    exam = sit(world.alice, right=5)
    before = history_of(world, exam)
    Question.objects.update(question_text="¿Cuánto pesa?")
    QuestionAnswer.objects.update(text="nada", is_correct=False)
    mark_changed(exam_ids=[world.practice.pk])
    assert history_of(world, exam) == before


def test_an_exam_begun_through_the_other_api_has_all_questions_served(world: Certification) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.practice.pk, now=NOW)
    exam = begin(world.alice)
    assert exam.id == session.id
    lines = history_of(world, exam).lines
    assert {line.served_at for line in lines} == {NOW}
    assert all(line.text and hides_its_key(line) for line in lines)


def test_a_blank_in_the_bank_shows_no_options_and_no_accepted_text(world: Certification) -> None:
    blank = make_question(world.teacher, "2 + 2 = ?", kind=QuestionType.FILL_BLANK, options=[("4", True)])
    ExamQuestion.objects.filter(exam=world.practice).delete()
    ExamQuestion.objects.create(exam=world.practice, question=blank, order=1, code="B1")
    world.practice.draw_count = 1
    world.practice.save(update_fields=["draw_count"])
    exam = begin(world.alice)
    serve(world.alice, exam)
    (line,) = history_of(world, exam).lines
    assert (line.text, line.options, line.correct) == ("2 + 2 = ?", (), None)


def test_somebody_elses_exam_does_not_exist_for_anybody(world: Certification) -> None:
    exam = sit(world.alice, right=3)
    for person in (world.bob, world.teacher, world.other_teacher, world.admin):
        with pytest.raises(SessionNotFound):
            get_exam_history(actor=actor(person), session_id=exam.id, now=NOW)


def test_a_deactivated_candidate_is_nobody(world: Certification) -> None:
    exam = sit(world.alice, right=3)
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    with pytest.raises(AccountDisabled):
        history_of(world, exam)


@pytest.mark.parametrize("questions", [2, 12])
@pytest.mark.parametrize("prepare", [begin, lambda person: sit(person, right=1)])
def test_a_history_takes_four_statements_whatever_the_paper(
    questions: int, prepare: Callable[[User], StartedExam]
) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    exam = prepare(world.alice)
    with assert_queries_at_most(4):
        assert len(history_of(world, exam).lines) == questions
