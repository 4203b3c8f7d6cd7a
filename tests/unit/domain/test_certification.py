"""Certification: grades at each boundary, and what a history may show when."""

from decimal import Decimal

import pytest

from examhall.domain.certification import CertificationKind, outcome, review
from examhall.domain.scoring import Level
from examhall.domain.timing import QuestionState
from examhall.domain.words import RevealPolicy, SessionStatus

RUNNING = SessionStatus.IN_PROGRESS
CLOSED = [status for status in SessionStatus if status is not RUNNING]
FINISHED = [QuestionState.ANSWERED, QuestionState.EXPIRED]


def test_the_kinds_have_the_documents_names() -> None:
    assert [kind.value for kind in CertificationKind] == ["prueba", "final"]


@pytest.mark.parametrize(
    ("percentage", "level", "passed"),
    [
        ("100.00", Level.ADVANCED, True),
        ("90.00", Level.ADVANCED, True),
        ("89.99", Level.INTERMEDIATE, True),
        ("70.00", Level.INTERMEDIATE, True),
        ("69.99", Level.BASIC, False),
        ("0.00", Level.BASIC, False),
    ],
)
def test_a_grade_at_each_boundary(percentage: str, level: Level, passed: bool) -> None:
    graded = outcome(percentage=Decimal(percentage), pass_mark=70)
    assert (graded.percentage, graded.level, graded.passed) == (Decimal(percentage), level, passed)


def test_an_exam_in_which_nothing_was_handed_in_comes_to_zero() -> None:
    graded = outcome(percentage=None, pass_mark=70)
    assert (graded.percentage, graded.level, graded.passed) == (Decimal(0), Level.BASIC, False)


@pytest.mark.parametrize(("pass_mark", "passed"), [(None, False), (70, False), (60, True)])
def test_the_exams_own_pass_mark_counts_and_seventy_where_it_has_none(pass_mark: int | None, passed: bool) -> None:
    assert outcome(percentage=Decimal("69.99"), pass_mark=pass_mark).passed is passed


@pytest.mark.parametrize("status", CLOSED)
@pytest.mark.parametrize("state", QuestionState)
def test_a_closed_exam_shows_everything(status: SessionStatus, state: QuestionState) -> None:
    seen = review(policy=RevealPolicy.AFTER_SUBMIT, status=status, exam_closed=False, other_running=False)
    assert (seen.key(state=state), seen.outcome) == (True, True)


@pytest.mark.parametrize("policy", [RevealPolicy.AFTER_SUBMIT, RevealPolicy.ON_ANSWER, RevealPolicy.OPEN])
def test_a_running_exam_shows_the_keys_of_finished_questions_only_and_no_grade(policy: RevealPolicy) -> None:
    seen = review(policy=policy, status=RUNNING, exam_closed=False, other_running=False)
    assert [state for state in QuestionState if seen.key(state=state)] == FINISHED
    assert not seen.outcome


@pytest.mark.parametrize("status", SessionStatus)
@pytest.mark.parametrize("state", QuestionState)
def test_no_key_is_shown_while_another_certification_exam_runs(status: SessionStatus, state: QuestionState) -> None:
    seen = review(policy=RevealPolicy.AFTER_SUBMIT, status=status, exam_closed=False, other_running=True)
    assert not seen.key(state=state)


@pytest.mark.parametrize("status", CLOSED)
def test_the_grade_of_a_closed_exam_stays_visible_while_another_runs(status: SessionStatus) -> None:
    assert review(policy=RevealPolicy.AFTER_SUBMIT, status=status, exam_closed=False, other_running=True).outcome


@pytest.mark.parametrize(
    ("policy", "exam_closed", "shown"),
    [
        (RevealPolicy.NEVER, False, False),
        (RevealPolicy.NEVER, True, False),
        (RevealPolicy.AFTER_CLOSE, False, False),
        (RevealPolicy.AFTER_CLOSE, True, True),
    ],
)
def test_a_stricter_policy_of_an_exam_is_kept(policy: RevealPolicy, exam_closed: bool, shown: bool) -> None:
    closed = review(policy=policy, status=SessionStatus.COMPLETED, exam_closed=exam_closed, other_running=False)
    assert (closed.key(state=QuestionState.ANSWERED), closed.outcome) == (shown, shown)
    running = review(policy=policy, status=RUNNING, exam_closed=exam_closed, other_running=False)
    assert [state for state in QuestionState if running.key(state=state)] == []
