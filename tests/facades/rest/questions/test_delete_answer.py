"""DELETE /questions/{id}/answers/{aid}/delete/."""

from tests.builders import World
from tests.facades.rest.api import Api


def path(world: World, option_id: int | None = None) -> str:
    return f"/questions/{world.questions[0].question_id}/answers/{option_id or world.wrong(0)}/delete/"


def test_a_teacher_deletes_an_answer_of_the_own_question_once(teacher: Api, world: World) -> None:
    where = path(world)
    assert teacher.delete(where).body == {"success": True, "message": "Answer deleted successfully"}
    left = teacher.get(f"/questions/{world.questions[0].question_id}/").data["answers"]
    assert [option["text"] for option in left] == ["23", "25"]
    assert teacher.delete(where).refused(404, "Answer not found")


def test_an_answer_that_the_question_needs_stays(admin: Api, world: World) -> None:
    answer = admin.delete(path(world, world.key(0)))
    assert answer.refused(400, "Invalid data")
    assert answer.errors == {"answers": ["At least one answer must be correct."]}
    assert admin.delete(path(world)).status == 200
    answer = admin.delete(path(world))
    assert answer.errors == {"answers": ["A multiple choice question needs at least two answers."]}


def test_an_answer_of_another_question_is_not_found(teacher: Api, world: World) -> None:
    for option_id in (world.wrong(1), 2**62):
        assert teacher.delete(path(world, option_id)).refused(404, "Answer not found")


def test_another_teachers_question_is_theirs(other_teacher: Api, world: World) -> None:
    assert other_teacher.delete(path(world)).refused(403, "You can only delete answers of your own questions")


def test_students_delete_no_answers(alice: Api, world: World) -> None:
    assert alice.delete(path(world)).refused(403, "Only teachers can delete answers of questions")


def test_nobody_deletes_answers(nobody: Api, world: World) -> None:
    assert nobody.delete(path(world)).status == 401
