"""Arrival: bodies are read to their end, and moments noted, before the application sees a request."""

import io
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from examhall.facades.httpkit.arrival import LARGE_BODIES, SMALL_BODY, Arrival
from examhall.facades.httpkit.requests import Incoming, begin_now, request_now
from examhall.facades.httpkit.wsgi import BODY, Answer, Environ, StartResponse
from tests.facades.httpkit.front import PATIENCE, ask, environ

LARGEST = 4 * SMALL_BODY


class Application:
    """Answer with the body that came, and remember what was asked."""

    def __init__(self) -> None:
        self.asked: list[Environ] = []

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.asked.append(environ)
        start_response("200 OK", [])
        return [environ["wsgi.input"].read()]


class SlowBody:
    """A body of which a few bytes are there, and the others only when the gate opens."""

    def __init__(self, body: bytes, gate: threading.Event) -> None:
        self._first, self._rest, self._gate = body[:3], body[3:], gate
        self.asked = threading.Event()

    def read(self, _size: int) -> bytes:
        if self._first:
            part, self._first = self._first, b""
            return part
        self.asked.set()
        assert self._gate.wait(PATIENCE)
        part, self._rest = self._rest, b""
        return part


class Never:
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        pytest.fail("this body must be left alone")


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def arrival(application: Application) -> Arrival:
    return Arrival(application, places=3, largest=LARGEST, refuse=lambda _: Answer("503 Busy", [], b"come back"))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(LARGE_BODIES + 4) as made:
        yield made


def test_the_application_is_asked_only_when_the_body_is_there(
    pool: ThreadPoolExecutor, arrival: Arrival, application: Application
) -> None:
    rest = threading.Event()
    slow = SlowBody(b"late answer", rest)
    call = pool.submit(ask, arrival, environ("/", b"late answer", source=slow))
    assert slow.asked.wait(PATIENCE)
    assert not application.asked
    rest.set()
    assert call.result(PATIENCE) == ("200 OK", b"late answer")


def test_slow_senders_do_not_hold_up_a_quick_one(pool: ThreadPoolExecutor, arrival: Arrival) -> None:
    rest = threading.Event()
    bodies = [SlowBody(b"slow", rest) for _ in range(2)]
    calls = [pool.submit(ask, arrival, environ("/", b"slow", source=body)) for body in bodies]
    for body in bodies:
        assert body.asked.wait(PATIENCE)
    assert ask(arrival, environ("/", b"quick")) == ("200 OK", b"quick")
    rest.set()
    assert [call.result(PATIENCE) for call in calls] == [("200 OK", b"slow")] * 2


def test_no_more_bodies_are_read_at_a_time_than_there_are_places(pool: ThreadPoolExecutor, arrival: Arrival) -> None:
    rest = threading.Event()
    bodies = [SlowBody(b"slow", rest) for _ in range(3)]
    calls = [pool.submit(ask, arrival, environ("/", b"slow", source=body)) for body in bodies]
    for body in bodies:
        assert body.asked.wait(PATIENCE)
    assert ask(arrival, environ("/", b"one more", source=Never())) == ("503 Busy", b"come back")
    assert ask(arrival, environ("/")) == ("200 OK", b"")
    rest.set()
    for call in calls:
        call.result(PATIENCE)
    assert ask(arrival, environ("/", b"next")) == ("200 OK", b"next")


def test_only_so_many_large_bodies_are_held_at_a_time(pool: ThreadPoolExecutor, arrival: Arrival) -> None:
    rest, large = threading.Event(), b"x" * (SMALL_BODY + 1)
    bodies = [SlowBody(large, rest) for _ in range(LARGE_BODIES)]
    calls = [pool.submit(ask, arrival, environ("/", large, source=body)) for body in bodies]
    for body in bodies:
        assert body.asked.wait(PATIENCE)
    assert ask(arrival, environ("/", large, source=Never())) == ("503 Busy", b"come back")
    assert ask(arrival, environ("/", large[1:])) == ("200 OK", large[1:])
    rest.set()
    for call in calls:
        call.result(PATIENCE)
    assert ask(arrival, environ("/", large)) == ("200 OK", large)


def test_the_application_itself_refuses_a_body_that_is_too_large(arrival: Arrival) -> None:
    body = b"x" * (LARGEST + 1)
    assert ask(arrival, environ("/", body)) == ("200 OK", body)


def test_a_body_that_is_cut_off_does_not_wait_for_its_end(arrival: Arrival) -> None:
    request = environ("/", b"cut", CONTENT_LENGTH="1000")
    assert ask(arrival, request) == ("200 OK", b"cut")


@pytest.mark.parametrize("length", ["", None, "-5", "five", "\u0665", "0"])
def test_a_body_of_unknown_length_is_left_to_the_application(arrival: Arrival, length: str | None) -> None:
    given = io.BytesIO(b"left")
    request = environ("/", CONTENT_LENGTH=length, source=given)
    assert ask(arrival, request) == ("200 OK", b"left")
    assert request["wsgi.input"] is given


def test_the_body_stands_in_the_environment_as_well(arrival: Arrival, application: Application) -> None:
    ask(arrival, environ("/", b"given"))
    ask(arrival, environ("/"))
    assert [request.get(BODY) for request in application.asked] == [b"given", None]


def test_the_moment_of_a_request_is_when_its_body_was_there(
    pool: ThreadPoolExecutor, arrival: Arrival, application: Application
) -> None:
    rest = threading.Event()
    slow = SlowBody(b"late answer", rest)
    call = pool.submit(ask, arrival, environ("/", b"late answer", source=slow))
    assert slow.asked.wait(PATIENCE)
    half_there = datetime.now(UTC)
    rest.set()
    call.result(PATIENCE)
    there = datetime.now(UTC)
    time.sleep(0.002)
    assert half_there < request_now(Incoming(application.asked[0], b"")) < there


def test_whoever_begins_something_begins_it_when_it_is_worked_on(arrival: Arrival, application: Application) -> None:
    ask(arrival, environ("/"))
    request = Incoming(application.asked[0], b"")
    arrived = request_now(request)
    begun = begin_now(request)
    assert begun > arrived
    assert request_now(request) == begun
