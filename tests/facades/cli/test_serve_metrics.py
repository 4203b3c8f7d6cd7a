"""`manage.py serve` with several processes tells one truth, whichever of them is asked."""

import subprocess
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.facades.cli.serving import Environment, fetch, free_port, manage, migrated, serve, stop
from tests.facades.httpkit.metrics import Series, series_of, value

REQUESTS = 40

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return migrated(tmp_path, EXAMHALL_WORKERS="2")


@pytest.fixture
def server(environment: Environment, port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = serve(environment, port)
    yield process
    stop(process)


def _metrics(port: int) -> Series:
    return series_of(fetch(port, "/metrics").decode())


def _healthy(series: Series) -> float:
    return value(series, "examhall_request_seconds_count", method="GET", route="healthz", status="2xx")


def test_whoever_is_asked_counts_for_all(
    server: subprocess.Popen[bytes], environment: Environment, port: int, tmp_path: Path
) -> None:
    before = _healthy(_metrics(port))
    for _ in range(REQUESTS):
        fetch(port, "/healthz")
    seen = [_metrics(port) for _ in range(10)]
    assert {_healthy(series) - before for series in seen} == {REQUESTS}
    assert [value(series, "examhall_database_up") for series in seen] == [1] * 10
    counting = {path.stem.rpartition("_")[2] for path in (tmp_path / "metrics" / str(port)).glob("histogram_*.db")}
    assert len(counting - {str(server.pid)}) == 2, "both processes were to take part"

    stop(server)
    again = serve(environment, port)
    try:
        assert _healthy(_metrics(port)) < REQUESTS, "a new server begins to count anew"
    finally:
        stop(again)


def test_ready_follows_the_tables(server: subprocess.Popen[bytes], environment: Environment, port: int) -> None:
    assert fetch(port, "/readyz") == b'{"status":"ok"}'
    manage(environment, "migrate", "--verbosity=0", "examhall", "0002")
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(port, "/readyz")
    assert refused.value.code == 503
    refused.value.close()
