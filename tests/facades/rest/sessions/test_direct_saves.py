"""The direct way of the calls that save answers: the same answers, to the byte, as from the application itself."""

import asyncio
import io
import queue
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import msgspec
import pytest
import time_machine
from django.conf import LazySettings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from examhall.config.wsgi import application as django_application
from examhall.domain.words import Role
from examhall.engine import saving
from examhall.engine.group_commit import Settled
from examhall.engine.saving import Outcomes, SaveCall
from examhall.facades.httpkit.deliveries import Deliveries
from examhall.facades.httpkit.wsgi import BODY, Answer, Environ, whole_answer
from examhall.facades.rest.direct import DirectSaves
from examhall.store.models import StudentAnswer, User
from tests.builders import NOW, World
from tests.facades.rest.api import token_for

BUSY = Answer(503, [], b"come back")


class Here:
    """The test's own thread, which has the test's database: what the event loop asks for is done in it."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()

    def run(self, coroutine: Coroutine[Any, Any, Answer]) -> Answer:
        """Let a coroutine come to its end in an event loop of another thread, and do meanwhile what it asks for."""
        with ThreadPoolExecutor(1) as other:
            answer = other.submit(asyncio.run, coroutine)
            answer.add_done_callback(lambda _: self._jobs.put(None))
            while (job := self._jobs.get()) is not None:
                job()
            return answer.result()

    def ask(self, job: Callable[[], None]) -> None:
        """Let something be done here."""
        self._jobs.put(job)

    def save(self, call: SaveCall, settled: Settled[Outcomes]) -> None:
        """Save as the server does, but in this thread and its transaction."""
        self.ask(lambda: _settle(settled, partial(saving.save, call)))


def _settle(settled: Callable[[Any], None], work: Callable[[], Any]) -> None:
    try:
        settled(work())
    except Exception as error:
        settled(error)


class Application:
    """The lane of the application, that notes how often it was asked."""

    waiting, full = 0, False

    def __init__(self, here: Here) -> None:
        self.asked = 0
        self._here = here
        self._deliveries: Deliveries[Answer] = Deliveries()

    async def __call__(self, environ: Environ) -> Answer:
        self.asked += 1
        work = partial(whole_answer, django_application, environ)
        return await self._deliveries.wait(lambda settled: self._here.ask(partial(_settle, settled, work)))


class Received(NamedTuple):
    """A whole answer; headers without regard to their order."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


def received(answer: Answer) -> Received:
    return Received(answer.status, sorted(answer.headers), answer.body)


def request(method: str, path: str, body: object, *, token: str, **more: Any) -> Environ:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    environ: Environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": io.StringIO(),
        **({BODY: content} if content else {}),
    }
    return {name: value for name, value in (environ | more).items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Alice's session, and both ways to it."""

    world: World
    path: str
    token: str
    here: Here
    application: Application
    direct: DirectSaves

    @property
    def answer(self) -> dict[str, int]:
        """Return a good answer to the first question."""
        return {"exam_question_id": self.world.questions[0].pk, "selected_answer_id": self.world.key(0)}

    def send(self, *, token: str = "") -> Answer:
        """Send the good answer the direct way."""
        return self.here.run(self.direct(request("POST", self.path, self.answer, token=token or self.token)))

    def both(self, environ: Environ) -> tuple[Received, Received]:
        """Return what the direct way and the application answer to the same request in the same situation."""
        body = environ["wsgi.input"].getvalue()
        with transaction.atomic():
            ours = self.here.run(self.direct(environ | {"wsgi.input": io.BytesIO(body)}))
            transaction.set_rollback(True)
        with transaction.atomic():
            theirs = whole_answer(django_application, environ | {"wsgi.input": io.BytesIO(body)})
            transaction.set_rollback(True)
        return received(ours), received(theirs)


@pytest.fixture
def desk(world: World, session: dict[str, Any]) -> Iterator[Desk]:
    here = Here()
    application = Application(here)
    # As Django's own test client does: the end of a request would end the test's connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Desk(
        world=world,
        path=f"/sessions/{session['id']}/answers/",
        token=token_for(world.alice),
        here=here,
        application=application,
        direct=DirectSaves(application, line=1, refuse=lambda _: BUSY, save=here.save),
    )
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


