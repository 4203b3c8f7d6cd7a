"""GET /sessions/class/{id}/"""

from typing import Any

import pytest

from examhall.domain.words import Role
from tests.builders import World, make_class, make_exam, make_question, make_user
from tests.facades.rest.api import Api, api_of
from tests.queries import assert_queries_at_most


def _path(world: World) -> str:
    return f"/sessions/class/{world.group.pk}/"


def test_the_teacher_sees_every_session_of_the_class(
    world: World, teacher: Api, alice: Api, bob: Api, session: dict[str, Any]
) -> None:
    second = bob.post("/sessions/start/", {"exam_id": world.exam.pk}).data
    alice.post(f"/sessions/{session['id']}/submit/")
    data = teacher.get(_path(world)).data
    assert [(row["id"], row["status"]) for row in data["results"]] == [
        (second["id"], "in_progress"),
        (session["id"], "completed"),
    ]
    assert data["results"][1]["student"]["fullName"] == "Alice Owner"
    assert data["results"][1]["percentage"] == "0.00"


def test_an_admin_sees_every_class(world: World, admin: Api, session: dict[str, Any]) -> None:
    assert [row["id"] for row in admin.get(_path(world)).data["results"]] == [session["id"]]


def test_sessions_of_other_classes_are_not_listed(world: World, teacher: Api, session: dict[str, Any]) -> None:
    other = make_class(world.teacher, world.alice, name="Another")
    assert session["id"]
    assert teacher.get(f"/sessions/class/{other.pk}/").data["results"] == []


def test_they_are_filtered_by_state_and_exam(world: World, teacher: Api, alice: Api, session: dict[str, Any]) -> None:
    other = make_exam(world.group, make_question(world.teacher))
    running = alice.post("/sessions/start/", {"exam_id": other.pk}).data["id"]
    alice.post(f"/sessions/{session['id']}/submit/")

    def found(**query: object) -> list[int]:
        return [row["id"] for row in teacher.get(_path(world), **query).data["results"]]

    assert found(status="completed") == [session["id"]]
    assert found(exam_id=other.pk) == [running]
    assert found(exam_id=other.pk, status="completed") == []


def test_students_do_not_monitor(world: World, alice: Api, charlie: Api) -> None:
    for student in (alice, charlie):
        answer = student.get(_path(world))
        assert answer.refused(403, "Only teachers can view the sessions of a class or an exam")


def test_a_class_of_another_teacher_does_not_exist(world: World, other_teacher: Api) -> None:
    assert other_teacher.get(_path(world)).refused(404, "Class not found")


def test_an_unknown_class_does_not_exist(teacher: Api, admin: Api) -> None:
    for staff in (teacher, admin):
        assert staff.get("/sessions/class/999999/").refused(404, "Class not found")


def test_without_credentials_nothing_is_listed(world: World, nobody: Api) -> None:
    assert nobody.get(_path(world)).refused(401)


@pytest.mark.parametrize("query", [{"page": "x"}, {"page_size": "0"}, {"status": "open"}, {"exam_id": "-1"}])
def test_a_parameter_that_makes_no_sense_is_refused(world: World, teacher: Api, query: dict[str, str]) -> None:
    answer = teacher.get(_path(world), **query)
    assert answer.refused(400)
    assert set(answer.errors) == set(query)


def test_a_teacher_who_became_a_student_no_longer_monitors(world: World, teacher: Api) -> None:
    world.teacher.role = Role.STUDENT.value
    world.teacher.save(update_fields=["role"])
    assert teacher.get(_path(world)).refused(403)


@pytest.mark.parametrize("students", [1, 15])
def test_it_takes_at_most_six_statements_whatever_the_rows(world: World, teacher: Api, students: int) -> None:
    pupils = [make_user(f"Pupil {number}") for number in range(students)]
    group = make_class(world.teacher, *pupils)
    exam = make_exam(group, make_question(world.teacher))
    for pupil in pupils:
        assert api_of(pupil).post("/sessions/start/", {"exam_id": exam.pk}).status == 201
    with assert_queries_at_most(6):
        assert teacher.get(f"/sessions/class/{group.pk}/").data["count"] == students
