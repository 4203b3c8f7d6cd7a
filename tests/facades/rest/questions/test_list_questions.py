"""GET /questions/."""

import pytest

from examhall.domain.words import Difficulty, QuestionType
from examhall.store.models import Question
from tests.builders import World, make_question
from tests.facades.rest.api import Api


@pytest.fixture(autouse=True)
def _more_questions(world: World) -> None:
    make_question(
        world.other_teacher,
        "¿Cuál es la CÁTEDRA?",
        kind=QuestionType.ESSAY,
        difficulty=Difficulty.HARD,
        options=(),
        image_url="/media/axes.svg",
    )


def texts(who: Api, **query: object) -> list[str]:
    return [row["question_text"] for row in who.get("/questions/", **query).data["results"]]


ROWS = ["Which one of row 3 is prime?", "Which one of row 2 is prime?", "Which one of row 1 is prime?"]


def test_teachers_and_admins_see_the_questions_of_all_teachers_newest_first(teacher: Api, admin: Api) -> None:
    for who in (teacher, admin):
        assert texts(who) == ["¿Cuál es la CÁTEDRA?", *ROWS]


def test_a_question_comes_with_its_key(teacher: Api, world: World) -> None:
    row = teacher.get("/questions/", teacher_id=world.teacher.pk).data["results"][0]
    assert (row["type"], row["difficulty"], row["image_url"], row["usage_count"]) == (
        "multiple_choice",
        "medium",
        None,
        1,
    )
    assert [(option["text"], option["is_correct"]) for option in row["answers"]] == [
        ("21", False),
        ("23", True),
        ("25", False),
    ]
    assert [option["id"] for option in row["answers"]] == sorted(option["id"] for option in row["answers"])
    assert row["teacher"]["id"] == world.teacher.pk


def test_the_list_is_narrowed(teacher: Api, world: World) -> None:
    assert texts(teacher, type="essay") == ["¿Cuál es la CÁTEDRA?"]
    assert texts(teacher, difficulty="medium") == ROWS
    assert texts(teacher, search="cátedra") == ["¿Cuál es la CÁTEDRA?"]
    assert texts(teacher, search="ROW 2") == ROWS[1:2]
    assert texts(teacher, teacher_id=world.other_teacher.pk) == ["¿Cuál es la CÁTEDRA?"]
    assert texts(teacher, type="essay", difficulty="easy") == []


def test_archived_questions_are_not_listed(teacher: Api, world: World) -> None:
    Question.objects.filter(pk=world.questions[1].question_id).update(archived_at=world.exam.created_at)
    assert texts(teacher, teacher_id=world.teacher.pk) == [ROWS[0], ROWS[2]]


def test_the_list_comes_in_pages(teacher: Api) -> None:
    page = teacher.get("/questions/", page=2, page_size=3).data
    assert (page["count"], page["page"], page["total_pages"], page["next"]) == (4, 2, 2, None)
    assert page["results"][0]["question_text"] == ROWS[2]
    assert teacher.get("/questions/", page=3, page_size=3).refused(404, "Invalid page")


@pytest.mark.parametrize(
    ("name", "value"),
    [("type", "oral"), ("difficulty", "HARD"), ("teacher_id", "x"), ("teacher_id", "0"), ("search", "a" * 201)],
)
def test_a_bad_filter_is_refused_by_field(teacher: Api, name: str, value: str) -> None:
    answer = teacher.get("/questions/", **{name: value})
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [name]


def test_students_see_no_questions(alice: Api) -> None:
    assert alice.get("/questions/").refused(403, "Only teachers can view all questions")


def test_nobody_sees_questions(nobody: Api) -> None:
    assert nobody.get("/questions/").status == 401
