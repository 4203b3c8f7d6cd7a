"""What may be seen of a session: reveal policy x how far it has come x who looks, in everything the engine returns."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.words import QuestionType, RevealPolicy, SessionStatus
from examhall.engine.closing import close_due_sessions
from examhall.engine.paging import PageRequest
from examhall.engine.session_lists import list_my_sessions
from examhall.engine.session_views import get_session_result
from examhall.engine.sessions import start_session, submit_session
from examhall.engine.snapshots import AnswerSnapshot, AnswerSummary
from examhall.store.models import Exam, Question, User
from tests.builders import NOW, actor, choose, make_exam, make_question, make_world, write
from tests.engine.sessions.kinds_world import (
    BLANK,
    ESSAY,
    KEY_TEXTS,
    ONE,
    POINTS,
    SEVERAL,
    make_kinds_world,
    right,
    wrong,
)
from tests.engine.sessions.seat import Seat, sit

pytestmark = pytest.mark.django_db

ALL = frozenset(range(len(POINTS)))
ANSWERED = frozenset({ONE, SEVERAL, BLANK, ESSAY})
NONE: frozenset[int] = frozenset()

SOON = NOW + timedelta(minutes=1)
TIMED_OUT = NOW + timedelta(minutes=46)
WINDOW_END = NOW + timedelta(hours=3)
TICK = timedelta(microseconds=1)

STAGES = ("running", "handed in", "timed out", "given up", "tried again", "window over")
# What the student may see, by policy, in the order of the stages.
TABLE = {
    RevealPolicy.OPEN: (ALL, ALL, ALL, ALL, ALL, ALL),
    RevealPolicy.ON_ANSWER: (ANSWERED, ALL, ALL, ALL, NONE, ALL),
    RevealPolicy.AFTER_SUBMIT: (NONE, ALL, ALL, ALL, NONE, ALL),
    RevealPolicy.AFTER_CLOSE: (NONE, NONE, NONE, NONE, NONE, ALL),
    RevealPolicy.NEVER: (NONE, NONE, NONE, NONE, NONE, NONE),
}
# Where the totals are shown: with all of the keys; and a further attempt hides keys again, but no total.
TOTALS = {
    (policy, stage): (row[STAGES.index("handed in")] if stage == "tried again" else seen) == ALL
    for policy, row in TABLE.items()
    for stage, seen in zip(STAGES, row, strict=True)
}
CASES = [
    pytest.param(policy, stage, seen, id=f"{policy} {stage}")
    for policy, row in TABLE.items()
    for stage, seen in zip(STAGES, row, strict=True)
]
every_case = pytest.mark.parametrize(("policy", "stage", "seen"), CASES)


def _answer(seat: Seat) -> None:
    """Answer some of the questions, the blank wrongly, so that a key among the texts is never the student's own."""
    for index in ANSWERED:
        seat.save(index, wrong(seat.world, index) if index == BLANK else right(seat.world, index))


def _bring_to(stage: str, policy: RevealPolicy) -> tuple[Seat, timedelta]:
    """Bring a session to a stage; return it and how long after the start somebody looks."""
    seat = sit(make_kinds_world(reveal_policy=policy.value, max_attempts=2, end_time=WINDOW_END))
    if stage == "given up":
        close_due_sessions(now=TIMED_OUT)
        return seat, TIMED_OUT - NOW
    _answer(seat)
    if stage == "running":
        return seat, SOON - NOW
    if stage == "timed out":
        close_due_sessions(now=TIMED_OUT)
        return seat, TIMED_OUT - NOW
    seat.submit(at=SOON)
    if stage == "tried again":
        sit(seat.world, at=SOON)
    return seat, (WINDOW_END if stage == "window over" else SOON) - NOW


def _told(seat: Seat, answers: Iterable[AnswerSnapshot]) -> frozenset[int]:
    """Return the questions whose key or score is told; half-told ones fail."""
    index_of = {place.pk: index for index, place in enumerate(seat.world.questions)}
    told = set()
    for answer in answers:
        question = answer.question
        signs = {answer.score is not None, answer.is_correct is not None}
        signs |= {option.is_correct is not None for option in (*question.options, *answer.selected)}
        if question.type is QuestionType.FILL_BLANK:
            signs.add(bool(question.options))
        assert len(signs) == 1, question
        if signs.pop():
            told.add(index_of[question.exam_question_id])
    return frozenset(told)


def _told_in_summary(lines: Iterable[AnswerSummary]) -> frozenset[int]:
    told = set()
    for index, line in enumerate(lines):
        signs = {line.score is not None, line.is_correct is not None}
        if index != ESSAY:
            signs.add(line.correct_answer is not None)
        assert len(signs) == 1, line
        if signs.pop():
            told.add(index)
    return frozenset(told)


