"""`manage.py serve` starts when it can serve, and says why when it cannot."""

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
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a database of its own."""
    clean = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    return clean | {"DJANGO_SETTINGS_MODULE": "examhall.config.settings", "EXAMHALL_DATA_DIR": str(tmp_path)}


@pytest.fixture
def server(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    subprocess.run([sys.executable, MANAGE, "migrate", "--verbosity=0"], env=environment, check=True)
    command = [sys.executable, str(MANAGE), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield process
    # Not killed: that would leave its worker processes behind.
    process.terminate()
    process.communicate(timeout=30)


def _status(port: int) -> int:
    """Return the status of an address that is not there, once the server answers."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nowhere/", timeout=5)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return 0


def test_it_answers_and_ends_in_order_when_told_to(server: subprocess.Popen[str], port: int) -> None:
    assert _status(port) == 404
    server.send_signal(signal.SIGTERM)
    shown, logged = server.communicate(timeout=20)
    assert server.returncode == 0
    assert f"http://127.0.0.1:{port}/" in shown
    assert "Traceback" not in logged


@pytest.mark.django_db
def test_a_taken_port_is_refused(port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(CommandError, match=f"Cannot listen on 127.0.0.1, port {port}"):
            call_command("serve", port=port)


@pytest.mark.django_db
def test_tables_that_are_not_up_to_date_are_refused(port: int) -> None:
    applied = MigrationRecorder(connection)
    applied.record_unapplied("examhall", max(name for app, name in applied.applied_migrations() if app == "examhall"))
    with pytest.raises(CommandError, match=r"python manage\.py migrate"):
        call_command("serve", port=port)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="is no port"):
        call_command("serve", f"--port={text}")
