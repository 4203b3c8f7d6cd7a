"""Several lines before one application: some requests wait apart from the others, some not at all."""

import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.urls import resolve

from examhall.config.wsgi import PASSWORD_ADDRESSES, lanes
from examhall.facades.httpkit.admission import Admission
from examhall.facades.httpkit.lanes import Lanes
from examhall.facades.httpkit.observe import ARRIVED
from examhall.facades.httpkit.wsgi import Answer, Environ, StartResponse
from tests.facades.access_table import ROWS

PATIENCE = 10
BUSY = "503 Service Unavailable"


class Hall:
    """Lanes of one worker and two places in the line each; the application waits until the gate opens, except at /alive and elsewhere."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.arrived: list[float] = []
        self.lanes = Lanes({"/login/": self._lane(), "/alive": self._answer}, others=self._lane())

    def status(self, path: str) -> str:
        """Send one request; return the status it got."""
        got: list[str] = []
        request: Environ = {"PATH_INFO": path, "CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
        list(self.lanes(request, lambda status, _headers: got.append(status)))
        return got[0]

    def _lane(self) -> Admission:
        return Admission(self._answer, workers=1, line=2, refuse=lambda _: Answer(BUSY, [], b""))

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.arrived.append(environ[ARRIVED])
        if environ["PATH_INFO"] in {"/login/", "/slow/"}:
            assert self.gate.wait(PATIENCE)
        start_response("200 OK", [])
        return [b""]


@pytest.fixture
def hall() -> Iterator[Hall]:
    hall = Hall()
    yield hall
    hall.gate.set()


@pytest.fixture
def full(hall: Hall) -> Iterator[list[Future[str]]]:
    """The hall with a worker and a line full of sign-ins."""
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(hall.status, "/login/") for _ in range(3)]
        _until(lambda: hall.lanes.waiting == 2)
        yield waiting
        hall.gate.set()


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_everybody_else_goes_on_while_sign_ins_wait(hall: Hall, full: list[Future[str]]) -> None:
    assert [hall.status("/sessions/1/answers/") for _ in range(10)] == ["200 OK"] * 10
    assert not any(sign_in.done() for sign_in in full)


def test_one_sign_in_too_many_is_refused_at_once(hall: Hall, full: list[Future[str]]) -> None:
    assert hall.status("/login/") == BUSY


def test_who_has_no_line_is_answered_whatever_waits(hall: Hall, full: list[Future[str]]) -> None:
    with ThreadPoolExecutor(3) as pool:
        others = [pool.submit(hall.status, "/slow/") for _ in range(3)]
        _until(lambda: hall.lanes.waiting == 4)
        assert [hall.status("/alive"), hall.status("/slow/")] == ["200 OK", BUSY]
        hall.gate.set()
        assert [other.result(PATIENCE) for other in others] == ["200 OK"] * 3


def test_whoever_waits_gets_an_answer(hall: Hall, full: list[Future[str]]) -> None:
    hall.gate.set()
    assert [sign_in.result(PATIENCE) for sign_in in full] == ["200 OK"] * 3
    assert hall.lanes.waiting == 0


def test_the_moment_of_arrival_is_noted_before_the_wait(hall: Hall, full: list[Future[str]]) -> None:
    opened = time.perf_counter()
    hall.gate.set()
    assert [sign_in.result(PATIENCE) for sign_in in full] == ["200 OK"] * 3
    assert len(hall.arrived) == 3
    assert all(arrived < opened for arrived in hall.arrived)


def test_the_server_has_its_lanes() -> None:
    assert isinstance(lanes, Lanes)
    assert lanes.waiting == 0


@pytest.mark.parametrize("address", PASSWORD_ADDRESSES)
def test_the_slow_addresses_are_those_of_posts_that_exist(address: str) -> None:
    route = resolve(address).route
    assert ("POST", route) in {row.endpoint for row in ROWS}
