"""POST /get_exam_questions/"""

from datetime import timedelta

import pytest
import time_machine

from examhall.store.models import Exam, ExamQuestion, ExamSession, User
from tests.builders import NOW, make_world
from tests.certification import Certification, make_certification, sit
from tests.facades.examenes.browser import Browser, browser_of
from tests.queries import assert_queries_at_most

START = "/get_exam_questions/"


@pytest.mark.parametrize(("kind", "count"), [("prueba", 3), ("final", 4)])
def test_an_exam_begins_with_its_questions(world: Certification, alice: Browser, kind: str, count: int) -> None:
    answer = alice.post(START, {"tipo_examen": kind})
    session = ExamSession.objects.get()
    assert (answer.status, list(answer.body)) == (200, ["examen", "preguntas"])
    assert answer.body["examen"] == session.pk
    assert len(answer.body["preguntas"]) == count
    assert set(answer.body["preguntas"]) <= {question.pk for question in world.bank}
    assert (session.start_time, session.student_id) == (NOW, world.alice.pk)


def test_while_it_runs_the_same_one_is_returned(alice: Browser) -> None:
    first = alice.post(START, {"tipo_examen": "prueba"})
    assert alice.post(START, {"tipo_examen": "prueba"}).body == first.body
    assert ExamSession.objects.count() == 1


def test_both_kinds_may_run_side_by_side(alice: Browser) -> None:
    ids = {alice.post(START, {"tipo_examen": kind}).body["examen"] for kind in ("prueba", "final")}
    assert len(ids) == 2


@pytest.mark.parametrize(("kind", "limit"), [("prueba", 20), ("final", 3)])
def test_after_the_last_attempt_it_is_refused(world: Certification, alice: Browser, kind: str, limit: int) -> None:
    for _ in range(limit):
        assert alice.post(START, {"tipo_examen": kind}).status == 200
        ExamSession.objects.filter(status="in_progress").update(status="abandoned", active_key=None)
    assert alice.post(START, {"tipo_examen": kind}).refused(400, f"You have used all {limit} attempts of this exam.")
    assert ExamSession.objects.count() == limit


def test_too_small_a_bank_is_told_and_uses_no_attempt_up(world: Certification, alice: Browser) -> None:
    ExamQuestion.objects.filter(exam=world.practice, question__in=world.bank[:4]).update(removed_at=NOW)
    refused = "There are not enough questions for this exam: 3 are needed, 2 are available."
    assert alice.post(START, {"tipo_examen": "prueba"}).refused(400, refused)
    assert alice.get("/available_exams/").body["avaible_exams_prueba"] == 20


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "tipo_examen: This field is required."),
        ({"tipo_examen": "parcial"}, "tipo_examen: Expected one of: prueba, final."),
        ({"tipo_examen": "Prueba"}, "tipo_examen: Expected one of: prueba, final."),
        ({"tipo_examen": ""}, "tipo_examen: Expected one of: prueba, final."),
        ({"tipo_examen": None}, "tipo_examen: Expected a string."),
        ({"tipo_examen": 1}, "tipo_examen: Expected a string."),
        ({"tipo_examen": "prueba", "examen": 1}, "examen: Unknown field."),
        ([], "Expected an object."),
        (b"", "The body is not valid JSON."),
        (b'{"tipo_examen": "prueba"', "The body is not valid JSON."),
    ],
)
def test_a_body_that_names_no_kind_is_refused(alice: Browser, body: object, error: str) -> None:
    assert alice.post(START, body).refused(400, error)
    assert not ExamSession.objects.exists()


@pytest.mark.django_db
def test_a_kind_that_nobody_offers_is_refused() -> None:
    world = make_world()
    browser = browser_of(world.alice)
    assert browser.post(START, {"tipo_examen": "final"}).refused(400, "This exam is not available.")


@pytest.mark.parametrize(
    ("window", "error"),
    [
        ({"start_time": NOW + timedelta(hours=1)}, "This exam has not started yet."),
        ({"end_time": NOW}, "This exam has already ended."),
    ],
)
def test_outside_its_window_it_is_refused(
    world: Certification, alice: Browser, window: dict[str, object], error: str
) -> None:
    Exam.objects.filter(pk=world.practice.pk).update(**window)
    assert alice.post(START, {"tipo_examen": "prueba"}).refused(400, error)


def test_a_class_that_is_not_open_takes_its_members_only(world: Certification, alice: Browser) -> None:
    world.group.open_enrolment = False
    world.group.save(update_fields=["open_enrolment"])
    refused = "You are not enrolled in the class of this exam."
    assert alice.post(START, {"tipo_examen": "prueba"}).refused(403, refused)


def test_staff_do_not_sit_exams(teacher: Browser, admin: Browser) -> None:
    for staff in (teacher, admin):
        assert staff.post(START, {"tipo_examen": "prueba"}).refused(403, "Only students can take exams.")


def test_an_exam_that_ran_out_unseen_gives_way_to_the_next_attempt(
    world: Certification, alice: Browser, clock: time_machine.Traveller
) -> None:
    first = alice.post(START, {"tipo_examen": "prueba"}).body["examen"]
    clock.move_to(NOW + timedelta(hours=2))
    assert alice.post(START, {"tipo_examen": "prueba"}).body["examen"] != first


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.post(START, {"tipo_examen": "prueba"}).refused(401, "Authentication required.")


def test_a_deactivated_candidate_is_nobody(world: Certification, alice: Browser) -> None:
    token = alice.token()
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert alice.send("POST", START, {"tipo_examen": "prueba"}, token=token).status == 401
    assert not ExamSession.objects.exists()


def test_only_post(alice: Browser) -> None:
    assert alice.get(START).refused(405, "Method not allowed.")


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [2, 12])
def test_a_start_takes_at_most_twelve_statements_whatever_the_paper(questions: int) -> None:
    world = make_certification(bank=12, draws=(questions, 4))
    sit(world.bob, right=0)
    alice = browser_of(world.alice)
    token = alice.token()
    with assert_queries_at_most(12):
        assert alice.send("POST", START, {"tipo_examen": "prueba"}, token=token).status == 200
