"""POST /exams/{id}/favorite/."""

from examhall.store.models import FavoriteExam
from tests.builders import World
from tests.facades.rest.api import Api


def test_a_student_bookmarks_an_exam(alice: Api, world: World) -> None:
    answer = alice.post(f"/exams/{world.exam.pk}/favorite/")
    assert (answer.status, answer.message) == (201, "Exam added to favorites successfully")
    data = answer.data
    assert (data["user"]["id"], data["exam"]["id"], data["created_at"]) == (
        world.alice.pk,
        world.exam.pk,
        "2026-03-10T09:30:15.123456Z",
    )
    assert (data["exam"]["question_count"], data["exam"]["status"]) == (3, "ongoing")
    detail = alice.get(f"/exams/{world.exam.pk}/").data
    assert (detail["is_favorited"], detail["favorites_count"]) == (True, 1)


def test_an_exam_is_bookmarked_once(alice: Api, bob: Api, world: World) -> None:
    alice.post(f"/exams/{world.exam.pk}/favorite/", {})
    answer = alice.post(f"/exams/{world.exam.pk}/favorite/", {})
    assert answer.refused(400, "Exam is already in your favorites")
    assert bob.post(f"/exams/{world.exam.pk}/favorite/").status == 201
    assert FavoriteExam.objects.count() == 2


def test_an_exam_of_another_class_does_not_exist(charlie: Api, world: World) -> None:
    assert charlie.post(f"/exams/{world.exam.pk}/favorite/").refused(404, "Exam not found")
    assert charlie.post("/exams/4611686018427387904/favorite/").refused(404, "Exam not found")


def test_staff_are_refused(teacher: Api, admin: Api, world: World) -> None:
    for who in (teacher, admin):
        assert who.post(f"/exams/{world.exam.pk}/favorite/").refused(403, "Only students can have favorite exams")


def test_nobody_bookmarks(nobody: Api, world: World) -> None:
    assert nobody.post(f"/exams/{world.exam.pk}/favorite/").status == 401
