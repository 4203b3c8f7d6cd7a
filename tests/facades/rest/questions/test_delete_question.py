"""DELETE /questions/{id}/."""

from examhall.engine.sessions import start_session
from examhall.store.models import Question
from tests.builders import NOW, World, actor, make_question
from tests.facades.rest.api import Api


def test_an_unused_question_is_destroyed(teacher: Api, world: World) -> None:
    question = make_question(world.teacher)
    answer = teacher.delete(f"/questions/{question.pk}/")
    assert answer.body == {"success": True, "message": "Question deleted successfully"}
    assert not Question.objects.filter(pk=question.pk).exists()
    assert teacher.delete(f"/questions/{question.pk}/").refused(404, "Question not found")


def test_a_question_that_was_sat_leaves_the_bank_and_stays_where_it_was_sat(
    teacher: Api, alice: Api, world: World
) -> None:
    question_id = world.questions[0].question_id
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    before = alice.get(f"/sessions/{session.id}/").data["answers"]
    assert teacher.delete(f"/questions/{question_id}/").status == 200
    assert teacher.get(f"/questions/{question_id}/").refused(404, "Question not found")
    assert question_id not in [row["id"] for row in teacher.get("/questions/").data["results"]]
    assert alice.get(f"/sessions/{session.id}/").data["answers"] == before
    assert teacher.delete(f"/questions/{question_id}/").refused(404, "Question not found")


def test_another_teachers_question_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.delete(f"/questions/{world.questions[0].question_id}/")
    assert answer.refused(403, "You can only delete your own questions")


def test_students_delete_nothing(alice: Api, world: World) -> None:
    answer = alice.delete(f"/questions/{world.questions[0].question_id}/")
    assert answer.refused(403, "Only teachers can delete questions")


def test_nobody_deletes_a_question(nobody: Api, world: World) -> None:
    assert nobody.delete(f"/questions/{world.questions[0].question_id}/").status == 401