def _holds_key_text(shown: object) -> bool:
    text = repr(shown)
    return any(key in text for key in KEY_TEXTS)


@every_case
def test_the_detail_shows_a_student_what_the_policy_lets(
    policy: RevealPolicy, stage: str, seen: frozenset[int]
) -> None:
    seat, after = _bring_to(stage, policy)
    detail = seat.detail(at=NOW + after)
    assert _told(seat, detail.session.answers) == seen
    assert _holds_key_text(detail) == (BLANK in seen)
    running = detail.session.status is SessionStatus.IN_PROGRESS
    assert (detail.session.total_score is not None) == (running or TOTALS[policy, stage])


@every_case
def test_the_detail_shows_staff_everything(policy: RevealPolicy, stage: str, seen: frozenset[int]) -> None:
    del seen
    seat, after = _bring_to(stage, policy)
    for viewer in (seat.world.teacher, seat.world.admin):
        detail = seat.detail(at=NOW + after, by=viewer)
        assert _told(seat, detail.session.answers) == ALL
        assert detail.session.total_score is not None


@pytest.mark.parametrize(
    ("policy", "stage", "seen"),
    [case for case in CASES if case.values[1] not in {"running", "given up"}],
)
def test_the_result_shows_a_student_what_the_policy_lets_and_staff_everything(
    policy: RevealPolicy, stage: str, seen: frozenset[int]
) -> None:
    seat, after = _bring_to(stage, policy)
    viewers: tuple[tuple[User, frozenset[int], bool], ...] = (
        (seat.student, seen, TOTALS[policy, stage]),
        (seat.world.teacher, ALL, True),
        (seat.world.admin, ALL, True),
    )
    for viewer, expected, totals in viewers:
        result = seat.result(at=NOW + after, by=viewer)
        assert _told_in_summary(result.answers_summary) == expected
        assert _holds_key_text(result) == (expected == ALL)
        figures = (result.total_score, result.percentage, result.grade, result.correct_count, result.wrong_count)
        assert {figure is not None for figure in figures} == {totals}


@every_case
def test_the_list_shows_a_student_the_score_by_the_same_rule(
    policy: RevealPolicy, stage: str, seen: frozenset[int]
) -> None:
    del seen
    seat, after = _bring_to(stage, policy)
    page = list_my_sessions(actor=actor(seat.student), page=PageRequest(), now=NOW + after)
    row = next(row for row in page.items if row.id == seat.id)
    running = row.status is SessionStatus.IN_PROGRESS
    assert (row.total_score is not None) == (running or TOTALS[policy, stage])
    has_result = row.status in {SessionStatus.COMPLETED, SessionStatus.TIMEOUT}
    assert (row.percentage is not None) == (has_result and TOTALS[policy, stage])


@pytest.mark.parametrize("policy", RevealPolicy)
def test_the_start_shows_keys_in_an_open_exam_only(policy: RevealPolicy) -> None:
    seat = sit(make_kinds_world(reveal_policy=policy.value))
    assert _told(seat, seat.started.answers) == (ALL if policy is RevealPolicy.OPEN else NONE)


@pytest.mark.parametrize("policy", RevealPolicy)
@pytest.mark.parametrize("index", sorted(ALL))
def test_a_saved_answer_shows_its_key_only_where_that_is_shown_at_once(policy: RevealPolicy, index: int) -> None:
    shown = policy in {RevealPolicy.OPEN, RevealPolicy.ON_ANSWER}
    for way in ("save", "update", "save many"):
        seat = sit(make_kinds_world(reveal_policy=policy.value))
        response = wrong(seat.world, index)
        if way == "save many":
            outcome = seat.save_many([(index, response)])[0].answer
            assert outcome is not None
            saved = outcome
        else:
            saved = (seat.save if way == "save" else seat.update)(index, response)
        assert _told(seat, [saved]) == ({index} if shown else NONE)


@pytest.mark.parametrize("policy", RevealPolicy)
def test_a_cleared_answer_is_unanswered_again_and_shows_nothing_but_in_an_open_exam(policy: RevealPolicy) -> None:
    seat = sit(make_kinds_world(reveal_policy=policy.value))
    seat.save(BLANK, write(""))
    nothing = seat.save(ONE, choose(None))
    assert _told(seat, [nothing]) == ({ONE} if policy is RevealPolicy.OPEN else NONE)


