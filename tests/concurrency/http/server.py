"""The real server as it is started for an exam, on a database and in a data directory of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from examhall.config import env
from tests.concurrency.http.school import School

_ROOT = Path(__file__).resolve().parents[3]
_COMMAND_SECONDS, _START_SECONDS, _STOP_SECONDS = 100, 60, 15
# Of two processes: all of twenty simultaneous calls are worked on at once.
_THREADS = 10
# What the databases of tests may be spared. How transactions see each other is what these tests are about.
_SPARED = sorted(set(env.LOSSY) - {"storage_engine", "transaction_isolation"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running server; ``processes`` is how many of its processes answer."""

    port: int
    pid: int
    processes: int
    school: School
    environment: Mapping[str, str]

    def deactivate(self, email: str) -> None:
        """Switch an account off, as another process; it is committed on return."""
        _planting(self.environment, "deactivate", email)


@contextlib.contextmanager
def running_site(database_url: str, directory: Path) -> Iterator[Site]:
    """Make the tables, plant the school and serve it until the block is left."""
    environment = _environment(database_url, directory)
    _run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], environment)
    school = msgspec.json.decode(_planting(environment, "plant"), type=School)
    port = _free_port()
    with _served(port, environment, directory / "server.log") as pid:
        yield Site(port=port, pid=pid, processes=2 if database_url else 1, school=school, environment=environment)


def _environment(database_url: str, directory: Path) -> dict[str, str]:
    """Return the environment of a server: nothing of the test run's own settings."""
    foreign = {setting.name for setting in env.SETTINGS} | {"DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in foreign}
    return inherited | {
        env.DATABASE_URL.name: database_url,
        env.DATA_DIR.name: str(directory),
        env.THREADS.name: str(_THREADS),
        env.LOG_LEVEL.name: "warning",
        env.ALLOW_LOSSY_DATABASE.name: ",".join(_SPARED),
        "PYTHONPATH": os.pathsep.join([str(_ROOT / "src"), str(_ROOT)]),
    }


def _planting(environment: Mapping[str, str], *arguments: str) -> bytes:
    return _run([sys.executable, "-m", "tests.concurrency.http.planting", *arguments], environment)


def _run(command: list[str], environment: Mapping[str, str]) -> bytes:
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, capture_output=True, check=False, timeout=_COMMAND_SECONDS
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def _served(port: int, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with log.open("wb") as output:
        # A session, and so a process group, of its own: what it leaves behind is found by its id.
        process = subprocess.Popen(
            command, cwd=_ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _await_answer(process, port, log)
        yield process.pid
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/sessions/active/")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    said = log.read_text(errors="replace")[-3000:]
    pytest.fail(f"the server does not answer (exit code {process.returncode}):\n{said}")
