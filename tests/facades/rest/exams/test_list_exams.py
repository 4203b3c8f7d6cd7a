"""GET /exams/."""

from datetime import timedelta

import pytest

from examhall.engine.sessions import start_session
from tests.builders import NOW, World, actor, make_class, make_exam
from tests.facades.rest.api import Api


@pytest.fixture(autouse=True)
def _more_exams(world: World) -> None:
    history = make_class(world.other_teacher, world.charlie, name="History 1A")
    make_exam(
        history,
        title="Época romana",
        description="Roads",
        start_time=NOW + timedelta(days=1),
        end_time=NOW + timedelta(days=2),
    )
    make_exam(world.group, title="Old", start_time=NOW - timedelta(days=9), end_time=NOW - timedelta(days=8))


def titles(who: Api, **query: object) -> list[str]:
    return [row["title"] for row in who.get("/exams/", **query).data["results"]]


def test_a_teacher_sees_the_exams_of_the_own_classes_and_an_admin_all(
    teacher: Api, other_teacher: Api, admin: Api
) -> None:
    assert titles(teacher) == ["Primes and factors", "Old"]
    assert titles(other_teacher) == ["Época romana"]
    assert titles(admin) == ["Época romana", "Primes and factors", "Old"]


def test_a_row_tells_what_there_is_and_how_it_stands(teacher: Api, world: World) -> None:
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    row = teacher.get("/exams/").data["results"][0]
    assert (row["id"], row["total_score"], row["minutes"], row["status"]) == (world.exam.pk, 80, 45, "ongoing")
    assert (row["start_time"], row["end_time"]) == ("2026-03-10T08:30:15.123456Z", "2026-03-10T12:30:15.123456Z")
    assert (row["question_count"], row["student_count"], row["session_count"]) == (3, 2, 1)
    assert (row["class_obj"]["student_count"], row["class_obj"]["exam_count"]) == (2, 2)
    assert row["created_by"]["id"] == world.teacher.pk


def test_the_list_is_narrowed(admin: Api, world: World) -> None:
    assert titles(admin, class_obj=world.group.pk) == ["Primes and factors", "Old"]
    assert titles(admin, class_obj=2**62) == []
    assert titles(admin, search="ÉPOCA") == ["Época romana"]
    assert titles(admin, search="ROADS") == ["Época romana"]
    assert titles(admin, status="upcoming") == ["Época romana"]
    assert titles(admin, status="ongoing") == ["Primes and factors"]
    assert titles(admin, status="completed") == ["Old"]


def test_a_filter_does_not_widen_what_a_teacher_sees(other_teacher: Api, world: World) -> None:
    assert titles(other_teacher, class_obj=world.group.pk) == []


@pytest.mark.parametrize(("name", "value"), [("class_obj", "x"), ("status", "open"), ("page", "0"), ("search", "\x00")])
def test_a_bad_filter_is_refused_by_field(teacher: Api, name: str, value: str) -> None:
    answer = teacher.get("/exams/", **{name: value})
    assert answer.refused(400, "Invalid data")
    assert list(answer.errors) == [name]


def test_the_list_comes_in_pages(admin: Api) -> None:
    page = admin.get("/exams/", page=2, page_size=1).data
    assert (page["count"], page["total_pages"], page["results"][0]["title"]) == (3, 3, "Primes and factors")
    assert admin.get("/exams/", page=4, page_size=1).refused(404, "Invalid page")


def test_students_are_refused(alice: Api) -> None:
    assert alice.get("/exams/").refused(403, "Only teachers can view all exams")


def test_nobody_sees_exams(nobody: Api) -> None:
    assert nobody.get("/exams/").status == 401