@pytest.mark.parametrize("policy", RevealPolicy)
def test_the_hand_in_answers_what_the_result_shows(policy: RevealPolicy) -> None:
    seat = sit(make_kinds_world(reveal_policy=policy.value))
    _answer(seat)
    assert seat.submit(at=SOON) == seat.result(at=SOON)


def test_after_close_means_after_the_window_to_the_microsecond() -> None:
    seat, _ = _bring_to("handed in", RevealPolicy.AFTER_CLOSE)
    assert _told(seat, seat.detail(at=WINDOW_END - TICK).session.answers) == NONE
    assert _told(seat, seat.detail(at=WINDOW_END).session.answers) == ALL


def test_after_close_follows_a_window_that_is_moved() -> None:
    seat, _ = _bring_to("handed in", RevealPolicy.AFTER_CLOSE)
    Exam.objects.filter(pk=seat.world.exam.pk).update(end_time=WINDOW_END + timedelta(hours=1))
    assert _told(seat, seat.detail(at=WINDOW_END).session.answers) == NONE


def test_a_policy_that_is_changed_counts_at_once() -> None:
    seat, after = _bring_to("handed in", RevealPolicy.AFTER_SUBMIT)
    assert _told(seat, seat.detail(at=NOW + after).session.answers) == ALL
    Exam.objects.filter(pk=seat.world.exam.pk).update(reveal_policy=RevealPolicy.NEVER.value)
    assert _told(seat, seat.detail(at=NOW + after).session.answers) == NONE


def test_what_a_further_attempt_hides_comes_back_when_it_is_handed_in() -> None:
    seat, _ = _bring_to("handed in", RevealPolicy.AFTER_SUBMIT)
    again = sit(seat.world, at=SOON)
    assert _told_in_summary(seat.result(at=SOON).answers_summary) == NONE
    again.submit(at=SOON)
    assert _told_in_summary(seat.result(at=SOON).answers_summary) == ALL


def test_what_a_further_attempt_hides_comes_back_when_its_time_is_up_and_nobody_looked_at_it() -> None:
    seat, _ = _bring_to("handed in", RevealPolicy.AFTER_SUBMIT)
    again = sit(seat.world, at=SOON)
    over = SOON + timedelta(minutes=45, seconds=5)
    assert _told_in_summary(seat.result(at=over).answers_summary) == NONE
    assert _told_in_summary(seat.result(at=over + TICK).answers_summary) == ALL
    assert again.session.status == "abandoned"


def test_another_student_s_attempt_hides_nothing() -> None:
    seat, _ = _bring_to("handed in", RevealPolicy.AFTER_SUBMIT)
    sit(seat.world, seat.world.bob, at=SOON)
    assert _told_in_summary(seat.result(at=SOON).answers_summary) == ALL


@pytest.mark.parametrize("shuffle", [False, True])
def test_the_accepted_texts_of_a_blank_are_listed_nowhere_while_hidden(shuffle: bool) -> None:
    seat = sit(make_kinds_world(shuffle=shuffle, reveal_policy=RevealPolicy.AFTER_CLOSE.value))
    _answer(seat)
    outcomes = seat.save_many([(index, wrong(seat.world, index)) for index in sorted(ALL)], at=SOON)
    for shown in (seat.started, seat.detail(at=SOON), outcomes, seat.submit(at=SOON), seat.result(at=SOON)):
        assert not _holds_key_text(shown)


def test_the_options_of_a_choice_come_in_an_order_that_tells_no_key() -> None:
    # They are listed by id or by lot; neither looks at which one is correct.
    seat = sit(make_kinds_world())
    options = [option.id for option in seat.started.answers[SEVERAL].question.options]
    assert options == sorted(options)


def test_keys_hide_again_while_another_exam_asks_the_same_question() -> None:
    world = make_world(questions=2)
    alice = actor(world.alice)
    first = start_session(actor=alice, exam_id=world.exam.pk, now=NOW)
    submit_session(actor=alice, session_id=first.id, now=NOW)
    shared = Question.objects.get(pk=world.questions[0].question_id)
    other = make_exam(world.group, shared, make_question(world.teacher, "Which is only in the second?"))
    unrelated = make_exam(world.group, make_question(world.teacher, "Which is in neither?"))
    start_session(actor=alice, exam_id=unrelated.pk, now=NOW)
    assert get_session_result(actor=alice, session_id=first.id, now=NOW).answers_summary[0].correct_answer == "23"
    start_session(actor=alice, exam_id=other.pk, now=NOW)
    hidden = get_session_result(actor=alice, session_id=first.id, now=NOW)
    assert [line.correct_answer for line in hidden.answers_summary] == [None, None]
    assert hidden.total_score == Decimal("0.00")
