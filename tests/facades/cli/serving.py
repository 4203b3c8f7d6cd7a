"""Running the real server in a process of its own, on SQLite, in a data directory of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"

Environment = dict[str, str]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def migrated(data_dir: Path, **chosen: str) -> Environment:
    """Return the environment of a server with these settings, its tables made."""
    clean = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    own = {"DJANGO_SETTINGS_MODULE": "examhall.config.settings", "EXAMHALL_DATA_DIR": str(data_dir)}
    environment = clean | own | chosen
    manage(environment, "migrate", "--verbosity=0")
    return environment


def manage(environment: Environment, *arguments: str) -> None:
    """Run a management command to its end."""
    subprocess.run([sys.executable, str(MANAGE), *arguments], env=environment, check=True)


def serve(environment: Environment, port: int) -> subprocess.Popen[bytes]:
    """Start the server; return its process once it answers."""
    command = [sys.executable, str(MANAGE), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            fetch(port, "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return process
    stop(process)
    pytest.fail("the server does not answer")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server in order: killed, it would leave its worker processes behind."""
    process.terminate()
    process.wait(timeout=30)


def fetch(port: int, path: str) -> bytes:
    """Return what an address answers; over a connection of its own, so that any process of the server may get it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        body: bytes = answer.read()
    return body
