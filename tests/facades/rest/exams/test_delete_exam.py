"""DELETE /exams/{id}/."""

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor
from tests.facades.rest.api import Api


def test_an_exam_that_nobody_sat_is_deleted_once(teacher: Api, world: World) -> None:
    answer = teacher.delete(f"/exams/{world.exam.pk}/")
    assert answer.body == {"success": True, "message": "Exam deleted successfully"}
    assert teacher.delete(f"/exams/{world.exam.pk}/").refused(404, "Exam not found")


def test_an_exam_that_was_sat_stays(teacher: Api, admin: Api, world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    for who in (teacher, admin):
        assert who.delete(f"/exams/{world.exam.pk}/").refused(400, "Exam has exam sessions")
    assert teacher.get(f"/exams/{world.exam.pk}/").status == 200


def test_another_teachers_exam_is_theirs(other_teacher: Api, world: World) -> None:
    assert other_teacher.delete(f"/exams/{world.exam.pk}/").refused(403, "You can only delete your own exams")


def test_students_delete_nothing(alice: Api, world: World) -> None:
    assert alice.delete(f"/exams/{world.exam.pk}/").refused(403, "Only teachers can delete exams")


def test_nobody_deletes_an_exam(nobody: Api, world: World) -> None:
    assert nobody.delete(f"/exams/{world.exam.pk}/").status == 401
