"""GET /sessions/exam/{id}/"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.builders import World, make_class, make_exam, make_question, make_user
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most


def _path(world: World) -> str:
    return f"/sessions/exam/{world.exam.pk}/"


def _answer(api: Api, world: World, number: int) -> None:
    body = {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key()}
    assert api.post(f"/sessions/{number}/answers/", body).status == 201


def test_the_teacher_sees_the_sessions_and_how_they_stand(
    world: World, teacher: Api, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    running = api_of(world.bob).post("/sessions/start/", {"exam_id": world.exam.pk}).data
    _answer(alice, world, session["id"])
    clock.shift(timedelta(minutes=3))
    alice.post(f"/sessions/{session['id']}/submit/")
    data = teacher.get(_path(world)).data
    assert data["exam"] == {"id": world.exam.pk, "title": "Primes and factors", "total_score": 80, "minutes": 45}
    assert [row["id"] for row in data["sessions"]["results"]] == [running["id"], session["id"]]
    assert (data["sessions"]["count"], data["sessions"]["page"], data["sessions"]["total_pages"]) == (2, 1, 1)
    assert data["statistics"] == {
        "total_sessions": 2,
        "completed": 1,
        "in_progress": 1,
        "abandoned": 0,
        "timeout": 0,
        "average_score": 26.67,
        "completion_rate": 50.0,
    }


def test_the_statistics_are_of_now(
    world: World, teacher: Api, alice: Api, session: dict[str, Any], clock: time_machine.Traveller
) -> None:
    api_of(world.bob).post("/sessions/start/", {"exam_id": world.exam.pk})
    _answer(alice, world, session["id"])
    clock.shift(timedelta(hours=1))
    statistics = teacher.get(_path(world)).data["statistics"]
    assert (statistics["in_progress"], statistics["timeout"], statistics["abandoned"]) == (0, 1, 1)


def test_an_exam_that_nobody_sat_has_zeros(world: World, teacher: Api) -> None:
    statistics = teacher.get(_path(world)).data["statistics"]
    assert set(statistics.values()) == {0}
    assert isinstance(statistics["average_score"], float)


def test_the_filter_narrows_the_list_and_not_the_statistics(
    world: World, teacher: Api, session: dict[str, Any]
) -> None:
    assert session["id"]
    data = teacher.get(_path(world), status="completed").data
    assert (data["sessions"]["results"], data["statistics"]["total_sessions"]) == ([], 1)


def test_an_admin_sees_every_exam(world: World, admin: Api, session: dict[str, Any]) -> None:
    assert [row["id"] for row in admin.get(_path(world)).data["sessions"]["results"]] == [session["id"]]


def test_students_do_not_monitor(world: World, alice: Api, charlie: Api) -> None:
    for student in (alice, charlie):
        assert student.get(_path(world)).refused(403, "Only teachers can view the sessions of a class or an exam")


def test_an_exam_of_another_teacher_does_not_exist(world: World, other_teacher: Api) -> None:
    assert other_teacher.get(_path(world)).refused(404, "Exam not found")


def test_an_unknown_exam_does_not_exist(teacher: Api, admin: Api) -> None:
    for staff in (teacher, admin):
        assert staff.get("/sessions/exam/999999/").refused(404, "Exam not found")


def test_without_credentials_nothing_is_listed(world: World, nobody: Api) -> None:
    assert nobody.get(_path(world)).refused(401)


@pytest.mark.parametrize("query", [{"page": "x"}, {"page_size": "0"}, {"status": "open"}])
def test_a_parameter_that_makes_no_sense_is_refused(world: World, teacher: Api, query: dict[str, str]) -> None:
    answer = teacher.get(_path(world), **query)
    assert answer.refused(400)
    assert set(answer.errors) == set(query)


def test_a_page_beyond_the_last_does_not_exist(world: World, teacher: Api) -> None:
    assert teacher.get(_path(world), page=2).refused(404, "Invalid page")


@pytest.mark.parametrize("students", [1, 15])
def test_it_takes_at_most_six_statements_whatever_the_rows(world: World, teacher: Api, students: int) -> None:
    pupils = [make_user(f"Pupil {number}") for number in range(students)]
    group = make_class(world.teacher, *pupils)
    exam = make_exam(group, make_question(world.teacher))
    for pupil in pupils:
        number = api_of(pupil).post("/sessions/start/", {"exam_id": exam.pk}).data["id"]
        assert api_of(pupil).post(f"/sessions/{number}/submit/").status == 200
    with assert_queries_at_most(6):
        assert teacher.get(f"/sessions/exam/{exam.pk}/").data["sessions"]["count"] == students
