"""POST /exams/."""

from typing import Any

import pytest

from examhall.store.models import Exam, ExamQuestion
from tests.builders import World
from tests.facades.rest.api import Api
from tests.facades.rest.exams.exam_bodies import exam_body


def test_a_teacher_makes_an_exam_of_the_own_class(teacher: Api, world: World) -> None:
    answer = teacher.post("/exams/", exam_body(world))
    assert (answer.status, answer.message) == (201, "Exam created successfully")
    data = answer.data
    assert (data["title"], data["description"], data["total_score"], data["minutes"]) == (
        "Fractions",
        "Chapter 5",
        30,
        25,
    )
    assert (data["start_time"], data["end_time"]) == ("2026-03-09T08:00:00Z", "2026-03-12T08:00:00Z")
    assert data["created_at"] == "2026-03-10T09:30:15.123456Z"
    assert (data["class_obj"]["id"], data["created_by"]["id"]) == (world.group.pk, world.teacher.pk)
    assert [(item["order"], item["code"], item["points"]) for item in data["exam_questions"]] == [
        (1, "F1", None),
        (2, "F2", None),
        (3, "F3", None),
    ]
    assert (data["sessions"], data["favorites_count"], data["is_favorited"]) == ([], 0, False)
    assert data == teacher.get(f"/exams/{data['id']}/").data


def test_the_extra_fields_have_defaults(teacher: Api, world: World) -> None:
    data = teacher.post("/exams/", exam_body(world, description=..., questions=...)).data
    assert {
        name: data[name]
        for name in (
            "description",
            "exam_questions",
            "reveal_policy",
            "max_attempts",
            "draw_count",
            "question_seconds",
            "shuffle",
            "partial_credit",
            "weighting",
            "pass_mark",
        )
    } == {
        "description": "",
        "exam_questions": [],
        "reveal_policy": "after_submit",
        "max_attempts": 1,
        "draw_count": None,
        "question_seconds": None,
        "shuffle": False,
        "partial_credit": False,
        "weighting": "difficulty",
        "pass_mark": None,
    }


def test_the_extra_fields_are_kept(admin: Api, world: World) -> None:
    extra = {
        "reveal_policy": "on_answer",
        "max_attempts": 3,
        "draw_count": 2,
        "question_seconds": 65,
        "shuffle": True,
        "partial_credit": True,
        "weighting": "equal",
        "pass_mark": 70,
    }
    questions = [{"question_id": world.questions[0].question_id, "points": 12.5}, *exam_body(world)["questions"][1:]]
    data = admin.post("/exams/", exam_body(world, questions=questions, **extra)).data
    assert {name: data[name] for name in extra} == extra
    assert sorted(item["points"] or "" for item in data["exam_questions"]) == ["", "", "12.50"]


def test_times_of_other_zones_come_back_in_utc(teacher: Api, world: World) -> None:
    body = exam_body(world, start_time="2026-03-09T09:00:00+01:00", end_time="2026-03-12T02:00:00.5-06:00")
    data = teacher.post("/exams/", body).data
    assert (data["start_time"], data["end_time"]) == ("2026-03-09T08:00:00Z", "2026-03-12T08:00:00.500000Z")


def test_the_same_exam_twice_is_two_exams(teacher: Api, world: World) -> None:
    assert len({teacher.post("/exams/", exam_body(world)).data["id"] for _ in range(2)}) == 2


