"""An exam as its students see it: no key ever, and of its questions only those they sat."""

from datetime import timedelta

import pytest

from examhall.domain.errors import ExamNotFound
from examhall.domain.words import QuestionType, RevealPolicy
from examhall.engine.answers import save_answer
from examhall.engine.enrolment import remove_student
from examhall.engine.exam_views import get_exam
from examhall.engine.questions import update_question
from examhall.engine.sessions import start_session, submit_session
from examhall.engine.snapshots_exams import ExamDetail
from examhall.store.models import StudentAnswer, User
from tests.builders import NOW, World, actor, choose, make_class, make_exam, make_question, make_world

pytestmark = pytest.mark.django_db


def seen_by(user: User, world: World) -> ExamDetail:
    return get_exam(actor=actor(user), exam_id=world.exam.pk, now=NOW)


def test_before_the_start_there_are_no_questions() -> None:
    world = make_world()
    assert seen_by(world.alice, world).exam_questions == ()
    start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    detail = seen_by(world.alice, world)
    assert (detail.exam_questions, detail.sessions) == ((), ())


@pytest.mark.parametrize("policy", RevealPolicy)
def test_a_student_sees_the_own_questions_and_sessions_and_never_a_key(policy: RevealPolicy) -> None:
    world = make_world(reveal_policy=policy.value)
    start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    save_answer(
        actor=actor(world.alice),
        session_id=session.id,
        exam_question_id=world.questions[0].pk,
        response=choose(world.key(0)),
        now=NOW,
    )
    submit_session(actor=actor(world.alice), session_id=session.id, now=NOW)
    detail = seen_by(world.alice, world)
    assert [item.id for item in detail.exam_questions] == [row.pk for row in world.questions]
    assert {option.is_correct for item in detail.exam_questions for option in item.options} == {None}
    assert {item.points for item in detail.exam_questions} == {None}
    assert [row.id for row in detail.sessions] == [session.id]
    assert [option.is_correct for option in seen_by(world.teacher, world).exam_questions[0].options] == [
        False,
        True,
        False,
    ]
    assert len(seen_by(world.teacher, world).sessions) == 2


def test_accepted_texts_of_a_blank_are_a_key() -> None:
    world = make_world(questions=0)
    blank = make_question(world.teacher, kind=QuestionType.FILL_BLANK, options=(("Paris", True),))
    exam = make_exam(world.group, blank, title="Capitals")
    start_session(actor=actor(world.alice), exam_id=exam.pk, now=NOW)
    (seen,) = get_exam(actor=actor(world.alice), exam_id=exam.pk, now=NOW).exam_questions
    assert (seen.type, seen.options) == (QuestionType.FILL_BLANK, ())
    (known,) = get_exam(actor=actor(world.teacher), exam_id=exam.pk, now=NOW).exam_questions
    assert [(option.text, option.is_correct) for option in known.options] == [("Paris", True)]


def test_of_a_draw_a_student_sees_what_was_drawn() -> None:
    world = make_world(questions=12, draw_count=2)
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    drawn = {answer.question.exam_question_id for answer in session.answers}
    assert {item.id for item in seen_by(world.alice, world).exam_questions} == drawn
    assert len(seen_by(world.teacher, world).exam_questions) == 12


def test_with_question_clocks_a_student_sees_what_was_served() -> None:
    world = make_world(question_seconds=65)
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW, serve_all=False)
    assert seen_by(world.alice, world).exam_questions == ()
    StudentAnswer.objects.filter(session_id=session.id, position=2).update(served_at=NOW)
    assert [item.id for item in seen_by(world.alice, world).exam_questions] == [world.questions[1].pk]


def test_a_question_is_shown_as_it_was_sat_last() -> None:
    world = make_world(max_attempts=2)
    first = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    submit_session(actor=actor(world.alice), session_id=first.id, now=NOW)
    question_id = world.questions[0].question_id
    for text in ("Second wording", "Third wording"):
        update_question(
            actor=actor(world.teacher), question_id=question_id, changes={"question_text": text}, options=None, now=NOW
        )
        if text == "Second wording":
            assert seen_by(world.alice, world).exam_questions[0].question_text == "Which one of row 1 is prime?"
            start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW + timedelta(minutes=1))
    assert seen_by(world.alice, world).exam_questions[0].question_text == "Second wording"
    assert seen_by(world.teacher, world).exam_questions[0].question_text == "Third wording"


def test_an_exam_of_another_class_does_not_exist() -> None:
    world = make_world()
    for user in (world.charlie, world.other_teacher):
        with pytest.raises(ExamNotFound):
            seen_by(user, world)
    remove_student(actor=actor(world.teacher), class_id=world.group.pk, student_id=world.alice.pk)
    with pytest.raises(ExamNotFound):
        seen_by(world.alice, world)


def test_the_exams_of_an_open_class_are_everybodys() -> None:
    world = make_world()
    exam = make_exam(make_class(world.other_teacher, name="Practice", open_enrolment=True), title="Practice")
    assert get_exam(actor=actor(world.charlie), exam_id=exam.pk, now=NOW).row.id == exam.pk
