"""Log lines hold no secrets."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from examhall.config import logs


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)
    logs.configure(style="console", level="info")


def test_a_secret_value_is_masked(root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(style="json", level="info")
    structlog.get_logger("exam").info("signed_in", account="alice", refresh_token="hunter2", Password="hunter2")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line) | {"timestamp": ""} == {
        "event": "signed_in",
        "level": "info",
        "logger": "exam",
        "account": "alice",
        "refresh_token": "***",
        "Password": "***",
        "timestamp": "",
    }
    assert root_logger.handlers


@pytest.mark.usefixtures("root_logger")
def test_a_failure_is_one_line_of_json_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(style="json", level="info")
    try:
        int("gone")
    except ValueError:
        logging.getLogger("django.request").exception("failed")
    (line,) = capsys.readouterr().err.splitlines()
    assert "ValueError: " in json.loads(line)["exception"]


@pytest.mark.usefixtures("root_logger")
def test_quieter_messages_than_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(style="console", level="warning")
    logging.getLogger("exam").info("quiet")
    logging.getLogger("exam").warning("loud")
    err = capsys.readouterr().err
    assert "loud" in err
    assert "quiet" not in err
