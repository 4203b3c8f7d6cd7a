"""GET /classes/{id}/."""

from examhall.domain.words import Role
from examhall.store.models import Enrolment, User
from tests.builders import World
from tests.facades.rest.api import Api


def test_a_member_sees_the_class_with_its_students_and_exams(alice: Api, world: World) -> None:
    data = alice.get(f"/classes/{world.group.pk}/").data
    assert (data["id"], data["className"], data["teacher"]["email"]) == (
        world.group.pk,
        "Algebra 2B",
        world.teacher.email,
    )
    assert [(row["student"]["id"], row["joined_at"]) for row in data["students"]] == [
        (world.alice.pk, "2026-01-31T09:30:15.123456Z"),
        (world.bob.pk, "2026-01-31T09:30:15.123456Z"),
    ]
    assert data["students"][0]["id"] == Enrolment.objects.get(student=world.alice).pk
    (exam,) = data["exams"]
    assert (exam["id"], exam["question_count"], exam["status"]) == (world.exam.pk, 3, "ongoing")


def test_its_teacher_and_an_admin_see_it(teacher: Api, admin: Api, world: World) -> None:
    assert teacher.get(f"/classes/{world.group.pk}/").data == admin.get(f"/classes/{world.group.pk}/").data


def test_a_student_of_another_class_is_refused(charlie: Api, world: World) -> None:
    assert charlie.get(f"/classes/{world.group.pk}/").refused(403, "You are not enrolled in this class")


def test_another_teachers_class_does_not_exist(other_teacher: Api, world: World) -> None:
    assert other_teacher.get(f"/classes/{world.group.pk}/").refused(404, "Class not found")


def test_a_change_of_role_counts_at_once(other_teacher: Api, world: World) -> None:
    User.objects.filter(pk=world.other_teacher.pk).update(role=Role.ADMIN.value)
    assert other_teacher.get(f"/classes/{world.group.pk}/").status == 200
    User.objects.filter(pk=world.other_teacher.pk).update(is_active=False)
    assert other_teacher.get(f"/classes/{world.group.pk}/").status == 401


def test_a_missing_class_is_not_found(alice: Api, admin: Api) -> None:
    for path in ("/classes/4611686018427387904/", "/classes/0/", "/classes/99999999999999999999/", "/classes/x/"):
        assert alice.get(path).status == 404
        assert admin.get(path).status == 404


def test_nobody_sees_a_class(nobody: Api, world: World) -> None:
    assert nobody.get(f"/classes/{world.group.pk}/").status == 401


def test_a_class_is_not_posted_to(teacher: Api, world: World) -> None:
    assert teacher.post(f"/classes/{world.group.pk}/", {"className": "X"}).refused(405, "Method not allowed")