Body = Callable[[World], object]
ALL: dict[str, tuple[str, str, Body]] = {
    "an answer": ("POST", "", lambda w: {"exam_question_id": w.questions[0].pk, "selected_answer_id": w.key(0)}),
    "a cleared one": ("POST", "", lambda w: {"exam_question_id": w.questions[0].pk, "selected_answer_id": None}),
    "with a revision": (
        "POST",
        "",
        lambda w: {"exam_question_id": w.questions[1].pk, "selected_answer_id": w.key(1), "revision": 7},
    ),
    "another question's option": (
        "POST",
        "",
        lambda w: {"exam_question_id": w.questions[0].pk, "selected_answer_id": w.key(1)},
    ),
    "no such question": ("POST", "", lambda _: {"exam_question_id": 987654, "selected_answer_id": 1}),
    "no answer at all": ("POST", "", lambda w: {"exam_question_id": w.questions[0].pk}),
    "an unknown field": ("POST", "", lambda w: {"exam_question_id": w.questions[0].pk, "score": 10}),
    "a wrong type": ("POST", "", lambda _: {"exam_question_id": "one", "selected_answer_id": True}),
    "no JSON": ("POST", "", lambda _: b"{"),
    "no UTF-8": ("POST", "", lambda _: b'{"exam_question_id":1,"answer_text":"\xff"}'),
    "many": (
        "PUT",
        "",
        lambda w: [{"exam_question_id": w.questions[i].pk, "selected_answer_id": w.key(0)} for i in (0, 1, 2)],
    ),
    "many, some unreadable": ("PUT", "", lambda _: [5, None, {"exam_question_id": 0}]),
    "many that are none": ("PUT", "", lambda _: {"exam_question_id": 1}),
    "too many": (
        "PUT",
        "",
        lambda w: [{"exam_question_id": w.questions[0].pk, "selected_answer_id": w.key(0)}] * 50,
    ),
    "a change": ("PUT", "{row}/", lambda w: {"selected_answer_id": w.wrong(0)}),
    "a change of nothing": ("PUT", "987654/", lambda w: {"selected_answer_id": w.wrong(0)}),
}


@pytest.mark.parametrize("name", ALL)
def test_the_direct_way_answers_to_the_byte_what_the_application_answers(desk: Desk, name: str) -> None:
    method, more, body = ALL[name]
    row = StudentAnswer.objects.get(session__student=desk.world.alice, exam_question=desk.world.questions[0]).pk
    ours, theirs = desk.both(request(method, desk.path + more.format(row=row), body(desk.world), token=desk.token))
    assert ours == theirs
    assert desk.application.asked == 0


@pytest.mark.parametrize(
    ("situation", "status"),
    [("over", 400), ("stranger", 404), ("teacher", 403), ("disabled", 401), ("promoted", 403)],
)
def test_refusals_of_the_person_or_the_time_are_the_same_too(desk: Desk, situation: str, status: int) -> None:
    alice, token, later = User.objects.filter(pk=desk.world.alice.pk), desk.token, timedelta(0)
    match situation:
        case "over":
            later = timedelta(minutes=desk.world.exam.minutes, seconds=6)
        case "stranger":
            token = token_for(desk.world.bob)
        case "teacher":
            token = token_for(desk.world.teacher)
        case "disabled":
            alice.update(is_active=False)
        case _:
            alice.update(role=Role.TEACHER)
    with time_machine.travel(NOW + later, tick=False):
        ours, theirs = desk.both(request("POST", desk.path, desk.answer, token=token))
    assert ours == theirs
    assert ours.status == status
    assert desk.application.asked == 0


