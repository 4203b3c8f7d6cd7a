"""The line before the application: who is let in, who waits, who is refused."""

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future

import pytest

from examhall.facades.httpkit.admission import Admission
from examhall.facades.httpkit.wsgi import Answer, Environ, StartResponse
from tests.facades.httpkit.front import PATIENCE, Loop, environ, until

BUSY = Answer(503, [], b"come back")


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


@pytest.fixture
def application() -> Iterator[Application]:
    made = Application()
    yield made
    made.gate.set()


@pytest.fixture
def admission(application: Application) -> Admission:
    return Admission(application, workers=2, line=1, refuse=lambda path: BUSY if path == "/" else Answer(500, [], b""))


def fill(loop: Loop, admission: Admission, application: Application) -> list[Future[Answer]]:
    """Occupy both working threads and the one place in the line."""
    calls = [loop.begin(admission(environ("/wait", b"in"))) for _ in range(3)]
    for _ in range(2):
        assert application.begun.acquire(timeout=PATIENCE)
    until(lambda: admission.waiting == 1)
    return calls


def test_an_answer_comes_back_whole(loop: Loop, admission: Admission) -> None:
    assert loop.run(admission(environ("/", b"hello"))) == (200, [("X-Path", "/")], b"hello")


def test_the_application_runs_and_is_closed_in_a_working_thread(
    loop: Loop, admission: Admission, application: Application
) -> None:
    loop.run(admission(environ()))
    assert application.closed == list(application.threads)
    assert all(name.startswith("examhall") for name in application.threads)


def test_whoever_finds_the_line_full_is_refused_at_once(
    loop: Loop, admission: Admission, application: Application
) -> None:
    assert not admission.full
    calls = fill(loop, admission, application)
    assert admission.full
    assert loop.run(admission(environ())) == BUSY
    application.gate.set()
    assert [call.result(PATIENCE).body for call in calls] == [b"in"] * 3
    assert not admission.full


def test_the_line_moves_on_after_a_crowd(loop: Loop, admission: Admission, application: Application) -> None:
    calls = fill(loop, admission, application)
    application.gate.set()
    for call in calls:
        call.result(PATIENCE)
    assert admission.waiting == 0
    assert loop.run(admission(environ("/", b"next"))).body == b"next"


def test_an_exception_reaches_the_front_and_frees_its_place(loop: Loop, admission: Admission) -> None:
    for _ in range(5):
        with pytest.raises(LookupError, match="broken"):
            loop.run(admission(environ("/break")))
    assert loop.run(admission(environ())).status == 200
