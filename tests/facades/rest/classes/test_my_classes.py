"""GET /classes/my-classes/."""

from tests.builders import World, make_class
from tests.facades.rest.api import Api


def test_a_student_sees_since_when_and_what_can_be_sat(alice: Api, world: World) -> None:
    make_class(world.other_teacher, name="Practice", open_enrolment=True)
    practice, algebra = alice.get("/classes/my-classes/").data["results"]
    assert (practice["className"], practice["joined_at"], practice["available_exams"]) == ("Practice", None, 0)
    assert (algebra["id"], algebra["className"], algebra["teacher"]["id"]) == (
        world.group.pk,
        "Algebra 2B",
        world.teacher.pk,
    )
    assert (algebra["joined_at"], algebra["exam_count"], algebra["available_exams"]) == (
        "2026-01-31T09:30:15.123456Z",
        1,
        1,
    )


def test_a_teacher_sees_the_classes_they_teach(teacher: Api, other_teacher: Api) -> None:
    (mine,) = teacher.get("/classes/my-classes/").data["results"]
    assert mine["joined_at"] == "2026-01-29T09:30:15.123456Z"
    assert other_teacher.get("/classes/my-classes/").data["count"] == 0


def test_the_list_comes_in_pages(alice: Api) -> None:
    page = alice.get("/classes/my-classes/", page_size=1).data
    assert (page["page"], page["total_pages"], page["next"], page["previous"]) == (1, 1, None, None)
    assert alice.get("/classes/my-classes/", page=2).refused(404, "Invalid page")
    assert list(alice.get("/classes/my-classes/", page="two").errors) == ["page"]


def test_nobody_has_classes(nobody: Api) -> None:
    assert nobody.get("/classes/my-classes/").status == 401
