"""DELETE /exams/{id}/favorite/remove/."""

from tests.builders import World
from tests.facades.rest.api import Api


def test_a_student_takes_a_bookmark_away_once(alice: Api, world: World) -> None:
    alice.post(f"/exams/{world.exam.pk}/favorite/")
    answer = alice.delete(f"/exams/{world.exam.pk}/favorite/remove/")
    assert answer.body == {"success": True, "message": "Exam removed from favorites successfully"}
    again = alice.delete(f"/exams/{world.exam.pk}/favorite/remove/")
    assert again.refused(404, "Exam is not in your favorites")


def test_the_bookmarks_of_others_stay(alice: Api, bob: Api, charlie: Api, world: World) -> None:
    alice.post(f"/exams/{world.exam.pk}/favorite/")
    for who in (bob, charlie):
        assert who.delete(f"/exams/{world.exam.pk}/favorite/remove/").refused(404, "Exam is not in your favorites")
    assert alice.get("/exams/favorites/").data["count"] == 1


def test_a_missing_exam_is_no_favorite(alice: Api) -> None:
    answer = alice.delete("/exams/4611686018427387904/favorite/remove/")
    assert answer.refused(404, "Exam is not in your favorites")


def test_staff_are_refused(teacher: Api, world: World) -> None:
    answer = teacher.delete(f"/exams/{world.exam.pk}/favorite/remove/")
    assert answer.refused(403, "Only students can have favorite exams")


def test_nobody_takes_bookmarks_away(nobody: Api, world: World) -> None:
    assert nobody.delete(f"/exams/{world.exam.pk}/favorite/remove/").status == 401
