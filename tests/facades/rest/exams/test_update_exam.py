"""PUT /exams/{id}/."""

from typing import Any

import pytest

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor, make_class
from tests.facades.rest.api import Api
from tests.facades.rest.exams.exam_bodies import exam_body
from tests.facades.rest.exams.test_create_exam import BAD


def path(world: World) -> str:
    return f"/exams/{world.exam.pk}/"


def test_a_change_is_partial(teacher: Api, world: World) -> None:
    before = teacher.get(path(world)).data
    answer = teacher.put(path(world), {"title": "Primes", "draw_count": 2})
    assert (answer.status, answer.message) == (200, "Exam updated successfully")
    assert answer.data == {**before, "title": "Primes", "draw_count": 2}
    assert teacher.put(path(world), {"draw_count": None}).data == {**before, "title": "Primes"}


def test_everything_can_be_changed_at_once_and_twice(admin: Api, world: World) -> None:
    group = make_class(world.teacher, name="Algebra 2C")
    body = exam_body(world, class_obj=group.pk, questions=exam_body(world)["questions"][:2], reveal_policy="open")
    for _ in range(2):
        data = admin.put(path(world), body).data
        assert (data["class_obj"]["id"], data["title"], data["reveal_policy"]) == (group.pk, "Fractions", "open")
        assert [item["code"] for item in data["exam_questions"]] == ["F1", "F2"]
        assert [item["id"] for item in data["exam_questions"]] == [row.pk for row in world.questions[:2]]


def test_a_running_session_sits_what_it_started(teacher: Api, alice: Api, world: World) -> None:
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    before = alice.get(f"/sessions/{session.id}/").data["answers"]
    teacher.put(path(world), {"questions": [], "minutes": 1, "total_score": 3})
    assert alice.get(f"/sessions/{session.id}/").data["answers"] == before
    assert alice.get("/sessions/active/").data["time_remaining"] == 45 * 60


@pytest.mark.parametrize(
    ("changes", "field"),
    [(changes, field) for changes, field in BAD if ... not in changes.values()]
    + [
        ({"title": None}, "title"),
        ({"start_time": "2026-03-10T12:30:15.123456Z"}, "end_time"),
        ({"created_by": 1}, "created_by"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, changes: dict[str, Any], field: str) -> None:
    before = teacher.get(path(world)).data
    answer = teacher.put(path(world), changes)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert teacher.get(path(world)).data == before


def test_an_exam_that_was_sat_stays_in_its_class(teacher: Api, world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    group = make_class(world.teacher, name="Algebra 2C")
    assert list(teacher.put(path(world), {"class_obj": group.pk}).errors) == ["class_obj"]


def test_another_teachers_exam_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.put(path(world), {"title": "Mine"})
    assert answer.refused(403, "You can only update your own exams")


def test_students_change_nothing(alice: Api, world: World) -> None:
    assert alice.put(path(world), {"title": "Mine"}).refused(403, "Only teachers can update exams")


def test_a_missing_exam_is_not_found(teacher: Api) -> None:
    assert teacher.put("/exams/4611686018427387904/", {"title": "X"}).refused(404, "Exam not found")


def test_nobody_changes_an_exam(nobody: Api, world: World) -> None:
    assert nobody.put(path(world), {"title": "X"}).status == 401
