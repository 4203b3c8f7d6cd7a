"""PUT /questions/{id}/answers/{aid}/update/."""

from typing import Any

import pytest

from tests.builders import World
from tests.facades.rest.api import Api


def path(world: World, option_id: int | None = None) -> str:
    return f"/questions/{world.questions[0].question_id}/answers/{option_id or world.wrong(0)}/update/"


def test_a_teacher_changes_an_answer_of_the_own_question(teacher: Api, world: World) -> None:
    answer = teacher.put(path(world), {"text": "31", "is_correct": True})
    assert (answer.status, answer.message) == (200, "Answer updated successfully")
    data = answer.data
    assert (data["text"], data["is_correct"], data["question"]["id"]) == (
        "31",
        True,
        world.questions[0].question_id,
    )
    assert (data["created_at"], data["updated_at"]) == (
        "2026-01-29T09:30:15.123456Z",
        "2026-03-10T09:30:15.123456Z",
    )


def test_the_same_change_twice_is_fine_and_what_is_not_given_stays(admin: Api, world: World) -> None:
    where = path(world)
    for _ in range(2):
        data = admin.put(where, {"text": "31"}).data
        assert (data["text"], data["is_correct"]) == ("31", False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "answers"),
        ({"text": "25"}, "answers"),
        ({"text": None}, "text"),
        ({"is_correct": "yes"}, "is_correct"),
        ({"tolerance": 1}, "answers"),
        ({"question": 1}, "question"),
    ],
)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, body: dict[str, Any], field: str) -> None:
    answer = teacher.put(path(world), body)
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]


def test_the_only_right_answer_stays_right(teacher: Api, world: World) -> None:
    answer = teacher.put(path(world, world.key(0)), {"is_correct": False})
    assert answer.errors == {"answers": ["At least one answer must be correct."]}


def test_an_answer_of_another_question_is_not_found(teacher: Api, world: World) -> None:
    for option_id in (world.wrong(1), 2**62):
        assert teacher.put(path(world, option_id), {"text": "x"}).refused(404, "Answer not found")
    where = f"/questions/4611686018427387904/answers/{world.wrong(0)}/update/"
    assert teacher.put(where, {"text": "x"}).refused(404, "Question not found")


def test_another_teachers_question_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.put(path(world), {"text": "x"})
    assert answer.refused(403, "You can only update answers of your own questions")


def test_students_change_no_answers(alice: Api, world: World) -> None:
    assert alice.put(path(world), {"text": "x"}).refused(403, "Only teachers can update answers of questions")


def test_nobody_changes_answers(nobody: Api, world: World) -> None:
    assert nobody.put(path(world), {"text": "x"}).status == 401
