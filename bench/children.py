"""Processes that a run starts, and ends, whatever happens: the server and the tasks."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.world import ROOT

T = TypeVar("T")

_START_SECONDS, _STOP_SECONDS, _TASK_SECONDS = 60, 20, 180


class Failed(Exception):
    """A process did not do what it was started for; the text holds the end of what it said."""


def task(kind: type[T], name: str, *arguments: str, environment: Mapping[str, str]) -> T:
    """Run a task of ``bench.inside`` and return its result.

    :raises Failed: when it fails.
    """
    with begun_task(name, *arguments, environment=environment) as process:
        return result(kind, name, process)


@contextlib.contextmanager
def begun_task(name: str, *arguments: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start a task; end it when the block is left."""
    command = [sys.executable, "-m", "bench.inside", name, *arguments]
    process = _start(command, environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with _ended(process):
        yield process


def result(kind: type[T], name: str, process: subprocess.Popen[bytes]) -> T:
    """Wait for a task and return its result.

    :raises Failed: when it fails.
    """
    shown, said = _communicate(name, process)
    if process.returncode:
        raise Failed(_message(name, process.returncode, said))
    return msgspec.json.decode(shown, type=kind)


def manage(*arguments: str, environment: Mapping[str, str]) -> None:
    """Run a management command.

    :raises Failed: when it fails.
    """
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    process = _start(command, environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with _ended(process):
        _, said = _communicate(arguments[0], process)
        if process.returncode:
            raise Failed(_message(arguments[0], process.returncode, said))


@contextlib.contextmanager
def server(port: int, *, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Serve examhall as ``make run`` does until the block is left; give the id of the process.

    :raises Failed: when it does not answer.
    """
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    with log.open("wb") as output:
        process = _start(command, environment, stdout=output, stderr=output)
    with _ended(process):
        _await_answer(process, port, log)
        yield process.pid


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(
    command: list[str], environment: Mapping[str, str], *, stdout: int | object, stderr: int | object
) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process only, which then ends the others in order.
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=stdout,  # type: ignore[arg-type] # the stub's own type for it is private
        stderr=stderr,  # type: ignore[arg-type]
        start_new_session=True,
    )


def _communicate(name: str, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    try:
        return process.communicate(timeout=_TASK_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Failed(_message(name, None, error.stderr or b"")) from error


@contextlib.contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process and its children when the block is left: politely, then for good."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=_STOP_SECONDS)
        # By their session, which is the process's own: a child may have outlived its parent.
        for pid in _session(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _session(leader: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(ProcessLookupError):
            if entry.name.isdigit() and os.getsid(int(entry.name)) == leader:
                found.append(int(entry.name))
    return found


def _await_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/sessions/active/")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise Failed(_message("serve", process.returncode, log.read_bytes()))


def _message(name: str, code: int | None, said: bytes) -> str:
    text = said.decode(errors="replace")[-3000:].strip()
    return f"{name} failed ({'no answer' if code is None else f'exit code {code}'}):\n{text}"
