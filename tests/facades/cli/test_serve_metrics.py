"""`manage.py serve` with several processes tells one truth, whichever of them is asked."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.facades.httpkit.metrics import Series, series_of, value

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"
REQUESTS = 40

pytestmark = pytest.mark.slow


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a database of its own and two server processes."""
    clean = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    chosen = {"EXAMHALL_DATA_DIR": str(tmp_path), "EXAMHALL_WORKERS": "2"}
    clean |= chosen | {"DJANGO_SETTINGS_MODULE": "examhall.config.settings"}
    subprocess.run([sys.executable, MANAGE, "migrate", "--verbosity=0"], env=clean, check=True)
    return clean


@pytest.fixture
def server(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = _serve(environment, port)
    yield process
    process.kill()
    process.wait()


def _serve(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(MANAGE), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            _get(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    pytest.fail("the server does not answer")


def _get(port: int, path: str) -> bytes:
    """Ask over a connection of its own, so that any process may get it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        body: bytes = answer.read()
    return body


def _metrics(port: int) -> Series:
    return series_of(_get(port, "/metrics").decode())


def _healthy(series: Series) -> float:
    return value(series, "examhall_request_seconds_count", method="GET", route="healthz", status="2xx")


def test_whoever_is_asked_counts_for_all(
    server: subprocess.Popen[bytes], environment: dict[str, str], port: int, tmp_path: Path
) -> None:
    before = _healthy(_metrics(port))
    for _ in range(REQUESTS):
        _get(port, "/healthz")
    seen = [_metrics(port) for _ in range(10)]
    assert {_healthy(series) - before for series in seen} == {REQUESTS}
    assert [value(series, "examhall_database_up") for series in seen] == [1] * 10
    counting = {path.stem.rpartition("_")[2] for path in (tmp_path / "metrics" / str(port)).glob("histogram_*.db")}
    assert len(counting - {str(server.pid)}) == 2, "both processes were to take part"

    server.send_signal(signal.SIGTERM)
    server.wait(timeout=20)
    again = _serve(environment, port)
    try:
        assert _healthy(_metrics(port)) < REQUESTS, "a new server begins to count anew"
    finally:
        again.kill()
        again.wait()


def test_ready_follows_the_tables(server: subprocess.Popen[bytes], environment: dict[str, str], port: int) -> None:
    assert _get(port, "/readyz") == b'{"status":"ok"}'
    command = [sys.executable, MANAGE, "migrate", "--verbosity=0", "examhall", "0002"]
    subprocess.run(command, env=environment, check=True)
    with pytest.raises(urllib.error.HTTPError) as refused:
        _get(port, "/readyz")
    assert refused.value.code == 503
    refused.value.close()
