"""What a start warns of and refuses."""

from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from examhall.config import checks, databases


def _ids(messages: list[CheckMessage]) -> set[str | None]:
    return {message.id for message in messages}


@pytest.fixture
def public(settings: Settings) -> Settings:
    """Settings of a server that others reach, all of them right."""
    settings.ALLOWED_HOSTS = ["exams.example.org"]
    settings.EXAMHALL_SECRET_KEY_IS_DEVELOPMENT = False
    settings.DEBUG = False
    settings.SESSION_COOKIE_SECURE = True
    return settings


def test_a_well_set_public_server_has_no_warning(public: Settings) -> None:
    assert checks.check_exposure(None) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("EXAMHALL_SECRET_KEY_IS_DEVELOPMENT", True, "examhall.W001"),
        ("DEBUG", True, "examhall.W002"),
        ("SESSION_COOKIE_SECURE", False, "examhall.W003"),
        ("ALLOWED_HOSTS", ["*"], "examhall.W004"),
    ],
)
def test_a_public_server_is_warned_of(public: Settings, name: str, value: object, expected: str) -> None:
    setattr(public, name, value)
    assert _ids(checks.check_exposure(None)) == {expected}


def test_on_ones_own_machine_all_that_is_fine(public: Settings) -> None:
    public.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    public.EXAMHALL_SECRET_KEY_IS_DEVELOPMENT = public.DEBUG = True
    public.SESSION_COOKIE_SECURE = False
    assert checks.check_exposure(None) == []


@pytest.mark.parametrize(
    ("engine", "workers", "expected"),
    [
        (databases.SQLITE, 1, set()),
        (databases.SQLITE, 2, {"examhall.W005"}),
        (databases.POSTGRESQL, 2, set()),
    ],
)
def test_several_processes_on_sqlite_are_warned_of(engine: str, workers: int, expected: set[str]) -> None:
    assert _ids(checks.starving_workers(engine, workers)) == expected


def test_a_mistyped_name_is_named_with_the_one_meant() -> None:
    (message,) = checks.unknown_names({"EXAMHALL_GRACE_SECOND": "1", "EXAMHALL_DEBUG": "on", "PATH": "x"})
    assert "EXAMHALL_GRACE_SECOND " in message.msg
    assert message.hint == "Did you mean EXAMHALL_GRACE_SECONDS?"


def test_a_data_directory_that_is_gone_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.EXAMHALL_DATA_DIR = tmp_path / "gone"
    assert _ids(checks.check_data_directory(None)) == {"examhall.E001"}


def test_a_writable_data_directory_is_fine(settings: Settings, tmp_path: Path) -> None:
    settings.EXAMHALL_DATA_DIR = tmp_path
    assert checks.check_data_directory(None) == []


@pytest.mark.django_db
def test_the_database_under_test_is_fine() -> None:
    assert checks.check_database(None, databases=["default"]) == []
