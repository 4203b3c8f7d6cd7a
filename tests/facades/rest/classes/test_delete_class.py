"""DELETE /classes/{id}/."""

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor
from tests.facades.rest.api import Api


def test_a_class_that_nobody_sat_an_exam_of_is_deleted(teacher: Api, world: World) -> None:
    answer = teacher.delete(f"/classes/{world.group.pk}/")
    assert answer.body == {"success": True, "message": "Class deleted successfully"}
    assert teacher.get("/classes/").data["results"] == []
    assert teacher.get("/exams/").data["results"] == []


def test_a_deleted_class_is_not_found(teacher: Api, world: World) -> None:
    teacher.delete(f"/classes/{world.group.pk}/")
    assert teacher.delete(f"/classes/{world.group.pk}/").refused(404, "Class not found")


def test_a_class_whose_exams_were_sat_stays(teacher: Api, admin: Api, world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    for who in (teacher, admin):
        answer = who.delete(f"/classes/{world.group.pk}/")
        assert answer.refused(400, "Class has exam sessions")
        assert answer.errors == {}
    assert teacher.get(f"/classes/{world.group.pk}/").status == 200


def test_another_teachers_class_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.delete(f"/classes/{world.group.pk}/")
    assert answer.refused(403, "You can only delete your own classes")


def test_students_delete_nothing(alice: Api, world: World) -> None:
    assert alice.delete(f"/classes/{world.group.pk}/").refused(403, "Only teachers can delete classes")


def test_nobody_deletes_a_class(nobody: Api, world: World) -> None:
    assert nobody.delete(f"/classes/{world.group.pk}/").status == 401
