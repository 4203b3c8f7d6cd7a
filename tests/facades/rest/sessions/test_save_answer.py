"""POST /sessions/{id}/answers/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from examhall.domain.words import QuestionType
from examhall.store.models import ExamLog, ExamQuestion, QuestionAnswer, StudentAnswer
from tests.builders import NOW, World, make_exam, make_question, make_world
from tests.facades.rest.api import Answer, Api, api_of
from tests.queries import assert_queries_at_most


def _save(api: Api, session: dict[str, Any], **body: object) -> Answer:
    return api.post(f"/sessions/{session['id']}/answers/", body)


def _sit(world: World, question_kind: QuestionType, **question: Any) -> tuple[Api, dict[str, Any], ExamQuestion]:
    """Let Alice start an exam of one question of some kind."""
    asked = make_question(world.teacher, "Asked", kind=question_kind, **question)
    exam = make_exam(world.group, asked, reveal_policy="open")
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": exam.pk}).data
    return alice, session, ExamQuestion.objects.get(exam=exam)


def test_a_choice_is_saved(world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(seconds=70))
    answer = _save(alice, session, exam_question_id=world.questions[1].pk, selected_answer_id=world.key(1))
    assert (answer.status, answer.message) == (201, "Answer submitted successfully")
    assert answer.data["id"] == session["answers"][1]["id"]
    assert answer.data["exam_question"] == session["answers"][1]["exam_question"]
    assert answer.data["selected_answer"] == {"id": world.key(1), "text": "23", "is_correct": None}
    assert answer.data["answer_text"] == ""
    assert answer.data["answered_at"] == "2026-03-10T09:31:25.123456Z"
    assert (answer.data["score"], answer.data["is_correct"]) == (None, None)
    assert set(answer.data) == {
        "id", "exam_question", "selected_answer", "answer_text", "score", "answered_at", "is_correct",
    }  # fmt: skip


def test_an_empty_text_beside_a_choice_is_no_text(world: World, alice: Api, session: dict[str, Any]) -> None:
    place = world.questions[0].pk
    answer = _save(alice, session, exam_question_id=place, selected_answer_id=world.key(), answer_text="")
    assert answer.status == 201
    assert answer.data["selected_answer"]["id"] == world.key()


@pytest.mark.django_db
def test_an_open_exam_tells_at_once_whether_it_is_right() -> None:
    world = make_world(reveal_policy="open")
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    data = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key()).data
    assert (data["score"], data["is_correct"], data["selected_answer"]["is_correct"]) == ("26.67", True, True)


def test_a_second_answer_replaces_the_first(world: World, alice: Api, session: dict[str, Any]) -> None:
    place = world.questions[0].pk
    first = _save(alice, session, exam_question_id=place, selected_answer_id=world.wrong()).data
    second = _save(alice, session, exam_question_id=place, selected_answer_id=world.key()).data
    assert second["id"] == first["id"]
    assert StudentAnswer.objects.get(pk=first["id"]).selected_answer_id == world.key()
    logged = ExamLog.objects.order_by("id").values_list("actions", flat=True)
    assert list(logged) == ["exam_started", "answer_submitted", "answer_updated"]


def test_null_clears_an_answer(world: World, alice: Api, session: dict[str, Any]) -> None:
    place = world.questions[0].pk
    _save(alice, session, exam_question_id=place, selected_answer_id=world.key())
    data = _save(alice, session, exam_question_id=place, selected_answer_id=None).data
    assert (data["selected_answer"], data["answer_text"], data["answered_at"]) == (None, None, None)


@pytest.mark.django_db
def test_a_question_with_several_correct_options_takes_several(world: World) -> None:
    options = (("2", True), ("3", True), ("4", False))
    alice, session, place = _sit(world, QuestionType.MULTIPLE_CHOICE, options=options)
    right = list(
        QuestionAnswer.objects.filter(question_id=place.question_id, is_correct=True).values_list("id", flat=True)
    )
    assert session["answers"][0]["exam_question"]["question"]["allow_multiple"] is True
    assert session["answers"][0]["selected_answers"] == []
    data = _save(alice, session, exam_question_id=place.pk, selected_answer_ids=right).data
    assert data["selected_answer"] is None
    assert sorted(option["id"] for option in data["selected_answers"]) == sorted(right)
    assert (data["score"], data["is_correct"]) == ("80.00", True)


@pytest.mark.django_db
def test_a_true_false_question_is_answered_like_a_choice(world: World) -> None:
    alice, session, place = _sit(world, QuestionType.TRUE_FALSE, options=(("True", False), ("False", True)))
    right = QuestionAnswer.objects.get(question_id=place.question_id, is_correct=True).pk
    assert _save(alice, session, exam_question_id=place.pk, selected_answer_id=right).data["is_correct"] is True


@pytest.mark.django_db
def test_a_blank_is_answered_with_text(world: World) -> None:
    alice, session, place = _sit(world, QuestionType.FILL_BLANK, options=(("Fünf", True),))
    data = _save(alice, session, exam_question_id=place.pk, answer_text="  FÜNF ").data
    assert (data["answer_text"], data["is_correct"], data["selected_answer"]) == ("  FÜNF ", True, None)


@pytest.mark.django_db
def test_an_essay_is_saved_and_waits_for_a_person(world: World) -> None:
    alice, session, place = _sit(world, QuestionType.ESSAY, options=())
    data = _save(alice, session, exam_question_id=place.pk, answer_text="Primes are 🧱").data
    assert (data["answer_text"], data["score"], data["is_correct"]) == ("Primes are 🧱", "0.00", False)


def test_an_option_of_another_question_is_refused(world: World, alice: Api, session: dict[str, Any]) -> None:
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key(1))
    sentence = "Selected answer does not belong to this question"
    assert answer.refused(400, sentence)
    assert answer.errors == {"selected_answer_id": [sentence]}


def test_an_unknown_option_is_refused_alike(world: World, alice: Api, session: dict[str, Any]) -> None:
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=2**62)
    assert answer.refused(400, "Selected answer does not belong to this question")


def test_a_question_of_another_exam_is_refused(world: World, alice: Api, session: dict[str, Any]) -> None:
    foreign = ExamQuestion.objects.get(exam=make_exam(world.group, make_question(world.teacher)))
    answer = _save(alice, session, exam_question_id=foreign.pk, selected_answer_id=world.key())
    assert answer.refused(400, "Question not found in this exam")
    assert answer.errors == {"exam_question_id": ["Question not found in this exam"]}


@pytest.mark.parametrize(
    ("response", "field"),
    [
        ({}, "selected_answer_id"),
        ({"answer_text": "23"}, "selected_answer_id"),
        ({"selected_answer_id": None, "answer_text": "23"}, "answer_text"),
    ],
)
def test_a_choice_without_an_option_is_refused(
    world: World, alice: Api, session: dict[str, Any], response: dict[str, object], field: str
) -> None:
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, **response)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == {field}


def test_two_options_for_a_single_choice_are_refused(world: World, alice: Api, session: dict[str, Any]) -> None:
    both = [world.key(), world.wrong()]
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_ids=both)
    assert answer.errors == {"selected_answer_ids": ["This question takes one answer only"]}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"exam_question_id": "27"}, {"exam_question_id"}),
        ({"exam_question_id": None}, {"exam_question_id"}),
        ({"exam_question_id": 2**63}, {"exam_question_id"}),
        ({"selected_answer_id": "121"}, {"selected_answer_id"}),
        ({"selected_answer_id": [121]}, {"selected_answer_id"}),
        ({"selected_answer_id": -1}, {"selected_answer_id"}),
        ({"selected_answer_ids": 121}, {"selected_answer_ids"}),
        ({"selected_answer_ids": [True]}, {"selected_answer_ids"}),
        ({"selected_answer_ids": [1] * 1001}, {"selected_answer_ids"}),
        ({"answer_text": 5}, {"answer_text"}),
        ({"answer_text": "nul\x00"}, {"answer_text"}),
        ({"score": 100}, {"score"}),
        (
            {"answer_text": {}, "is_correct": True, "exam_question_id": 0},
            {"answer_text", "is_correct", "exam_question_id"},
        ),
    ],
)
def test_a_body_that_is_no_answer_is_refused_by_field(
    world: World, alice: Api, session: dict[str, Any], changes: dict[str, object], fields: set[str]
) -> None:
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key(), **changes}
    answer = _save(alice, session, **body)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == fields
    assert not StudentAnswer.objects.filter(answered_at__isnull=False).exists()


def test_a_lone_surrogate_is_no_json(alice: Api, session: dict[str, Any]) -> None:
    body = b'{"exam_question_id": 1, "answer_text": "\\ud800"}'
    answer = alice.post(f"/sessions/{session['id']}/answers/", body)
    assert answer.errors == {"non_field_errors": ["The body is not valid JSON."]}


def test_within_the_grace_it_is_still_taken(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + timedelta(minutes=45, seconds=5))
    saved = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key())
    assert saved.status == 201


def test_after_the_grace_it_is_refused(
    world: World, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    clock.move_to(NOW + timedelta(minutes=45, seconds=5, microseconds=1))
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key())
    assert answer.refused(400, "Session is not active")


def test_after_handing_in_it_is_refused(world: World, alice: Api, session: dict[str, Any]) -> None:
    alice.post(f"/sessions/{session['id']}/submit/")
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key())
    assert answer.refused(400, "Session is not active")


def test_somebody_elses_session_does_not_exist(
    world: World, bob: Api, charlie: Api, other_teacher: Api, session: dict[str, Any]
) -> None:
    for other in (bob, charlie, other_teacher):
        answer = _save(other, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key())
        assert answer.refused(404, "Session not found")


def test_staff_do_not_change_answers(world: World, teacher: Api, admin: Api, session: dict[str, Any]) -> None:
    for staff in (teacher, admin):
        answer = _save(staff, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key())
        assert answer.status == 403
    assert not StudentAnswer.objects.filter(answered_at__isnull=False).exists()


def test_without_credentials_nothing_is_saved(world: World, nobody: Api, session: dict[str, Any]) -> None:
    assert _save(nobody, session, exam_question_id=world.questions[0].pk).refused(401)


def test_an_unknown_session_does_not_exist(world: World, alice: Api) -> None:
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key()}
    assert alice.post("/sessions/999999/answers/", body).refused(404, "Session not found")


def test_the_form_is_checked_before_the_session(alice: Api) -> None:
    assert alice.post("/sessions/999999/answers/", {}).refused(400, "Invalid data")


def test_a_student_whose_account_was_switched_off_saves_nothing(
    world: World, alice: Api, session: dict[str, Any]
) -> None:
    world.alice.is_active = False
    world.alice.save(update_fields=["is_active"])
    answer = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=world.key())
    assert answer.refused(401, "User account is disabled")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [1, 40])
def test_a_save_takes_at_most_four_statements_whatever_the_paper(questions: int) -> None:
    world = make_world(questions=questions)
    alice = api_of(world.alice)
    session = alice.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    key = world.key()
    with assert_queries_at_most(4):
        saved = _save(alice, session, exam_question_id=world.questions[0].pk, selected_answer_id=key)
    assert saved.status == 201
