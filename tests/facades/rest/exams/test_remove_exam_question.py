"""DELETE /exams/{id}/questions/{eq}/delete/."""

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor
from tests.facades.rest.api import Api


def path(world: World, exam_question_id: int | None = None) -> str:
    return f"/exams/{world.exam.pk}/questions/{exam_question_id or world.questions[0].pk}/delete/"


def codes(teacher: Api, world: World) -> list[str]:
    return [item["code"] for item in teacher.get(f"/exams/{world.exam.pk}/").data["exam_questions"]]


def test_a_teacher_takes_a_question_out_of_the_own_exam_once(teacher: Api, world: World) -> None:
    answer = teacher.delete(path(world))
    assert answer.body == {"success": True, "message": "Question removed from exam successfully"}
    assert codes(teacher, world) == ["P2", "P3"]
    assert teacher.delete(path(world)).refused(404, "Question not found in this exam")


def test_a_session_keeps_what_it_was_started_with(admin: Api, alice: Api, world: World) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    before = alice.get(f"/sessions/{session.id}/").data["answers"]
    assert admin.delete(path(world)).status == 200
    assert alice.get(f"/sessions/{session.id}/").data["answers"] == before
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key(0)}
    assert alice.post(f"/sessions/{session.id}/answers/", body).status == 201


def test_a_question_can_come_back(teacher: Api, world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    teacher.delete(path(world))
    body = {"question_id": world.questions[0].question_id, "order": 5, "code": "B"}
    assert teacher.post(f"/exams/{world.exam.pk}/questions/", body).data["id"] == world.questions[0].pk
    assert codes(teacher, world) == ["B", "P2", "P3"]


def test_a_missing_place_is_not_found(teacher: Api, world: World) -> None:
    assert teacher.delete(path(world, 2**62)).refused(404, "Question not found in this exam")
    where = f"/exams/4611686018427387904/questions/{world.questions[0].pk}/delete/"
    assert teacher.delete(where).refused(404, "Exam not found")


def test_another_teachers_exam_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.delete(path(world))
    assert answer.refused(403, "You can only remove questions from your own exams")


def test_students_take_nothing_out(alice: Api, world: World) -> None:
    assert alice.delete(path(world)).refused(403, "Only teachers can remove questions from exams")


def test_nobody_takes_questions_out(nobody: Api, world: World) -> None:
    assert nobody.delete(path(world)).status == 401
