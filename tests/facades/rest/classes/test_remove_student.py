"""DELETE /classes/{id}/students/{student_id}/."""

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor
from tests.facades.rest.api import Answer, Api


def remove(who: Api, world: World, student_id: int | None = None) -> Answer:
    return who.delete(f"/classes/{world.group.pk}/students/{student_id or world.bob.pk}/")


def test_a_teacher_takes_a_student_out_and_the_sessions_stay(teacher: Api, bob: Api, world: World) -> None:
    session = start_session(actor=actor(world.bob), exam_id=world.exam.pk, now=NOW)
    answer = remove(teacher, world)
    assert answer.body == {"success": True, "message": "Student removed from class successfully"}
    assert bob.get(f"/classes/{world.group.pk}/").refused(403, "You are not enrolled in this class")
    assert bob.get(f"/sessions/{session.id}/").status == 200
    assert teacher.get(f"/sessions/{session.id}/").status == 200


def test_a_student_is_taken_out_once(admin: Api, world: World) -> None:
    assert remove(admin, world).status == 200
    assert remove(admin, world).refused(404, "Student is not in this class")


def test_whoever_is_not_in_the_class_cannot_be_taken_out(teacher: Api, world: World) -> None:
    for student_id in (world.charlie.pk, world.teacher.pk, 2**62):
        assert remove(teacher, world, student_id).refused(404, "Student is not in this class")


def test_another_teachers_class_is_theirs(other_teacher: Api, world: World) -> None:
    assert remove(other_teacher, world).refused(403, "You can only remove students from your own classes")


def test_students_take_nobody_out_not_even_themselves(bob: Api, world: World) -> None:
    assert remove(bob, world).refused(403, "Only teachers can remove students from classes")


def test_a_missing_class_is_not_found(teacher: Api, world: World) -> None:
    answer = teacher.delete(f"/classes/4611686018427387904/students/{world.bob.pk}/")
    assert answer.refused(404, "Class not found")


def test_an_id_that_no_database_can_hold_is_not_found(teacher: Api, world: World) -> None:
    for bad in ("0", "-1", "x", "99999999999999999999"):
        assert teacher.delete(f"/classes/{world.group.pk}/students/{bad}/").status == 404


def test_nobody_takes_students_out(nobody: Api, world: World) -> None:
    assert remove(nobody, world).status == 401