BAD: list[tuple[dict[str, Any], str]] = [
    ({"class_obj": ...}, "class_obj"),
    ({"class_obj": "1"}, "class_obj"),
    ({"class_obj": 0}, "class_obj"),
    ({"title": ...}, "title"),
    ({"title": " "}, "title"),
    ({"title": "T" * 256}, "title"),
    ({"description": None}, "description"),
    ({"description": "a\x00"}, "description"),
    ({"total_score": ...}, "total_score"),
    ({"total_score": 0}, "total_score"),
    ({"total_score": 1_000_000}, "total_score"),
    ({"minutes": ...}, "minutes"),
    ({"minutes": 0}, "minutes"),
    ({"minutes": 10_081}, "minutes"),
    ({"minutes": 1.5}, "minutes"),
    ({"start_time": ...}, "start_time"),
    ({"start_time": "2026-03-09T08:00:00"}, "start_time"),
    ({"start_time": "tomorrow"}, "start_time"),
    ({"start_time": "1969-12-31T23:59:59Z"}, "start_time"),
    ({"start_time": "0001-01-01T00:00:00+14:00"}, "start_time"),
    ({"end_time": "9999-12-31T23:59:59Z"}, "end_time"),
    ({"end_time": "2026-03-09T08:00:00Z"}, "end_time"),
    ({"end_time": "2026-03-08T08:00:00Z"}, "end_time"),
    ({"max_attempts": 0}, "max_attempts"),
    ({"draw_count": 0}, "draw_count"),
    ({"draw_count": 4}, "draw_count"),
    ({"question_seconds": 0}, "question_seconds"),
    ({"reveal_policy": "always"}, "reveal_policy"),
    ({"weighting": "random"}, "weighting"),
    ({"shuffle": 1}, "shuffle"),
    ({"pass_mark": 101}, "pass_mark"),
    ({"questions": None}, "questions"),
    ({"questions": [{}]}, "questions"),
    ({"questions": [{"question_id": "1"}]}, "questions"),
    ({"slug": "prueba"}, "slug"),
]


@pytest.mark.parametrize(("changes", "field"), BAD)
def test_a_bad_body_is_refused_by_field(teacher: Api, world: World, changes: dict[str, Any], field: str) -> None:
    answer = teacher.post("/exams/", exam_body(world, **changes))
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [field]
    assert Exam.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"points": -1},
        {"points": "31"},
        {"points": "0.001"},
        {"points": "NaN"},
        {"points": "1e999999999"},
        {"order": -1},
        {"order": 2_000_000_000},
        {"code": " "},
        {"code": "C" * 51},
        {"id": 7},
    ],
)
def test_a_bad_question_of_a_body_is_refused_as_questions(teacher: Api, world: World, values: dict[str, Any]) -> None:
    question = {"question_id": world.questions[0].question_id, **values}
    answer = teacher.post("/exams/", exam_body(world, questions=[question]))
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == ["questions"]
    assert ExamQuestion.objects.count() == 3


def test_the_same_question_twice_is_refused(teacher: Api, world: World) -> None:
    question = {"question_id": world.questions[0].question_id}
    answer = teacher.post("/exams/", exam_body(world, questions=[question, question]))
    assert answer.errors == {"questions": ["The same question is listed twice."]}


def test_a_question_that_does_not_exist_is_refused(teacher: Api, world: World) -> None:
    answer = teacher.post("/exams/", exam_body(world, questions=[{"question_id": 2**62}]))
    assert answer.refused(400, "Question does not exist")
    assert answer.errors == {"questions": ["Question does not exist"]}


def test_a_class_that_does_not_exist_is_refused(teacher: Api, world: World) -> None:
    answer = teacher.post("/exams/", exam_body(world, class_obj=2**62))
    assert answer.refused(400, "Class does not exist")
    assert list(answer.errors) == ["class_obj"]


def test_another_teachers_class_is_theirs(other_teacher: Api, world: World) -> None:
    answer = other_teacher.post("/exams/", exam_body(world))
    assert answer.refused(403, "You can only create exams for your own classes")


def test_students_make_no_exams(alice: Api, world: World) -> None:
    assert alice.post("/exams/", exam_body(world)).refused(403, "Only teachers can create exams")


def test_nobody_makes_exams(nobody: Api, world: World) -> None:
    assert nobody.post("/exams/", exam_body(world)).status == 401
