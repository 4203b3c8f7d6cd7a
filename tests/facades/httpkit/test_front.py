"""The front: bodies are read to their end, and moments noted, before anybody waits; lanes are chosen by address."""

import asyncio
import threading
import time
from concurrent.futures import Future
from datetime import UTC, datetime

import pytest
from django.urls import resolve
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # the library's own name for it

from examhall.config.server import LANES, PASSWORD_ADDRESSES, lane_of, waiting
from examhall.facades.httpkit.front import LARGE_BODIES, SMALL_BODY, Front
from examhall.facades.httpkit.observe import ARRIVED
from examhall.facades.httpkit.requests import Incoming, begin_now, request_now
from examhall.facades.httpkit.wsgi import BODY, Answer, Environ
from tests.facades.access_table import ROWS
from tests.facades.httpkit.front import PATIENCE, Loop, until
from tests.facades.httpkit.test_environ import Scope

LARGEST = 4 * SMALL_BODY
# The body of a client that hangs up before its end.
GONE = b"gone"
BUSY = Answer(503, [], b"come back")


class Echo:
    """A lane that answers with the body that came, and remembers what was asked."""

    waiting = 0

    def __init__(self) -> None:
        self.full = False
        self.asked: list[Environ] = []

    async def __call__(self, environ: Environ) -> Answer:
        self.asked.append(environ)
        if environ["PATH_INFO"] == "/break":
            raise LookupError("broken")
        return Answer(200, [], environ["wsgi.input"].read())


class Connection:
    """The server's side of a request; its body comes when the gate is open."""

    def __init__(self, body: bytes = b"") -> None:
        self._body = body
        self.gate = threading.Event()
        self.gate.set()
        self.read = False
        self.answer: Answer | None = None

    async def __call__(self) -> bytes:
        self.read = True
        while not self.gate.is_set():
            await asyncio.sleep(0.001)
        if self._body == GONE:
            raise ProtocolClosed
        return self._body

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = Answer(status, headers, body)


class Hall:
    """A front with one lane, in a running loop."""

    def __init__(self, loop: Loop) -> None:
        self.lane = Echo()
        self._loop = loop
        self._front = Front(lambda _method, _path: self.lane, largest=LARGEST, refuse=lambda _path: BUSY)

    def begin(self, connection: Connection, *, length: str | None, path: str = "/") -> Future[None]:
        pairs = [] if length is None else [("content-length", length)]
        return self._loop.begin(self._front.__rsgi__(Scope(pairs, path=path), connection))

    def ask(self, body: bytes = b"", *, path: str = "/", length: str | None = None) -> Connection:
        connection = Connection(body)
        self.begin(connection, length=str(len(body)) if length is None else length, path=path).result(PATIENCE)
        return connection


@pytest.fixture
def hall(loop: Loop) -> Hall:
    return Hall(loop)


def test_the_application_is_asked_only_when_the_body_is_there(hall: Hall) -> None:
    slow = Connection(b"late answer")
    slow.gate.clear()
    call = hall.begin(slow, length="11")
    until(lambda: slow.read)
    assert hall.ask(b"quick").answer == (200, [], b"quick")
    assert len(hall.lane.asked) == 1
    slow.gate.set()
    call.result(PATIENCE)
    assert slow.answer == (200, [], b"late answer")


def test_the_moment_of_a_request_is_when_its_body_was_there(hall: Hall) -> None:
    slow = Connection(b"late answer")
    slow.gate.clear()
    call = hall.begin(slow, length="11")
    until(lambda: slow.read)
    half_there = datetime.now(UTC)
    slow.gate.set()
    call.result(PATIENCE)
    there = datetime.now(UTC)
    time.sleep(0.002)
    assert half_there < request_now(Incoming(hall.lane.asked[0], b"")) < there


def test_whoever_begins_something_begins_it_when_it_is_worked_on(hall: Hall) -> None:
    hall.ask()
    request = Incoming(hall.lane.asked[0], b"")
    arrived = request_now(request)
    begun = begin_now(request)
    assert begun > arrived
    assert request_now(request) == begun


def test_the_moment_of_arrival_is_noted_before_the_wait_for_the_body(hall: Hall) -> None:
    slow = Connection(b"late answer")
    slow.gate.clear()
    call = hall.begin(slow, length="11")
    until(lambda: slow.read)
    read = time.perf_counter()
    slow.gate.set()
    call.result(PATIENCE)
    assert hall.lane.asked[0][ARRIVED] < read


def test_the_body_stands_in_the_environment_as_well(hall: Hall) -> None:
    hall.ask(b"given")
    hall.ask()
    assert [request.get(BODY) for request in hall.lane.asked] == [b"given", None]


def test_whose_lane_is_full_is_refused_before_anything_is_read(hall: Hall) -> None:
    hall.lane.full = True
    connection = hall.ask(b"unread")
    assert connection.answer == BUSY
    assert not connection.read
    assert hall.lane.asked == []


def test_only_so_many_large_bodies_are_held_at_a_time(hall: Hall) -> None:
    large = b"x" * (SMALL_BODY + 1)
    slow = [Connection(large) for _ in range(LARGE_BODIES)]
    for connection in slow:
        connection.gate.clear()
    calls = [hall.begin(connection, length=str(len(large))) for connection in slow]
    until(lambda: all(connection.read for connection in slow))
    assert hall.ask(large).answer == BUSY
    assert hall.ask(large[1:]).answer == (200, [], large[1:])
    for connection, call in zip(slow, calls, strict=True):
        connection.gate.set()
        call.result(PATIENCE)
    assert hall.ask(large).answer == (200, [], large)


@pytest.mark.parametrize("length", [str(LARGEST + 1), "", "-5", "five", "\u0665", "0"])
def test_a_body_that_is_too_large_or_of_unknown_length_is_left_unread(hall: Hall, length: str) -> None:
    connection = hall.ask(b"left", length=length)
    assert connection.answer == (200, [], b"")
    assert not connection.read


def test_what_breaks_in_a_lane_is_told_as_a_fault_and_logged(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    assert hall.ask(path="/break").answer == (500, [("Content-Length", "0")], b"")
    assert "broken" in caplog.text
    assert hall.ask(b"next").answer == (200, [], b"next")


def test_a_client_that_goes_in_the_middle_of_its_body_is_no_fault(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    assert hall.ask(GONE).read
    assert hall.lane.asked == []
    assert caplog.text == ""


@pytest.mark.parametrize("address", PASSWORD_ADDRESSES)
def test_the_slow_addresses_are_those_of_posts_that_exist(address: str) -> None:
    route = resolve(address).route
    assert ("POST", route) in {row.endpoint for row in ROWS}


def test_the_server_has_its_lanes() -> None:
    passwords, probes, alive = lane_of("POST", "/login/"), lane_of("GET", "/metrics"), lane_of("GET", "/healthz")
    saves, others = lane_of("POST", "/sessions/7/answers/"), lane_of("POST", "/sessions/start/")
    assert len({id(lane) for lane in (passwords, probes, alive, saves, others)}) == 5
    assert [lane_of("POST", address) for address in PASSWORD_ADDRESSES] == [passwords] * len(PASSWORD_ADDRESSES)
    assert lane_of("GET", "/readyz") is probes
    assert lane_of("PUT", "/sessions/7/answers/") is lane_of("PUT", "/sessions/7/answers/9/") is saves
    assert lane_of("GET", "/sessions/7/answers/") is lane_of("POST", "/sessions/7/answers/9/") is others
    assert not any(lane.full for lane in LANES.values())
    assert waiting() == 0