@pytest.mark.parametrize(
    "odd",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": None},
        {"HTTP_AUTHORIZATION": None},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_AUTHORIZATION": "Bearer abc"},
        {"SCRIPT_NAME": "/prefix"},
        {BODY: None},
        {"REQUEST_METHOD": "DELETE"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"PATH_INFO": f"/sessions/{2**63}/answers/"},
        {"PATH_INFO": "/sessions/0/answers/"},
        {"PATH_INFO": "/sessions/1/answers"},
        {"PATH_INFO": "/sessions/1/answers/\n"},
        {"PATH_INFO": "/sessions/\xb2/answers/"},
    ],
)
def test_whatever_is_out_of_the_ordinary_is_left_to_the_application(desk: Desk, odd: dict[str, str | None]) -> None:
    ours, theirs = desk.both(request("POST", desk.path, desk.answer, token=desk.token, **odd))
    assert ours == theirs
    assert desk.application.asked == 1


@pytest.mark.parametrize(("method", "most"), [("POST", 64 * 1024), ("PUT", 4 * 1024)])
def test_a_body_that_would_hold_up_the_loop_is_left_to_the_application(desk: Desk, method: str, most: int) -> None:
    body = msgspec.json.encode(desk.answer if method == "POST" else [desk.answer])
    for size, asked in ((most, 0), (most + 1, 1)):
        ours, theirs = desk.both(request(method, desk.path, body.ljust(size), token=desk.token))
        assert ours == theirs
        assert ours.status in {200, 201}
        assert desk.application.asked == asked


def test_an_ordinary_list_of_forty_answers_goes_the_direct_way(desk: Desk) -> None:
    body = [{"exam_question_id": 12_345_678, "selected_answer_id": 12_345_678}] * 40
    ours, theirs = desk.both(request("PUT", desk.path, body, token=desk.token))
    assert ours == theirs
    assert desk.application.asked == 0


def test_the_hosts_are_those_that_are_allowed_now(desk: Desk, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["exams.example.org"]
    assert desk.send().status == 400
    settings.ALLOWED_HOSTS = ["localhost"]
    assert desk.send().status == 201
    assert desk.application.asked == 1


def test_an_expired_token_is_refused_although_it_was_good_before(desk: Desk) -> None:
    token = token_for(desk.world.alice, exp=int((NOW + timedelta(minutes=5)).timestamp()))
    assert desk.send(token=token).status == 201
    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        assert desk.send(token=token).status == 401


def test_whoever_comes_when_the_line_is_full_is_refused(desk: Desk) -> None:
    environ = request("POST", desk.path, desk.answer, token=desk.token)

    async def two() -> Answer:
        calls = [desk.direct(dict(environ)) for _ in range(2)]
        first, second = asyncio.ensure_future(calls[0]), asyncio.ensure_future(calls[1])
        await asyncio.sleep(0)
        assert desk.direct.full
        assert desk.direct.waiting == 1
        assert await second == BUSY
        return await first

    assert desk.here.run(two()).status == 201
    assert not desk.direct.full
    assert desk.direct.waiting == 0


def test_what_nobody_foresaw_is_told_as_by_the_application(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_call: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(saving, "save", broken)
    ours, theirs = desk.both(request("POST", desk.path, desk.answer, token=desk.token))
    assert ours == theirs
    assert ours.status == 500
    assert desk.direct.waiting == 0


@pytest.mark.parametrize(
    ("method", "path", "served"),
    [
        ("POST", "/sessions/1/answers/", True),
        ("PUT", "/sessions/1/answers/", True),
        ("PUT", "/sessions/1/answers/2/", True),
        ("GET", "/sessions/1/answers/", False),
        ("POST", "/sessions/1/answers/2/", False),
        ("POST", "/sessions/start/", False),
        ("POST", "/sessions/1/answers/\n", False),
    ],
)
def test_the_lane_serves_the_calls_that_save_and_no_others(desk: Desk, method: str, path: str, served: bool) -> None:
    assert desk.direct.serves(method, path) is served
