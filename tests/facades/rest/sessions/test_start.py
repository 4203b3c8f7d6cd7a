"""POST /sessions/start/"""

from datetime import timedelta

import pytest

from examhall.domain.words import Role
from examhall.store.models import ExamSession
from tests.builders import NOW, World, make_user, make_world
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most

START = "/sessions/start/"


def test_a_student_starts_an_exam(world: World, alice: Api) -> None:
    answer = alice.post(START, {"exam_id": world.exam.pk})
    session = ExamSession.objects.get()
    assert (answer.status, answer.message) == (201, "Exam session started successfully")
    assert answer.data["id"] == session.pk
    assert answer.data["code"] == session.code
    assert answer.data["start_time"] == "2026-03-10T09:30:15.123456Z"
    assert answer.data["time_remaining"] == 45 * 60
    assert answer.data["status"] == "in_progress"
    assert answer.data["total_score"] == "0.00"
    assert (answer.data["end_time"], answer.data["submitted_at"]) == (None, None)
    assert answer.data["student"]["id"] == world.alice.pk
    assert answer.data["exam"]["class_obj"]["teacher"]["fullName"] == "Teresa Teacher"


def test_the_paper_is_listed_as_answers_and_as_questions(world: World, alice: Api) -> None:
    data = alice.post(START, {"exam_id": world.exam.pk}).data
    places = [row.pk for row in world.questions]
    assert [answer["exam_question"]["id"] for answer in data["answers"]] == places
    assert [question["id"] for question in data["questions"]] == places
    assert data["answers"][0]["exam_question"] == data["questions"][0]["exam_question"]


def test_the_key_is_hidden_unless_the_exam_is_open(world: World, alice: Api) -> None:
    data = alice.post(START, {"exam_id": world.exam.pk}).data
    for answer in (*data["answers"], *data["questions"]):
        assert {option["is_correct"] for option in answer["exam_question"]["question"]["answers"]} == {None}
        assert (answer["is_correct"], answer["score"]) == (None, None)


@pytest.mark.django_db
def test_an_open_exam_shows_its_key_and_scores() -> None:
    world = make_world(reveal_policy="open")
    data = api_of(world.alice).post(START, {"exam_id": world.exam.pk}).data
    options = data["answers"][0]["exam_question"]["question"]["answers"]
    assert [option["id"] for option in options if option["is_correct"]] == [world.key(0)]
    assert (data["answers"][0]["score"], data["answers"][0]["is_correct"]) == ("0.00", False)
    assert (data["questions"][0]["score"], data["questions"][0]["is_correct"]) == (0.0, False)


def test_a_second_start_is_refused_while_the_first_session_runs(world: World, alice: Api) -> None:
    alice.post(START, {"exam_id": world.exam.pk})
    answer = alice.post(START, {"exam_id": world.exam.pk})
    assert answer.refused(400, "You already have an active session for this exam")
    assert ExamSession.objects.count() == 1


def test_no_attempt_follows_the_last_one(world: World, alice: Api) -> None:
    first = alice.post(START, {"exam_id": world.exam.pk}).data["id"]
    alice.post(f"/sessions/{first}/submit/")
    answer = alice.post(START, {"exam_id": world.exam.pk})
    assert answer.refused(400, "You have used all 1 attempts of this exam")


def test_a_stranger_to_the_class_is_refused(world: World, charlie: Api) -> None:
    assert charlie.post(START, {"exam_id": world.exam.pk}).refused(403, "You are not enrolled in this class")


def test_staff_do_not_sit_exams(world: World, teacher: Api, admin: Api) -> None:
    for staff in (teacher, admin):
        assert staff.post(START, {"exam_id": world.exam.pk}).refused(403, "Only students can take exams")


def test_without_credentials_nothing_starts(world: World, nobody: Api) -> None:
    assert nobody.post(START, {"exam_id": world.exam.pk}).refused(401)
    assert not ExamSession.objects.exists()


@pytest.mark.django_db
def test_before_the_window_it_is_refused() -> None:
    world = make_world(start_time=NOW + timedelta(seconds=1))
    answer = api_of(world.alice).post(START, {"exam_id": world.exam.pk})
    assert answer.refused(400, "Exam has not started yet")
    assert answer.errors == {}


@pytest.mark.django_db
def test_at_the_end_of_the_window_it_is_refused() -> None:
    world = make_world(end_time=NOW)
    answer = api_of(world.alice).post(START, {"exam_id": world.exam.pk})
    assert answer.refused(400, "Exam has already ended")


def test_an_unknown_exam_does_not_exist(world: World, alice: Api) -> None:
    assert alice.post(START, {"exam_id": world.exam.pk + 1000}).refused(404, "Exam not found")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"exam_id"}),
        ({"exam_id": "1"}, {"exam_id"}),
        ({"exam_id": None}, {"exam_id"}),
        ({"exam_id": 1.5}, {"exam_id"}),
        ({"exam_id": True}, {"exam_id"}),
        ({"exam_id": 0}, {"exam_id"}),
        ({"exam_id": -3}, {"exam_id"}),
        ({"exam_id": [1]}, {"exam_id"}),
        (b'{"exam_id": 9223372036854775808}', {"exam_id"}),
        (b'{"exam_id": 1e400}', {"exam_id"}),
        ({"exam_id": 1, "student_id": 4}, {"student_id"}),
        ({"exam": 1}, {"exam_id", "exam"}),
        ([], {"non_field_errors"}),
        (b"", {"non_field_errors"}),
        (b"{", {"non_field_errors"}),
        (b'{"exam_id": NaN}', {"non_field_errors"}),
        (b'{"exam_id": 1}}', {"non_field_errors"}),
        (b"\xff\xfe", {"non_field_errors"}),
    ],
)
def test_a_body_that_is_not_a_start_is_refused_by_field(alice: Api, body: object, fields: set[str]) -> None:
    answer = alice.post(START, body)
    assert answer.refused(400, "Invalid data")
    assert set(answer.errors) == fields


def test_a_student_whose_account_was_switched_off_is_nobody(world: World, alice: Api) -> None:
    world.alice.is_active = False
    world.alice.save(update_fields=["is_active"])
    assert alice.post(START, {"exam_id": world.exam.pk}).refused(401, "User account is disabled")


def test_a_student_who_became_a_teacher_no_longer_sits_exams(world: World, alice: Api) -> None:
    world.alice.role = Role.TEACHER.value
    world.alice.save(update_fields=["role"])
    assert alice.post(START, {"exam_id": world.exam.pk}).refused(403)


@pytest.mark.django_db
@pytest.mark.parametrize("questions", [1, 40])
def test_a_start_takes_at_most_ten_statements_whatever_the_paper(questions: int) -> None:
    world = make_world(questions=questions)
    alice, bob = api_of(world.alice), api_of(world.bob)
    # The first start of all freezes the paper besides, once for everybody.
    with assert_queries_at_most(10):
        assert alice.post(START, {"exam_id": world.exam.pk}).status == 201
    with assert_queries_at_most(6):
        assert bob.post(START, {"exam_id": world.exam.pk}).status == 201


@pytest.mark.django_db
def test_a_user_without_last_login_is_shown_with_null(world: World) -> None:
    dora = make_user("Dora New")
    dora.last_login = None
    dora.save(update_fields=["last_login"])
    world.group.enrolments.create(student=dora, joined_at=NOW)
    data = api_of(dora).post(START, {"exam_id": world.exam.pk}).data
    assert data["student"]["last_login"] is None
