"""GET /questions/my-questions/."""

import pytest

from examhall.domain.words import Difficulty, QuestionType
from tests.builders import World, make_question
from tests.facades.rest.api import Api


def test_a_teacher_sees_the_own_questions_only(teacher: Api, other_teacher: Api, world: World) -> None:
    essay = make_question(
        world.teacher,
        "Explain.",
        kind=QuestionType.ESSAY,
        difficulty=Difficulty.HARD,
        options=(),
        image_url="/media/a.svg",
    )
    data = teacher.get("/questions/my-questions/").data
    assert data["count"] == 4
    assert data["results"][0] == {
        "id": essay.pk,
        "question_text": "Explain.",
        "type": "essay",
        "difficulty": "hard",
        "image_url": "/media/a.svg",
        "created_at": "2026-01-29T09:30:15.123456Z",
        "answers_count": 0,
        "usage_count": 0,
    }
    assert [(row["answers_count"], row["usage_count"]) for row in data["results"][1:]] == [(3, 1)] * 3
    assert other_teacher.get("/questions/my-questions/").data["results"] == []


def test_the_list_is_narrowed(teacher: Api, world: World) -> None:
    make_question(world.teacher, "Explain.", kind=QuestionType.ESSAY, difficulty=Difficulty.HARD, options=())
    counts = [
        teacher.get("/questions/my-questions/", **query).data["count"]
        for query in ({"type": "essay"}, {"difficulty": "medium"}, {"search": "EXPLAIN"}, {"search": "row 1"})
    ]
    assert counts == [1, 3, 1, 1]


@pytest.mark.parametrize(("name", "value"), [("type", "x"), ("difficulty", "x"), ("page", "x"), ("page_size", "0")])
def test_a_bad_filter_is_refused_by_field(teacher: Api, name: str, value: str) -> None:
    answer = teacher.get("/questions/my-questions/", **{name: value})
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [name]


def test_the_list_comes_in_pages(teacher: Api) -> None:
    assert teacher.get("/questions/my-questions/", page=3, page_size=1).data["total_pages"] == 3
    assert teacher.get("/questions/my-questions/", page=4, page_size=1).refused(404, "Invalid page")


def test_students_have_no_questions(alice: Api) -> None:
    assert alice.get("/questions/my-questions/").refused(403, "Only teachers can view all questions")


def test_nobody_has_questions(nobody: Api) -> None:
    assert nobody.get("/questions/my-questions/").status == 401
