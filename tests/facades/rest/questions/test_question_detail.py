"""GET /questions/{id}/."""

from tests.builders import World
from tests.facades.rest.api import Api


def test_a_teacher_sees_a_question_and_where_it_is_used(teacher: Api, world: World) -> None:
    place = world.questions[1]
    data = teacher.get(f"/questions/{place.question_id}/").data
    assert (data["id"], data["question_text"]) == (place.question_id, "Which one of row 2 is prime?")
    assert [option["is_correct"] for option in data["answers"]] == [False, True, False]
    assert data["used_in_exams"] == [{"id": world.exam.pk, "title": "Primes and factors", "order": 20, "code": "P2"}]


def test_another_teacher_sees_the_question_but_not_the_exams(other_teacher: Api, world: World) -> None:
    data = other_teacher.get(f"/questions/{world.questions[1].question_id}/").data
    assert (data["used_in_exams"], data["usage_count"]) == ([], 1)


def test_an_admin_sees_everything(admin: Api, world: World) -> None:
    assert len(admin.get(f"/questions/{world.questions[1].question_id}/").data["used_in_exams"]) == 1


def test_a_missing_question_is_not_found(teacher: Api) -> None:
    assert teacher.get("/questions/4611686018427387904/").refused(404, "Question not found")
    assert teacher.get("/questions/0/").status == 404


def test_students_see_no_question_whether_it_exists_or_not(alice: Api, world: World) -> None:
    for question_id in (world.questions[0].question_id, 2**62):
        assert alice.get(f"/questions/{question_id}/").refused(403, "Only teachers can view all questions")


def test_nobody_sees_a_question(nobody: Api, world: World) -> None:
    assert nobody.get(f"/questions/{world.questions[0].question_id}/").status == 401
