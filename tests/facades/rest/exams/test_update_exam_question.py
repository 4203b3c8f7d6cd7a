"""PUT /exams/{id}/questions/{eq}/."""

from typing import Any

import pytest

from examhall.store.models import ExamQuestion
from tests.builders import World, make_exam, make_question
from tests.facades.rest.api import Api


def path(world: World, exam_question_id: int | None = None) -> str:
    return f"/exams/{world.exam.pk}/questions/{exam_question_id or world.questions[0].pk}/"


def test_a_teacher_changes_a_place_in_the_own_exam(teacher: Api, world: World) -> None:
    answer = teacher.put(path(world), {"order": 25, "code": "X", "points": 3})
    assert (answer.status, answer.message) == (200, "Exam question updated successfully")
    data = answer.data
    assert (data["id"], data["order"], data["code"], data["points"]) == (world.questions[0].pk, 25, "X", "3.00")
    listed = teacher.get(f"/exams/{world.exam.pk}/").data["exam_questions"]
    assert [item["code"] for item in listed] == ["P2", "X", "P3"]


def test_what_is_not_given_stays_and_twice_is_fine(admin: Api, world: World) -> None:
    for _ in range(2):
        data = admin.put(path(world), {"code": "X"}).data
        assert (data["order"], data["code"], data["points"]) == (10, "X", None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"order": -1}, "order"),
        ({"order": None}, "order"),
        ({"code": " "}, "code"),
        ({"code": None}, "code"),
        ({"points": "80.01"}, "points"),
        ({"points": "free"}, "points"),
        ({"question_id": 1}, "question_id"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, body: dict[str, Any], field: str) -> None:
    answer = teacher.put(path(world), body)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    place = ExamQuestion.objects.get(pk=world.questions[0].pk)
    assert (place.order, place.code, place.points) == (10, "P1", None)


def test_a_place_of_another_exam_is_not_found(teacher: Api, world: World) -> None:
    other = make_exam(world.group, make_question(world.teacher), title="Other")
    foreign = ExamQuestion.objects.get(exam=other)
    for exam_question_id in (foreign.pk, 2**62):
        answer = teacher.put(path(world, exam_question_id), {"order": 1})
        assert answer.refused(404, "Question not found in this exam")
    where = f"/exams/4611686018427387904/questions/{world.questions[0].pk}/"
    assert teacher.put(where, {"order": 1}).refused(404, "Exam not found")


def test_another_teachers_exam_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.put(path(world), {"order": 1})
    assert answer.refused(403, "You can only update questions of your own exams")


def test_students_change_nothing(alice: Api, world: World) -> None:
    assert alice.put(path(world), {"order": 1}).refused(403, "Only teachers can update questions of exams")


def test_nobody_changes_a_place(nobody: Api, world: World) -> None:
    assert nobody.put(path(world), {"order": 1}).status == 401
