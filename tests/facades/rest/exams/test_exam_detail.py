"""GET /exams/{id}/."""

from examhall.engine.answers import save_answer
from examhall.engine.sessions import start_session, submit_session
from tests.builders import NOW, World, actor, choose
from tests.facades.rest.api import Api


def sit(world: World) -> int:
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    save_answer(
        actor=actor(world.alice),
        session_id=session.id,
        exam_question_id=world.questions[0].pk,
        response=choose(world.key(0)),
        now=NOW,
    )
    submit_session(actor=actor(world.alice), session_id=session.id, now=NOW)
    return session.id


def test_its_teacher_and_an_admin_see_keys_points_and_all_sessions(teacher: Api, admin: Api, world: World) -> None:
    sit(world)
    start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    for who in (teacher, admin):
        data = who.get(f"/exams/{world.exam.pk}/").data
        first = data["exam_questions"][0]
        assert [option["is_correct"] for option in first["question"]["answers"]] == [False, True, False]
        assert (first["id"], first["order"], first["code"], first["points"]) == (
            world.questions[0].pk,
            10,
            "P1",
            None,
        )
        assert [row["status"] for row in data["sessions"]] == ["in_progress", "completed"]
        assert data["sessions"][1]["total_score"] == "26.67"


def test_before_the_start_a_student_sees_the_exam_and_none_of_its_questions(alice: Api, world: World) -> None:
    data = alice.get(f"/exams/{world.exam.pk}/").data
    assert (data["id"], data["title"], data["max_attempts"]) == (world.exam.pk, "Primes and factors", 1)
    assert (data["exam_questions"], data["sessions"]) == ([], [])


def test_after_it_a_student_sees_the_own_questions_and_sessions_without_a_key(
    alice: Api, bob: Api, world: World
) -> None:
    session_id = sit(world)
    data = alice.get(f"/exams/{world.exam.pk}/").data
    assert len(data["exam_questions"]) == 3
    assert all(
        option["is_correct"] is None for item in data["exam_questions"] for option in item["question"]["answers"]
    )
    assert not any("points" in item for item in data["exam_questions"])
    assert [row["id"] for row in data["sessions"]] == [session_id]
    assert bob.get(f"/exams/{world.exam.pk}/").data["sessions"] == []


def test_an_exam_of_another_class_does_not_exist(charlie: Api, other_teacher: Api, world: World) -> None:
    for who in (charlie, other_teacher):
        assert who.get(f"/exams/{world.exam.pk}/").refused(404, "Exam not found")


def test_a_missing_exam_is_not_found(alice: Api, teacher: Api) -> None:
    for who in (alice, teacher):
        assert who.get("/exams/4611686018427387904/").refused(404, "Exam not found")
        assert who.get("/exams/99999999999999999999/").status == 404


def test_nobody_sees_an_exam(nobody: Api, world: World) -> None:
    assert nobody.get(f"/exams/{world.exam.pk}/").status == 401
