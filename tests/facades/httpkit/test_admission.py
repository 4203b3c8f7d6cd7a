"""The line before the application: who is let in, who waits, who is refused, and that bodies are read first."""

import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from examhall.facades.httpkit.admission import LARGE_BODIES, SMALL_BODY, Admission, Answer, Environ, StartResponse

PATIENCE = 10
LARGEST = 4 * SMALL_BODY


class Application:
    """Answer with the body that came; a request of the path /wait waits for the gate before."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.closed: list[str] = []
        self.threads: set[str] = set()
        self.begun = threading.Semaphore(0)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.threads.add(threading.current_thread().name)
        self.begun.release()
        if environ["PATH_INFO"] == "/wait":
            assert self.gate.wait(PATIENCE)
        if environ["PATH_INFO"] == "/break":
            raise LookupError("broken")
        start_response("200 OK", [("X-Path", environ["PATH_INFO"])])
        return Parts(self, environ["wsgi.input"].read())


class Parts:
    """A body that notices in which thread it was closed."""

    def __init__(self, application: Application, body: bytes) -> None:
        self._application, self._body = application, body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[:2]
        yield self._body[2:]

    def close(self) -> None:
        self._application.closed.append(threading.current_thread().name)


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


def environ(path: str = "/", body: bytes = b"", *, source: Any = None, **more: Any) -> Environ:
    """Return a request; ``source`` is where its body comes from, if not simply there."""
    return {"PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "wsgi.input": source or io.BytesIO(body)} | more


def ask(admission: Admission, request: Environ) -> tuple[str, bytes]:
    """Return status line and body of the answer to a request."""
    begun: list[str] = []
    parts = admission(request, lambda status, _headers: begun.append(status))
    return begun[0], b"".join(parts)


@pytest.fixture
def application() -> Iterator[Application]:
    made = Application()
    yield made
    made.gate.set()


@pytest.fixture
def admission(application: Application) -> Admission:
    return Admission(
        application, workers=2, line=1, largest=LARGEST, refuse=lambda _: Answer("503 Busy", [], b"come back")
    )


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(LARGE_BODIES + 4) as made:
        yield made


def fill(pool: ThreadPoolExecutor, admission: Admission, application: Application) -> list[Future[tuple[str, bytes]]]:
    """Occupy both working threads and the one place in the line."""
    calls = [pool.submit(ask, admission, environ("/wait", b"in")) for _ in range(3)]
    for _ in range(2):
        assert application.begun.acquire(timeout=PATIENCE)
    until(lambda: admission.waiting == 1)
    return calls


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_an_answer_comes_back_whole(admission: Admission) -> None:
    assert ask(admission, environ("/", b"hello")) == ("200 OK", b"hello")


def test_the_application_runs_and_is_closed_in_a_working_thread(admission: Admission, application: Application) -> None:
    ask(admission, environ())
    assert application.closed == list(application.threads)
    assert threading.current_thread().name not in application.threads


def test_whoever_finds_the_line_full_is_refused_at_once(
    pool: ThreadPoolExecutor, admission: Admission, application: Application
) -> None:
    calls = fill(pool, admission, application)
    assert ask(admission, environ()) == ("503 Busy", b"come back")
    application.gate.set()
    assert [call.result(PATIENCE) for call in calls] == [("200 OK", b"in")] * 3


def test_the_line_moves_on_after_a_crowd(
    pool: ThreadPoolExecutor, admission: Admission, application: Application
) -> None:
    calls = fill(pool, admission, application)
    application.gate.set()
    for call in calls:
        call.result(PATIENCE)
    assert admission.waiting == 0
    assert ask(admission, environ("/", b"next")) == ("200 OK", b"next")


def test_an_exception_reaches_the_server_and_frees_its_place(admission: Admission) -> None:
    for _ in range(5):
        with pytest.raises(LookupError, match="broken"):
            ask(admission, environ("/break"))
    assert ask(admission, environ()) == ("200 OK", b"")


def test_the_application_is_asked_only_when_the_body_is_there(
    pool: ThreadPoolExecutor, admission: Admission, application: Application
) -> None:
    rest = threading.Event()
    slow = SlowBody(b"late answer", rest)
    call = pool.submit(ask, admission, environ("/", b"late answer", source=slow))
    assert slow.asked.wait(PATIENCE)
    assert not application.threads
    rest.set()
    assert call.result(PATIENCE) == ("200 OK", b"late answer")


def test_slow_senders_take_no_working_thread(pool: ThreadPoolExecutor, admission: Admission) -> None:
    rest = threading.Event()
    bodies = [SlowBody(b"slow", rest) for _ in range(2)]
    calls = [pool.submit(ask, admission, environ("/", b"slow", source=body)) for body in bodies]
    for body in bodies:
        assert body.asked.wait(PATIENCE)
    assert ask(admission, environ("/", b"quick")) == ("200 OK", b"quick")
    rest.set()
    assert [call.result(PATIENCE) for call in calls] == [("200 OK", b"slow")] * 2


def test_no_more_bodies_are_read_at_a_time_than_there_are_places(
    pool: ThreadPoolExecutor, admission: Admission
) -> None:
    rest = threading.Event()
    bodies = [SlowBody(b"slow", rest) for _ in range(3)]
    calls = [pool.submit(ask, admission, environ("/", b"slow", source=body)) for body in bodies]
    for body in bodies:
        assert body.asked.wait(PATIENCE)
    assert ask(admission, environ("/", b"one more", source=Never())) == ("503 Busy", b"come back")
    assert ask(admission, environ("/")) == ("200 OK", b"")
    rest.set()
    for call in calls:
        call.result(PATIENCE)
    assert ask(admission, environ("/", b"next")) == ("200 OK", b"next")


def test_only_so_many_large_bodies_are_held_at_a_time(pool: ThreadPoolExecutor, admission: Admission) -> None:
    rest, large = threading.Event(), b"x" * (SMALL_BODY + 1)
    bodies = [SlowBody(large, rest) for _ in range(LARGE_BODIES)]
    calls = [pool.submit(ask, admission, environ("/", large, source=body)) for body in bodies]
    for body in bodies:
        assert body.asked.wait(PATIENCE)
    assert ask(admission, environ("/", large, source=Never())) == ("503 Busy", b"come back")
    assert ask(admission, environ("/", large[1:])) == ("200 OK", large[1:])
    rest.set()
    for call in calls:
        call.result(PATIENCE)
    assert ask(admission, environ("/", large)) == ("200 OK", large)


def test_the_application_itself_refuses_a_body_that_is_too_large(admission: Admission) -> None:
    body = b"x" * (LARGEST + 1)
    assert ask(admission, environ("/", body)) == ("200 OK", body)


def test_a_body_that_is_cut_off_does_not_wait_for_its_end(admission: Admission) -> None:
    request = environ("/", b"cut", CONTENT_LENGTH="1000")
    assert ask(admission, request) == ("200 OK", b"cut")


@pytest.mark.parametrize("length", ["", None, "-5", "five", "\u0665", "0"])
def test_a_body_of_unknown_length_is_left_to_the_application(admission: Admission, length: str | None) -> None:
    given = io.BytesIO(b"left")
    request = environ("/", CONTENT_LENGTH=length, source=given)
    assert ask(admission, request) == ("200 OK", b"left")
    assert request["wsgi.input"] is given
