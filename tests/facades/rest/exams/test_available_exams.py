"""GET /exams/available/."""

from datetime import timedelta

import pytest
import time_machine

from examhall.facades.rest.wire_exams import time_left
from tests.builders import NOW, World, make_class, make_exam
from tests.facades.rest.api import Api


def test_a_student_sees_what_can_be_sat(alice: Api, world: World) -> None:
    (row,) = alice.get("/exams/available/").data["results"]
    assert (row["id"], row["status"], row["can_start"], row["time_remaining"]) == (
        world.exam.pk,
        "ongoing",
        True,
        "3 hours",
    )
    assert (row["question_count"], row["is_favorited"], row["has_session"]) == (3, False, False)
    assert not {"student_count", "session_count"} & set(row)


def test_what_can_be_started_says_the_same_as_a_start(alice: Api, world: World) -> None:
    assert alice.post("/sessions/start/", {"exam_id": world.exam.pk}).status == 201
    (row,) = alice.get("/exams/available/").data["results"]
    assert (row["can_start"], row["has_session"]) == (False, True)
    assert alice.post("/sessions/start/", {"exam_id": world.exam.pk}).status == 400


def test_the_time_is_told_until_the_start_and_not_after_the_end(
    alice: Api, world: World, clock: time_machine.Traveller
) -> None:
    clock.move_to(world.exam.start_time - timedelta(days=2, hours=5, minutes=59))
    (row,) = alice.get("/exams/available/").data["results"]
    assert (row["status"], row["can_start"], row["time_remaining"]) == ("upcoming", False, "2 days, 5 hours")
    clock.move_to(world.exam.end_time)
    (row,) = alice.get("/exams/available/").data["results"]
    assert (row["status"], row["can_start"], row["time_remaining"]) == ("completed", False, None)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=2, hours=5, minutes=59), "2 days, 5 hours"),
        (timedelta(days=1, hours=1), "1 day, 1 hour"),
        (timedelta(days=3, minutes=4), "3 days, 4 minutes"),
        (timedelta(days=400), "400 days"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 hours, 59 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=59, microseconds=999_999), "less than a minute"),
        (timedelta(0), "less than a minute"),
    ],
)
def test_a_time_is_told_in_its_two_largest_units(left: timedelta, text: str) -> None:
    assert time_left(left) == text


def test_the_list_is_narrowed(alice: Api, world: World) -> None:
    practice = make_exam(
        make_class(world.other_teacher, name="Practice", open_enrolment=True),
        title="Practice",
        start_time=NOW + timedelta(days=1),
        end_time=NOW + timedelta(days=2),
    )
    everything = alice.get("/exams/available/").data["results"]
    assert [row["id"] for row in everything] == [practice.pk, world.exam.pk]
    for query, exam_id in (
        ({"class_obj": practice.class_obj_id}, practice.pk),
        ({"class_obj": world.group.pk}, world.exam.pk),
        ({"status": "upcoming"}, practice.pk),
        ({"status": "ongoing"}, world.exam.pk),
    ):
        assert [row["id"] for row in alice.get("/exams/available/", **query).data["results"]] == [exam_id]


@pytest.mark.parametrize(("name", "value"), [("class_obj", "x"), ("status", "x"), ("page_size", "x")])
def test_a_bad_filter_is_refused_by_field(alice: Api, name: str, value: str) -> None:
    assert list(alice.get("/exams/available/", **{name: value}).errors) == [name]


def test_a_stranger_has_nothing_to_sit(charlie: Api) -> None:
    assert charlie.get("/exams/available/").data["results"] == []
    assert charlie.get("/exams/available/", page=2).refused(404, "Invalid page")


def test_staff_are_refused(teacher: Api, admin: Api) -> None:
    for who in (teacher, admin):
        assert who.get("/exams/available/").refused(403, "Only students can view available exams")


def test_nobody_has_exams(nobody: Api) -> None:
    assert nobody.get("/exams/available/").status == 401
