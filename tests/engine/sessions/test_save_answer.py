"""Saving one answer: what is kept, what it is worth, what is logged, and who and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from examhall.domain.errors import (
    AccountDisabled,
    DomainError,
    OptionNotInQuestion,
    QuestionLocked,
    QuestionNotInExam,
    ResponseInvalid,
    SessionNotActive,
    SessionNotFound,
    StaffCannotSit,
)
from examhall.domain.kinds import Response
from examhall.domain.words import ResponseFault, RevealPolicy, Role
from examhall.engine.answers import save_answer
from examhall.engine.papers import mark_changed
from examhall.store.models import ExamQuestion, Question, StudentAnswer
from tests.builders import NOW, actor, choose, choose_many, make_question, make_world, write
from tests.engine.sessions.kinds_world import (
    BLANK,
    ESSAY,
    NUMBER,
    ONE,
    POINTS,
    SEVERAL,
    TRUE_FALSE,
    make_kinds_world,
    right,
    wrong,
)
from tests.engine.sessions.seat import sit

pytestmark = pytest.mark.django_db

KINDS = (ONE, SEVERAL, TRUE_FALSE, BLANK, NUMBER)
HUGE = 2**63


def test_a_saved_choice_is_kept_graded_and_dated() -> None:
    seat = sit(make_kinds_world())
    at = NOW + timedelta(minutes=3, microseconds=5)
    seat.save(ONE, choose(seat.world.key(ONE)), at=at)
    row = seat.row(ONE)
    assert (row.selected_answer_id, row.selected_answer_ids, row.answer_text) == (seat.world.key(ONE), None, "")
    assert (row.score, row.is_correct, row.answered_at) == (POINTS[ONE], True, at)


def test_the_answer_returned_is_the_answer_kept() -> None:
    seat = sit(make_kinds_world(reveal_policy=RevealPolicy.OPEN.value))
    saved = seat.save(ONE, choose(seat.world.key(ONE)), at=NOW + timedelta(seconds=7))
    assert saved.id == seat.row(ONE).pk
    assert saved.question.code == "K1"
    assert [(option.text, option.is_correct) for option in saved.selected] == [("whale", True)]
    assert (saved.score, saved.is_correct, saved.answer_text) == (Decimal("5.00"), True, "")
    assert saved.answered_at == NOW + timedelta(seconds=7)


def test_a_choice_of_several_is_kept_as_a_list_in_ascending_order() -> None:
    seat = sit(make_kinds_world())
    first, second, third = seat.world.options(SEVERAL, correct=True)
    seat.save(SEVERAL, choose_many(third, first, second, first))
    row = seat.row(SEVERAL)
    assert (row.selected_answer_id, row.selected_answer_ids) == (None, [first, second, third])


@pytest.mark.parametrize("index", KINDS)
def test_a_right_answer_of_any_kind_earns_all_points(index: int) -> None:
    seat = sit(make_kinds_world())
    seat.save(index, right(seat.world, index))
    assert (seat.row(index).score, seat.row(index).is_correct) == (POINTS[index], True)


@pytest.mark.parametrize("index", KINDS)
def test_a_wrong_answer_of_any_kind_earns_nothing_and_is_answered(index: int) -> None:
    seat = sit(make_kinds_world())
    seat.save(index, wrong(seat.world, index))
    row = seat.row(index)
    assert (row.score, row.is_correct, row.answered_at) == (Decimal(0), False, NOW)


def test_an_essay_is_kept_letter_by_letter_and_earns_nothing_yet() -> None:
    seat = sit(make_kinds_world())
    text = " Rayleigh \u2192 \u03bb\u207b\u2074 \U0001f30d\n\n" + "x" * 40_000 + "  "
    seat.save(ESSAY, write(text))
    assert (seat.row(ESSAY).answer_text, seat.row(ESSAY).score) == (text, Decimal(0))


def test_part_of_several_earns_nothing_unless_the_exam_gives_partial_credit() -> None:
    scores = []
    for partial_credit in (False, True):
        seat = sit(make_kinds_world(partial_credit=partial_credit))
        right_ones = seat.world.options(SEVERAL, correct=True)
        seat.save(SEVERAL, choose_many(right_ones[0], right_ones[1], seat.world.wrong(SEVERAL)))
        scores.append((seat.row(SEVERAL).score, seat.row(SEVERAL).is_correct))
    # Two right less one wrong, of three: a third of 7.5 points.
    assert scores == [(Decimal("0.00"), False), (Decimal("2.50"), False)]


def test_the_first_answer_is_logged_as_submitted_in_the_contract_s_words() -> None:
    seat = sit(make_world())
    seat.save(1, choose(seat.world.wrong(1)), at=NOW + timedelta(seconds=9))
    log = seat.logs[-1]
    assert (log.actions, log.detail) == ("answer_submitted", "Answered question P2")
    assert (log.timestamp, log.student_id) == (NOW + timedelta(seconds=9), seat.student.pk)


def test_a_second_save_replaces_the_answer_in_the_same_row() -> None:
    seat = sit(make_world())
    first = seat.save(0, choose(seat.world.wrong(0)))
    second = seat.save(0, choose(seat.world.key(0)), at=NOW + timedelta(minutes=1))
    assert second.id == first.id
    assert StudentAnswer.objects.filter(session_id=seat.id).count() == 3
    assert seat.row(0).is_correct
    assert seat.row(0).answered_at == NOW + timedelta(minutes=1)
    assert [log.detail for log in seat.logs[1:]] == ["Answered question P1", "Changed the answer to question P1"]
    assert seat.actions[1:] == ["answer_submitted", "answer_updated"]


@pytest.mark.parametrize(
    ("index", "nothing"),
    [
        (ONE, choose(None)),
        (SEVERAL, choose_many()),
        (SEVERAL, choose(None)),
        (TRUE_FALSE, choose(None)),
        (BLANK, write("")),
        (NUMBER, write(None)),
        (ESSAY, write(" \n\t ")),
    ],
)
def test_nothing_clears_an_answer_of_any_kind(index: int, nothing: Response) -> None:
    seat = sit(make_kinds_world())
    seat.save(index, right(seat.world, index))
    cleared = seat.save(index, nothing)
    row = seat.row(index)
    assert (row.selected_answer_id, row.selected_answer_ids, row.answer_text) == (None, None, None)
    assert (row.score, row.is_correct, row.answered_at) == (Decimal(0), False, None)
    assert (cleared.selected, cleared.answer_text, cleared.answered_at) == ((), None, None)
    assert seat.logs[-1].detail == f"Cleared the answer to question K{index + 1}"
    assert seat.actions[1:] == ["answer_submitted", "answer_updated"]


def test_an_answer_after_a_cleared_one_is_a_first_answer_again() -> None:
    seat = sit(make_world())
    for response in (choose(seat.world.key(0)), choose(None), choose(seat.world.key(0))):
        seat.save(0, response)
    assert seat.actions[1:] == ["answer_submitted", "answer_updated", "answer_submitted"]


def test_an_answer_touches_no_other_row() -> None:
    world = make_world()
    alice, bob = sit(world), sit(world, world.bob)
    alice.save(0, choose(world.key(0)))
    answered = StudentAnswer.objects.exclude(answered_at=None).values_list("pk", flat=True)
    assert list(answered) == [alice.row(0).pk]
    assert bob.actions == ["exam_started"]


def test_the_answer_is_graded_by_the_paper_that_was_started() -> None:
    seat = sit(make_world(total_score=30))
    old_key, new_key = seat.world.key(0), seat.world.wrong(0)
    place = seat.world.questions[0]
    ExamQuestion.objects.filter(pk=place.pk).update(points=Decimal(1))
    place.question.answers.filter(pk=old_key).update(is_correct=False)
    place.question.answers.filter(pk=new_key).update(is_correct=True)
    mark_changed(exam_ids=[seat.world.exam.pk])
    seat.save(0, choose(old_key))
    assert (seat.row(0).score, seat.row(0).is_correct) == (Decimal("10.00"), True)


def test_a_question_taken_out_of_the_exam_meanwhile_can_still_be_answered() -> None:
    seat = sit(make_world())
    ExamQuestion.objects.filter(pk=seat.world.questions[0].pk).update(removed_at=NOW)
    Question.objects.filter(pk=seat.world.questions[0].question_id).update(archived_at=NOW)
    mark_changed(exam_ids=[seat.world.exam.pk])
    seat.save(0, choose(seat.world.key(0)))
    assert seat.row(0).is_correct


def test_an_option_of_another_question_is_refused_and_changes_nothing() -> None:
    seat = sit(make_world())
    seat.save(0, choose(seat.world.key(0)))
    for response, field in (
        (choose(seat.world.key(1)), "selected_answer_id"),
        (choose(HUGE), "selected_answer_id"),
        (choose_many(seat.world.key(0), seat.world.key(1)), "selected_answer_ids"),
    ):
        with pytest.raises(OptionNotInQuestion) as refused:
            seat.save(0, response)
        assert refused.value.field == field
    assert (seat.row(0).selected_answer_id, seat.row(0).answered_at) == (seat.world.key(0), NOW)
    assert seat.actions == ["exam_started", "answer_submitted"]


@pytest.mark.parametrize(
    ("index", "response", "field", "reason"),
    [
        (ONE, Response(), "selected_answer_id", ResponseFault.MISSING),
        (ONE, write("whale"), "selected_answer_id", ResponseFault.MISSING),
        (BLANK, Response(), "answer_text", ResponseFault.MISSING),
        (BLANK, write("x" * 1_001), "answer_text", ResponseFault.TOO_LONG),
        (ESSAY, write("x" * 50_001), "answer_text", ResponseFault.TOO_LONG),
    ],
)
def test_a_response_that_does_not_fit_the_kind_is_refused(
    index: int, response: Response, field: str, reason: ResponseFault
) -> None:
    seat = sit(make_kinds_world())
    with pytest.raises(ResponseInvalid) as refused:
        seat.save(index, response)
    assert (refused.value.field, refused.value.context["reason"]) == (field, reason)
    assert seat.actions == ["exam_started"]


def test_several_options_where_one_is_right_are_refused() -> None:
    seat = sit(make_kinds_world())
    with pytest.raises(ResponseInvalid) as refused:
        seat.save(ONE, choose_many(seat.world.key(ONE), seat.world.wrong(ONE)))
    assert refused.value.context["reason"] is ResponseFault.ONE_OPTION_ONLY


@pytest.mark.parametrize("index", [BLANK, ESSAY])
def test_a_written_question_takes_no_option_not_even_its_own_key(index: int) -> None:
    seat = sit(make_kinds_world())
    with pytest.raises(OptionNotInQuestion):
        seat.save(index, choose(seat.world.key(BLANK)))


@pytest.mark.parametrize("question_id", [987_654_321, HUGE, 10**30])
def test_an_unknown_question_is_not_in_the_exam(question_id: int) -> None:
    seat = sit(make_world())
    with pytest.raises(QuestionNotInExam) as refused:
        save_answer(
            actor=actor(seat.student),
            session_id=seat.id,
            exam_question_id=question_id,
            response=choose(seat.world.key(0)),
            now=NOW,
        )
    assert refused.value.field == "exam_question_id"


def test_a_question_of_another_exam_is_not_in_this_one() -> None:
    world, other = make_world(), make_world()
    seat = sit(world)
    with pytest.raises(QuestionNotInExam):
        save_answer(
            actor=actor(seat.student),
            session_id=seat.id,
            exam_question_id=other.questions[0].pk,
            response=choose(other.key(0)),
            now=NOW,
        )


def test_a_question_that_was_not_drawn_is_not_in_this_student_s_exam() -> None:
    seat = sit(make_world(questions=5, draw_count=2))
    drawn = {answer.question.exam_question_id for answer in seat.started.answers}
    left_out = next(index for index, place in enumerate(seat.world.questions) if place.pk not in drawn)
    with pytest.raises(QuestionNotInExam):
        seat.save(left_out, choose(seat.world.key(left_out)))


def test_a_question_added_after_the_start_is_not_in_the_exam_that_was_started() -> None:
    seat = sit(make_world())
    added = ExamQuestion.objects.create(
        exam=seat.world.exam, question=make_question(seat.world.teacher, "New?"), order=40, code="P4"
    )
    mark_changed(exam_ids=[seat.world.exam.pk])
    with pytest.raises(QuestionNotInExam):
        save_answer(
            actor=actor(seat.student), session_id=seat.id, exam_question_id=added.pk, response=choose(None), now=NOW
        )


def test_a_closed_session_takes_no_answer() -> None:
    seat = sit(make_world())
    seat.submit()
    with pytest.raises(SessionNotActive):
        seat.save(0, choose(seat.world.key(0)))
    assert seat.row(0).answered_at is None


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("bob", SessionNotFound),
        ("charlie", SessionNotFound),
        ("other_teacher", SessionNotFound),
        ("teacher", StaffCannotSit),
        ("admin", StaffCannotSit),
    ],
)
def test_nobody_but_its_student_answers_in_a_session(name: str, refusal: type[DomainError]) -> None:
    seat = sit(make_world())
    with pytest.raises(refusal):
        seat.save(0, choose(seat.world.key(0)), by=getattr(seat.world, name))
    assert seat.row(0).answered_at is None


@pytest.mark.parametrize("session_id", [987_654_321, HUGE, 10**30])
def test_an_unknown_session_is_not_found(session_id: int) -> None:
    world = make_world()
    for who in (world.alice, world.teacher, world.admin):
        with pytest.raises(SessionNotFound):
            save_answer(actor=actor(who), session_id=session_id, exam_question_id=1, response=choose(None), now=NOW)


def test_a_deactivation_counts_at_the_next_save() -> None:
    seat = sit(make_world())
    seat.student.is_active = False
    seat.student.save(update_fields=["is_active"])
    with pytest.raises(AccountDisabled):
        seat.save(0, choose(seat.world.key(0)))


def test_a_student_who_became_a_teacher_answers_no_more() -> None:
    seat = sit(make_world())
    seat.student.role = Role.TEACHER.value
    seat.student.save(update_fields=["role"])
    with pytest.raises(StaffCannotSit):
        seat.save(0, choose(seat.world.key(0)))


def test_a_student_taken_out_of_the_class_finishes_what_was_started() -> None:
    seat = sit(make_world())
    seat.world.group.enrolments.all().delete()
    seat.save(0, choose(seat.world.key(0)))
    assert seat.row(0).is_correct


def test_an_answer_that_is_shown_with_its_key_is_for_good() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.ON_ANSWER.value))
    seat.save(0, choose(seat.world.wrong(0)))
    for response in (choose(seat.world.key(0)), choose(None)):
        with pytest.raises(QuestionLocked):
            seat.save(0, response)
    assert seat.row(0).selected_answer_id == seat.world.wrong(0)


def test_clearing_what_was_never_answered_locks_nothing() -> None:
    seat = sit(make_world(reveal_policy=RevealPolicy.ON_ANSWER.value))
    seat.save(0, choose(None))
    seat.save(0, choose(seat.world.key(0)))
    assert seat.row(0).is_correct
