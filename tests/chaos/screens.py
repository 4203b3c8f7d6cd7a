"""What the API shows the students of their sessions."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from tests.chaos.bodies import IdBody, ResultBody
from tests.chaos.wire import Connection, Reply, request
from tests.chaos.world import hundredths

_LANES = 6
_TIMEOUT = 60.0
_OK = 200
_NONE = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResult:
    """The result as shown; figures that the reveal policy hides are ``None``."""

    id: int
    total_score: Decimal | None
    correct: int | None
    wrong: int | None
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A session in detail: options by question, and its result if it has one."""

    session: int
    student: int
    status: str
    options: dict[int, int | None]
    result: ShownResult | None


class _Answer(msgspec.Struct):
    exam_question: IdBody
    selected_answer: IdBody | None


class _Session(msgspec.Struct):
    id: int
    student: IdBody
    status: str
    answers: list[_Answer]


class _Page(msgspec.Struct):
    results: list[IdBody]
    total_pages: int


class _List(msgspec.Struct):
    data: _Page


class _Detail(msgspec.Struct):
    data: _Session


class _Outcome(msgspec.Struct):
    data: ResultBody


async def read_screens(port: int, tokens: Mapping[int, str]) -> dict[int, Screen]:
    """Return every session that these students (by id, with their tokens) are shown, by its id."""
    screens: dict[int, Screen] = {}
    waiting = list(tokens.values())

    async def work() -> None:
        line = Connection(port, timeout=_TIMEOUT)
        try:
            while waiting:
                token = waiting.pop()
                async for screen in _sessions(line, token):
                    screens[screen.session] = screen
        finally:
            line.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(_LANES):
            group.create_task(work())
    return screens


async def _sessions(line: Connection, token: str) -> AsyncIterator[Screen]:
    page = 1
    while True:
        body = (await _get(line, f"/sessions/my-sessions/?page_size=100&page={page}", token)).body
        found = msgspec.json.decode(body, type=_List).data
        for row in found.results:
            yield await _screen(line, row.id, token)
        if page >= found.total_pages:
            return
        page += 1


async def _screen(line: Connection, session: int, token: str) -> Screen:
    detail = msgspec.json.decode((await _get(line, f"/sessions/{session}/", token)).body, type=_Detail).data
    reply = await _get(line, f"/sessions/{session}/result/", token)
    return Screen(
        session=detail.id,
        student=detail.student.id,
        status=detail.status,
        options={
            answer.exam_question.id: None if answer.selected_answer is None else answer.selected_answer.id
            for answer in detail.answers
        },
        result=None if reply.status == _NONE else _result(msgspec.json.decode(reply.body, type=_Outcome).data),
    )


def _result(result: ResultBody) -> ShownResult:
    return ShownResult(
        id=result.id,
        total_score=None if result.total_score is None else hundredths(result.total_score),
        correct=result.correct_count,
        wrong=result.wrong_count,
        unanswered=result.unanswered_count,
    )


async def _get(line: Connection, path: str, token: str) -> Reply:
    await line.open()
    reply = await line.exchange(request("GET", path, token=token))
    if reply.status not in {_OK, _NONE}:
        message = f"GET {path}: {reply.status} {reply.body[:200]!r}"
        raise RuntimeError(message)
    return reply
