"""What may be shown, policy by policy."""

from itertools import product

import pytest

from examhall.domain.reveal import Reveal, Visibility, hides_unserved, locks_on_answer, reveal, review_of_running
from examhall.domain.timing import QuestionState
from examhall.domain.words import RevealPolicy, SessionStatus

ALL = Reveal(questions=Visibility.ALL, totals=True)
ANSWERED = Reveal(questions=Visibility.ANSWERED, totals=False)
NONE = Reveal(questions=Visibility.NONE, totals=False)

RUNNING = SessionStatus.IN_PROGRESS
ENDED = [SessionStatus.COMPLETED, SessionStatus.TIMEOUT, SessionStatus.ABANDONED]
BOTH = (False, True)


@pytest.mark.parametrize(
    ("policy", "running", "closed", "closed_after_the_window"),
    [
        (RevealPolicy.OPEN, ALL, ALL, ALL),
        (RevealPolicy.ON_ANSWER, ANSWERED, ALL, ALL),
        (RevealPolicy.AFTER_SUBMIT, NONE, ALL, ALL),
        (RevealPolicy.AFTER_CLOSE, NONE, NONE, ALL),
        (RevealPolicy.NEVER, NONE, NONE, NONE),
    ],
)
@pytest.mark.parametrize("ended", ENDED)
def test_a_student_sees_what_the_policy_shows(
    policy: RevealPolicy, running: Reveal, closed: Reveal, closed_after_the_window: Reveal, ended: SessionStatus
) -> None:
    def shown(status: SessionStatus, *, exam_closed: bool) -> Reveal:
        return reveal(policy=policy, staff=False, status=status, exam_closed=exam_closed, sibling_active=False)

    # A running session can outlive its exam's window (extra time of one student): the window's end alone shows nothing.
    assert shown(RUNNING, exam_closed=False) == shown(RUNNING, exam_closed=True) == running
    assert shown(ended, exam_closed=False) == closed
    assert shown(ended, exam_closed=True) == closed_after_the_window


@pytest.mark.parametrize("policy", list(RevealPolicy))
def test_staff_see_everything_always(policy: RevealPolicy) -> None:
    for status, exam_closed, sibling_active in product(SessionStatus, BOTH, BOTH):
        found = reveal(policy=policy, staff=True, status=status, exam_closed=exam_closed, sibling_active=sibling_active)
        assert found == ALL


@pytest.mark.parametrize("policy", [policy for policy in RevealPolicy if policy is not RevealPolicy.OPEN])
def test_keys_of_earlier_attempts_are_hidden_again_while_another_runs_but_not_their_totals(
    policy: RevealPolicy,
) -> None:
    for status, exam_closed in product(ENDED, BOTH):
        alone = reveal(policy=policy, staff=False, status=status, exam_closed=exam_closed, sibling_active=False)
        found = reveal(policy=policy, staff=False, status=status, exam_closed=exam_closed, sibling_active=True)
        assert found == Reveal(questions=Visibility.NONE, totals=alone.totals)


def test_an_open_exam_stays_open_while_another_attempt_runs() -> None:
    found = reveal(policy=RevealPolicy.OPEN, staff=False, status=ENDED[0], exam_closed=False, sibling_active=True)
    assert found == ALL


@pytest.mark.parametrize(
    ("shown", "answered", "unanswered"), [(ALL, True, True), (ANSWERED, True, False), (NONE, False, False)]
)
def test_a_question_is_shown_as_far_as_its_session(shown: Reveal, answered: bool, unanswered: bool) -> None:
    assert shown.question(answered=True) is answered
    assert shown.question(answered=False) is unanswered


@pytest.mark.parametrize("policy", list(RevealPolicy))
def test_an_answer_is_for_good_where_its_key_or_its_clock_says_so(policy: RevealPolicy) -> None:
    assert locks_on_answer(policy=policy, question_seconds=None) is (policy is RevealPolicy.ON_ANSWER)
    assert locks_on_answer(policy=policy, question_seconds=65)


@pytest.mark.parametrize(
    ("closed", "question_seconds", "hidden"), [(False, 65, True), (True, 65, False), (False, None, False)]
)
def test_questions_with_a_clock_are_hidden_until_they_are_served(
    closed: bool, question_seconds: int | None, hidden: bool
) -> None:
    assert hides_unserved(closed=closed, question_seconds=question_seconds) is hidden


def test_the_history_of_a_running_exam_shows_answered_and_expired_questions() -> None:
    shown = [state for state in QuestionState if review_of_running(state=state)]
    assert shown == [QuestionState.ANSWERED, QuestionState.EXPIRED]
