"""Students who sit the exam in this process, call by call, through the WSGI application."""

from dataclasses import dataclass

import msgspec

from bench.inside import wsgi
from bench.world import Question, Student, World
from examhall.facades.rest import saves


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A student in a running session."""

    student: Student
    session_id: int


class Unexpected(Exception):
    """A call was not answered as it must be."""


def take_seats(world: World, students: list[Student]) -> list[Seat]:
    """Start a session for each student.

    :raises Unexpected: when one is not started.
    """
    return [Seat(student=student, session_id=_start(world, student)) for student in students]


def save(seat: Seat, question: Question, option: int) -> None:
    """Save one answer.

    :raises Unexpected: when it is not saved.
    """
    body = msgspec.json.encode({"exam_question_id": question.id, "selected_answer_id": option})
    status, content = wsgi.save(saves.read_one, seat.session_id, token=seat.student.token, body=body)
    _expect(201, status, content)


def save_all(seat: Seat, questions: list[Question], place: int) -> None:
    """Save the option at one place of every question, in one call.

    :raises Unexpected: when they are not saved.
    """
    items = [{"exam_question_id": each.id, "selected_answer_id": each.options[place]} for each in questions]
    body = msgspec.json.encode(items)
    status, content = wsgi.save(saves.read_many, seat.session_id, token=seat.student.token, body=body)
    _expect(200, status, content)


def _start(world: World, student: Student) -> int:
    body = msgspec.json.encode({"exam_id": world.exam_id})
    status, content = wsgi.call("POST", "/sessions/start/", token=student.token, body=body)
    _expect(201, status, content)
    return int(msgspec.json.decode(content)["data"]["id"])


def _expect(wanted: int, status: int, content: bytes) -> None:
    if status != wanted:
        message = f"{status} instead of {wanted}: {content[:300].decode(errors='replace')}"
        raise Unexpected(message)
