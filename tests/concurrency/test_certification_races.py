"""Certification exams when a candidate's calls meet each other, or the clock, at the same moment."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
import time_machine

from examhall.domain.errors import (
    AlreadyActive,
    AttemptLimitReached,
    QuestionLocked,
    QuestionTimeUp,
    SessionNotActive,
)
from examhall.engine import closing
from examhall.engine.certification import answer_question
from examhall.engine.certification_views import get_certification_exam
from examhall.engine.sessions import start_session
from examhall.engine.snapshots_certification import StartedExam
from examhall.store.models import Exam, ExamLog, ExamResult, ExamSession, Paper, QuestionAnswer, StudentAnswer
from tests.builders import NOW, actor, make_user
from tests.certification import (
    CLOCK,
    FINAL,
    INSTANT,
    Certification,
    answer,
    begin,
    make_certification,
    serve,
    session_of,
    sit,
)
from tests.concurrency.racing import at_once
from tests.facades.examenes.browser import Browser, browser_of

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(5))

LIMIT = timedelta(minutes=60)
GRACE = timedelta(seconds=5)


def one_attempt_left(world: Certification) -> None:
    for _ in range(2):
        sit(world.alice, FINAL, right=0)


def test_twenty_starts_at_the_last_attempt_give_exactly_one_exam_to_all() -> None:
    world = make_certification()
    one_attempt_left(world)
    begun = at_once([partial(begin, world.alice, FINAL)] * 20)
    assert len(set(begun)) == 1
    assert isinstance(begun[0], StartedExam)
    assert ExamSession.objects.filter(status="in_progress").count() == 1
    attempts = ExamSession.objects.order_by("id").values_list("attempt_number", flat=True)
    assert list(attempts) == [1, 2, 3]


def test_twenty_calls_over_http_at_the_last_attempt_give_exactly_one_exam_to_all() -> None:
    with time_machine.travel(NOW, tick=False):
        world = make_certification()
        one_attempt_left(world)
        first = browser_of(world.alice)
        token, cookies = first.token(), {name: morsel.value for name, morsel in first.client.cookies.items()}

        def call() -> tuple[int, str]:
            browser = Browser()
            browser.client.cookies.load(cookies)
            got = browser.send("POST", "/get_exam_questions/", {"tipo_examen": "final"}, token=token)
            return got.status, str(got.body)

        told = at_once([call] * 20)
    assert len(set(told)) == 1
    assert ExamSession.objects.filter(exam=world.final).count() == 3
    assert told[0] == (
        200,
        str({"examen": ExamSession.objects.latest("id").pk, "preguntas": list(begin(world.alice, FINAL).question_ids)}),
    )


def test_twenty_starts_after_the_last_attempt_give_none() -> None:
    world = make_certification()
    one_attempt_left(world)
    sit(world.alice, FINAL, right=0)
    refused = at_once([partial(begin, world.alice, FINAL)] * 20)
    assert Counter(refused) == {AttemptLimitReached: 20}
    assert ExamSession.objects.count() == 3


def test_starts_that_find_the_last_exam_run_out_close_it_once_and_begin_one() -> None:
    world = make_certification()
    first = begin(world.alice)
    begun = at_once([partial(begin, world.alice, at=timedelta(hours=2))] * 12)
    assert len(set(begun)) == 1
    assert begun[0] != first
    assert ExamSession.objects.count() == 2
    assert ExamLog.objects.filter(session_id=first.id, actions="exam_abandoned").count() == 1


@rounds
def test_starts_through_both_doors_give_one_session(attempt: int) -> None:
    world = make_certification()

    def there() -> int:
        return start_session(actor=actor(world.alice), exam_id=world.practice.pk, now=NOW).id

    def here() -> int:
        return begin(world.alice).id

    outcomes = at_once([here, there] * 5)
    # This door goes on with what runs; the other one says that something runs.
    running = ExamSession.objects.get().pk
    assert set(outcomes[::2]) == {running}
    assert set(outcomes[1::2]) <= {running, AlreadyActive}


def test_the_first_starts_of_many_candidates_share_one_paper() -> None:
    world = make_certification()
    candidates = [make_user(f"Candidate {number}") for number in range(12)]
    begun = at_once([partial(begin, person) for person in candidates])
    assert all(isinstance(exam, StartedExam) for exam in begun)
    assert ExamSession.objects.count() == 12
    assert Paper.objects.filter(exam=world.practice).count() == 1


@rounds
def test_servings_at_once_start_one_clock(attempt: int) -> None:
    world = make_certification()
    exam = begin(world.alice)
    moments = [timedelta(milliseconds=number) for number in range(12)]
    served = at_once([partial(serve, world.alice, exam, at=moment) for moment in moments])
    assert set(served) == {exam.question_ids[0]}
    served_at = StudentAnswer.objects.exclude(served_at=None).get().served_at
    assert served_at in {NOW + moment for moment in moments}
    serve(world.alice, exam, at=timedelta(seconds=30))
    assert StudentAnswer.objects.exclude(served_at=None).get().served_at == served_at


@rounds
def test_of_several_answers_to_one_question_one_is_kept_and_it_is_the_acknowledged_one(attempt: int) -> None:
    world = make_certification()
    exam = begin(world.alice)
    question_id = serve(world.alice, exam)
    options = list(QuestionAnswer.objects.filter(question_id=question_id).values_list("id", flat=True)) * 3

    def choose(option_id: int) -> int:
        who = actor(world.alice)
        answer_question(actor=who, session_id=exam.id, question_id=question_id, option_id=option_id, now=NOW)
        return option_id

    outcomes = at_once([partial(choose, option_id) for option_id in options])
    (kept,) = (outcome for outcome in outcomes if isinstance(outcome, int))
    assert Counter(outcome for outcome in outcomes if isinstance(outcome, type)) == {QuestionLocked: 11}
    assert StudentAnswer.objects.exclude(answered_at=None).get().selected_answer_id == kept
    assert ExamLog.objects.filter(actions="answer_submitted").count() == 1


@rounds
def test_all_answers_at_once_are_all_in_the_one_result(attempt: int) -> None:
    world = make_certification(bank=8, draws=(8, 8))
    exam = begin(world.alice)
    for index in range(8):
        serve(world.alice, exam, index)
    outcomes = at_once([partial(answer, world.alice, exam, index) for index in range(8)])
    assert outcomes == [None] * 8
    result = ExamResult.objects.get(session_id=exam.id)
    assert (result.correct_count, result.percentage, session_of(exam).status) == (8, Decimal(100), "completed")
    assert ExamLog.objects.filter(actions="exam_submitted").count() == 1


@rounds
def test_an_answer_that_races_with_the_end_of_its_clock_counts_if_and_only_if_it_was_acknowledged(
    attempt: int,
) -> None:
    world = make_certification(draws=(2, 4))
    exam = begin(world.alice)
    serve(world.alice, exam, 0)
    serve(world.alice, exam, 1)
    answer(world.alice, exam, 0, at=timedelta(seconds=1))
    in_time = partial(answer, world.alice, exam, 1, at=CLOCK - INSTANT)
    look = partial(get_certification_exam, actor=actor(world.alice), session_id=exam.id, now=NOW + CLOCK)
    acts: list[Callable[[], object]] = [in_time, look, look, look]
    outcomes = at_once(acts)
    result = ExamResult.objects.get(session_id=exam.id)
    acknowledged = outcomes[0] is None
    assert acknowledged or outcomes[0] is SessionNotActive
    assert (result.correct_count, result.unanswered_count) == ((2, 0) if acknowledged else (1, 1))


@rounds
def test_answers_on_both_sides_of_the_end_of_a_clock_are_told_apart_by_their_own_time(attempt: int) -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam)
    moments = [CLOCK - INSTANT, CLOCK, CLOCK + INSTANT]
    outcomes = at_once([partial(answer, world.alice, exam, at=moment) for moment in moments])
    assert outcomes[0] is None
    assert set(outcomes[1:]) <= {QuestionTimeUp, QuestionLocked}
    assert StudentAnswer.objects.exclude(answered_at=None).get().answered_at == NOW + CLOCK - INSTANT


@rounds
def test_an_answer_that_races_with_the_overall_limit_counts_if_and_only_if_it_was_acknowledged(attempt: int) -> None:
    world = make_certification(minutes=60)
    exam = begin(world.alice)
    serve(world.alice, exam, 0, at=LIMIT - timedelta(seconds=30))
    late = partial(answer, world.alice, exam, 0, at=LIMIT + GRACE)

    def close() -> int:
        return closing.close_due_sessions(now=NOW + LIMIT + GRACE + INSTANT)

    acts: list[Callable[[], object]] = [late, close, close]
    outcomes = at_once(acts)
    acknowledged = outcomes[0] is None
    closing.close_due_sessions(now=NOW + LIMIT + GRACE + INSTANT)
    assert acknowledged or outcomes[0] is SessionNotActive
    assert session_of(exam).status == ("timeout" if acknowledged else "abandoned")
    assert ExamResult.objects.filter(session_id=exam.id, correct_count=1).exists() is acknowledged


@rounds
def test_serving_and_answering_race_with_a_change_of_the_exam_without_harm(attempt: int) -> None:
    world = make_certification()
    exam = begin(world.alice)
    serve(world.alice, exam, 0)

    def lower() -> int:
        return Exam.objects.filter(pk=world.practice.pk).update(question_seconds=1, paper=None)

    late = partial(answer, world.alice, exam, 0, at=CLOCK - INSTANT)
    acts: list[Callable[[], object]] = [late, partial(serve, world.alice, exam, 1), lower]
    assert at_once(acts) == [None, exam.question_ids[1], 1]
    answer(world.alice, exam, 1, at=CLOCK - INSTANT)
    assert StudentAnswer.objects.exclude(answered_at=None).count() == 2
