"""GET /classes/."""

import pytest

from tests.builders import World, make_class
from tests.facades.rest.api import Api


@pytest.fixture(autouse=True)
def _other_classes(world: World) -> None:
    make_class(world.other_teacher, world.charlie, name="Química 1A")
    make_class(world.teacher, name="Geometry")


def names(answer_data: dict[str, list[dict[str, str]]]) -> list[str]:
    return [row["className"] for row in answer_data["results"]]


def test_a_student_sees_the_classes_they_joined(alice: Api, world: World) -> None:
    answer = alice.get("/classes/")
    assert answer.status == 200
    (row,) = answer.data["results"]
    assert (row["id"], row["className"], row["teacher"]["id"]) == (world.group.pk, "Algebra 2B", world.teacher.pk)
    assert (row["student_count"], row["exam_count"], row["created_at"]) == (2, 1, "2026-01-29T09:30:15.123456Z")
    assert list(answer.body) == ["success", "data"]


def test_a_teacher_sees_the_own_classes_and_an_admin_all(teacher: Api, other_teacher: Api, admin: Api) -> None:
    assert names(teacher.get("/classes/").data) == ["Geometry", "Algebra 2B"]
    assert names(other_teacher.get("/classes/").data) == ["Química 1A"]
    assert names(admin.get("/classes/").data) == ["Geometry", "Química 1A", "Algebra 2B"]


@pytest.mark.parametrize("text", ["QUÍMICA", "química", "mica 1"])
def test_the_list_is_searched_without_regard_to_case(admin: Api, text: str) -> None:
    assert names(admin.get("/classes/", search=text).data) == ["Química 1A"]


def test_a_search_does_not_widen_what_somebody_sees(alice: Api) -> None:
    assert alice.get("/classes/", search="Química").data["results"] == []


def test_the_list_comes_in_pages(admin: Api) -> None:
    first = admin.get("/classes/", page_size=2, search="a").data
    assert (first["count"], first["page"], first["total_pages"], len(first["results"])) == (2, 1, 1, 2)
    page = admin.get("/classes/", page=2, page_size=1).data
    assert (page["count"], page["page"], page["total_pages"]) == (3, 2, 3)
    assert page["next"] == "http://testserver/classes/?page=3&page_size=1"
    assert page["previous"] == "http://testserver/classes/?page=1&page_size=1"
    assert admin.get("/classes/", page=4, page_size=1).refused(404, "Invalid page")


@pytest.mark.parametrize("name", ["page", "page_size"])
@pytest.mark.parametrize("value", ["0", "-1", "x", "1.5"])
def test_a_page_that_is_no_number_is_refused_by_field(admin: Api, name: str, value: str) -> None:
    answer = admin.get("/classes/", **{name: value})
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [name]


def test_a_search_with_a_null_character_is_refused(admin: Api) -> None:
    assert list(admin.get("/classes/", search="a\x00b").errors) == ["search"]


def test_nobody_sees_classes(nobody: Api) -> None:
    assert nobody.get("/classes/").status == 401
