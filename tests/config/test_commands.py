"""A start that cannot work ends with one message that says what to do, never with a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from examhall.config import env

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


def _run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {name: text for name, text in os.environ.items() if name not in {setting.name for setting in env.SETTINGS}}
    return subprocess.run(
        [sys.executable, MANAGE, *arguments],
        env=clean | {"DJANGO_SETTINGS_MODULE": "examhall.config.settings"} | variables,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


def test_wrong_settings_are_told_in_one_message(tmp_path: Path) -> None:
    run = _run("check", EXAMHALL_DATA_DIR=str(tmp_path), EXAMHALL_DEBUG="maybe", EXAMHALL_THREADS="0")
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        "examhall cannot start with these settings:",
        "  - EXAMHALL_THREADS must be a whole number from 1 to 64, not '0'.",
        "  - EXAMHALL_DEBUG must be on or off, not 'maybe'.",
        "Each setting: docs/operations/settings.md",
    ]


@pytest.mark.parametrize("scheme", ["postgres", "mysql"])
def test_a_database_that_does_not_answer_is_told_in_one_message(tmp_path: Path, scheme: str) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        url = f"{scheme}://alice:hunter2@127.0.0.1:{port}/exams"
        run = _run("migrate", EXAMHALL_DATA_DIR=str(tmp_path), DATABASE_URL=url)
    assert run.returncode == 1
    assert run.stderr.startswith("examhall cannot open its ")
    assert f"'exams' at 127.0.0.1:{port}" in run.stderr
    assert "Traceback" not in run.stderr
    assert "hunter2" not in run.stderr


def test_a_data_directory_that_cannot_be_made_is_told_in_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    run = _run("check", EXAMHALL_DATA_DIR=str(tmp_path / "file" / "data"))
    assert run.returncode == 1
    assert "EXAMHALL_DATA_DIR must be a directory that can be made and written" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_data_directory_is_made_at_start(tmp_path: Path) -> None:
    run = _run("check", EXAMHALL_DATA_DIR=str(tmp_path / "new" / "data"))
    assert run.returncode == 0, run.stderr
    assert [path.name for path in (tmp_path / "new" / "data").iterdir()] == ["secret_key"]
