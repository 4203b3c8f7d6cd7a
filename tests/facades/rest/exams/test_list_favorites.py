"""GET /exams/favorites/."""

import time_machine

from tests.builders import World, make_exam
from tests.facades.rest.api import Api


def test_a_student_sees_the_own_bookmarks_newest_first(
    alice: Api, bob: Api, world: World, clock: time_machine.Traveller
) -> None:
    other = make_exam(world.group, title="Second")
    first = alice.post(f"/exams/{world.exam.pk}/favorite/").data
    clock.shift(60)
    second = alice.post(f"/exams/{other.pk}/favorite/").data
    data = alice.get("/exams/favorites/").data
    assert data["results"] == [second, first]
    assert (data["count"], data["page"], data["total_pages"]) == (2, 1, 1)
    assert bob.get("/exams/favorites/").data["results"] == []


def test_the_list_comes_in_pages(alice: Api, world: World) -> None:
    alice.post(f"/exams/{world.exam.pk}/favorite/")
    assert alice.get("/exams/favorites/", page=2).refused(404, "Invalid page")
    assert list(alice.get("/exams/favorites/", page="x").errors) == ["page"]


def test_staff_are_refused(teacher: Api, admin: Api) -> None:
    for who in (teacher, admin):
        assert who.get("/exams/favorites/").refused(403, "Only students can have favorite exams")


def test_nobody_has_favorites(nobody: Api) -> None:
    assert nobody.get("/exams/favorites/").status == 401
