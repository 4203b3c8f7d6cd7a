"""What is counted, and that counting stands in nobody's way."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from examhall.facades.httpkit import metrics_files, observe
from tests.facades.httpkit.metrics import Counted, series_of, value

LIMIT_MICROSECONDS = 15


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    """A directory in which several processes count."""
    place = tmp_path / "metrics"
    with metrics_files.counting_in(place):
        yield place


def _count(process: str, place: Path) -> None:
    """Count something in another process that then ends."""
    script = f"from examhall.facades.httpkit import observe; {process}"
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(place), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    setup = "import django; django.setup(); "
    subprocess.run([sys.executable, "-c", setup + script], env=environment, check=True, cwd=Path(__file__).parents[3])


def test_a_request_is_timed_by_method_route_and_class_of_status() -> None:
    counted = Counted()
    Client().get("/healthz")
    Client().post("/healthz")
    name = "examhall_request_seconds_count"
    assert counted.since(name, method="GET", route="healthz", status="2xx") == 1
    assert counted.since(name, method="POST", route="healthz", status="4xx") == 1


def test_the_route_is_the_pattern_and_never_the_address() -> None:
    counted = Counted()
    for session_id in range(1, 4):
        Client().get(f"/sessions/{session_id}/")
    labels = {"method": "GET", "route": "sessions/<id:session_id>/", "status": "4xx"}
    assert counted.since("examhall_request_seconds_count", **labels) == 3


def test_what_a_client_makes_up_gets_no_label_of_its_own() -> None:
    counted = Counted()
    Client().get("/made-up/")
    Client().generic("BREW", "/healthz")
    assert counted.since("examhall_request_seconds_count", method="GET", route="none", status="4xx") == 1
    assert counted.since("examhall_request_seconds_count", method="OTHER", route="healthz", status="4xx") == 1
    text = observe.exposition(open_sessions=None).decode()
    assert "made-up" not in text
    assert "BREW" not in text


def test_an_unknown_host_is_counted_too() -> None:
    counted = Counted()
    Client(headers={"Host": "elsewhere.example"}).get("/healthz")
    assert counted.since("examhall_request_seconds_count", method="GET", route="none", status="4xx") == 1


def test_waiting_before_the_doors_is_part_of_the_time() -> None:
    counted = Counted()
    Client().get("/healthz", **{observe.ARRIVED: time.perf_counter() - 100})  # type: ignore[arg-type]
    assert counted.since("examhall_request_seconds_sum", method="GET", route="healthz", status="2xx") >= 100


def test_who_stands_in_front_of_the_doors_counts_its_refusals() -> None:
    counted = Counted()
    observe.count_refusal("overloaded")
    assert counted.since("examhall_refusals_total", code="overloaded") == 1


@pytest.fixture
def unwatched() -> Iterator[None]:
    """Watch no queue after the test."""
    yield
    observe.watch_queue(int)
    Client().get("/healthz")


def test_the_queue_is_looked_at_after_every_request(unwatched: None) -> None:
    depth = 7
    observe.watch_queue(lambda: depth)
    Client().get("/healthz")
    assert value(series_of(observe.exposition(open_sessions=None).decode()), "examhall_queue_depth") == 7
    depth = 0
    Client().get("/healthz")
    assert value(series_of(observe.exposition(open_sessions=None).decode()), "examhall_queue_depth") == 0


def test_processes_add_up_what_they_count_and_a_dead_one_keeps_its_part(directory: Path) -> None:
    for _ in range(2):
        _count("observe.count_answered(); observe.count_request('GET', 'x', 200, seconds=1)", directory)
    series = series_of(observe.exposition(open_sessions=None).decode())
    assert value(series, "examhall_saves_total", outcome="answered") == 2
    assert value(series, "examhall_request_seconds_sum", method="GET", route="x", status="2xx") == 2


def test_a_dead_process_has_no_queue(directory: Path) -> None:
    _count("observe.watch_queue(lambda: 5); observe.count_request('GET', 'x', 200, seconds=1)", directory)
    assert list(directory.glob("gauge_livesum_*.db"))
    series = series_of(observe.exposition(open_sessions=None).decode())
    assert value(series, "examhall_queue_depth") == 0


def test_what_was_chosen_holds_for_the_run_of_the_server_only(tmp_path: Path, directory: Path) -> None:
    assert metrics_files.directory() == directory
    with metrics_files.counting_in(tmp_path / "other"):
        assert metrics_files.directory() == tmp_path / "other"
    assert metrics_files.directory() == directory


def test_a_new_server_begins_at_nothing(directory: Path) -> None:
    _count("observe.count_answered()", directory)
    metrics_files.clear()
    series = series_of(observe.exposition(open_sessions=None).decode())
    assert value(series, "examhall_saves_total", outcome="answered") == 0


def test_the_space_is_taken_before_anything_is_counted(directory: Path) -> None:
    assert metrics_files.reserve()
    sizes = {path.name.rpartition("_")[0]: path.stat().st_blocks * 512 for path in directory.iterdir()}
    assert set(sizes) == {"counter", "histogram", "gauge_livesum"}
    assert all(size >= 2**16 for size in sizes.values()), "files with holes"
    # Four hundred kinds of requests fit; there are fewer addresses and methods than that.
    assert sizes["histogram"] >= 400 * 16 * 300


@pytest.fixture
def no_space(tmp_path: Path) -> Path:
    """A place where no directory can be made, as on a full disk."""
    place = tmp_path / "metrics"
    place.write_text("a file where the directory should be")
    return place


def test_a_server_without_space_counts_each_process_for_itself(no_space: Path) -> None:
    with metrics_files.counting_in(no_space):
        assert metrics_files.directory() is None
        assert metrics_files.reserve()


def test_a_process_without_space_counts_nothing_and_answers_everything(
    no_space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(no_space))
    middleware = observe.Observe(lambda _: HttpResponse("fine"))
    request = RequestFactory().get("/healthz")
    request.resolver_match = resolve("/healthz")
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")
    counted = Counted()
    assert middleware(request).status_code == 200
    observe.count_answered()
    observe.count_refused_save()
    observe.count_refusal("overloaded")
    observe.count_sign_in()
    assert counted.since("examhall_request_seconds_count", method="GET", route="healthz", status="2xx") == 0
    assert [counted.since("examhall_saves_total", outcome=word) for word in ("answered", "refused")] == [0, 0]
    assert counted.since("examhall_refusals_total", code="overloaded") == 0
    assert counted.since("examhall_sign_ins_total", outcome="succeeded") == 0
    observe.Observe(lambda _: HttpResponse("fine"))
    observe.count_answered()
    assert counted.since("examhall_saves_total", outcome="answered") == 1


def test_every_metric_is_documented() -> None:
    page = Path(__file__).parents[3] / "docs" / "operations" / "observing.md"
    documented = set(re.findall(r"^\| `(examhall_[a-z_]+)` \|", page.read_text(), re.MULTILINE))
    exposed = observe.exposition(open_sessions=0).decode()
    assert documented == set(re.findall(r"^# TYPE (\S+)", exposed, re.MULTILINE))


def test_counting_a_save_costs_less_than_its_limit() -> None:
    request = HttpRequest()
    request.method = "POST"
    request.resolver_match = resolve("/sessions/1/answers/")
    answer = HttpResponse(status=201)
    middleware = observe.Observe(lambda _: answer)

    def microseconds() -> float:
        began = time.perf_counter()
        for _ in range(1_000):
            middleware(request)
            observe.count_answered()
        return (time.perf_counter() - began) * 1_000

    # The quickest of several: what else runs on the machine is not the cost of counting.
    assert min(microseconds() for _ in range(20)) < LIMIT_MICROSECONDS
