"""What the environment says becomes a setting, and what it says wrongly becomes one clear message."""

from decimal import Decimal
from pathlib import Path

import pytest

from examhall.config import env

WRONG = [
    (env.DATABASE_URL, "oracle://x/y"),
    (env.DATABASE_URL, "postgres"),
    (env.DATABASE_URL, "postgres://"),
    (env.SECRET_KEY, "x" * 31),
    (env.ALLOWED_HOSTS, "https://exams.example.org"),
    (env.ALLOWED_HOSTS, "exams.example.org:8000"),
    (env.ALLOWED_HOSTS, ","),
    (env.TEACHER_REGISTRATION, "yes"),
    (env.DEBUG, "maybe"),
    (env.GRACE_SECONDS, "-1"),
    (env.GRACE_SECONDS, "301"),
    (env.GRACE_SECONDS, "5.0"),
    (env.GRACE_SECONDS, "\u0665"),
    (env.DIFFICULTY_WEIGHTS, "easy=1,medium=2"),
    (env.DIFFICULTY_WEIGHTS, "easy=1,medium=2,hard=3,harder=4"),
    (env.DIFFICULTY_WEIGHTS, "easy=0,medium=2,hard=3"),
    (env.DIFFICULTY_WEIGHTS, "easy=1,medium=2,hard=NaN"),
    (env.DIFFICULTY_WEIGHTS, "easy"),
    (env.LOG_FORMAT, "xml"),
    (env.WORKERS, "0"),
    (env.THREADS, "many"),
]
RIGHT = [
    (env.DATABASE_URL, "mariadb://u:p@h/n", "mariadb://u:p@h/n"),
    (env.SECRET_KEY, "k" * 32, "k" * 32),
    (env.SECRET_KEY, "$" + "k" * 31, "$" + "k" * 31),
    (env.ALLOWED_HOSTS, " a.example.org , [::1],.example.com", ["a.example.org", "[::1]", ".example.com"]),
    (env.TEACHER_REGISTRATION, "Open", "open"),
    (env.DEBUG, "TRUE", True),
    (env.DEBUG, "0", False),
    (env.GRACE_SECONDS, "0", 0),
    (env.GRACE_SECONDS, "300", 300),
    (
        env.DIFFICULTY_WEIGHTS,
        "hard=2.5, easy=1,medium=1.5",
        {"hard": Decimal("2.5"), "easy": Decimal(1), "medium": Decimal("1.5")},
    ),
    (env.WORKERS, "3", 3),
]


def _name(value: object) -> str:
    return value.name if isinstance(value, env.Setting) else repr(value)


@pytest.mark.parametrize(("setting", "text"), WRONG, ids=_name)
def test_a_wrong_value_is_refused_by_the_name_of_its_setting(setting: env.Setting[object], text: str) -> None:
    reader = env.Reader({setting.name: text})
    reader.read(setting)
    with pytest.raises(env.SettingsError, match=rf"(?m)^  - {setting.name} must be "):
        reader.finish()


@pytest.mark.parametrize(("setting", "text", "value"), RIGHT, ids=_name)
def test_a_right_value_is_read(setting: env.Setting[object], text: str, value: object) -> None:
    reader = env.Reader({setting.name: text})
    assert reader.read(setting) == value
    reader.finish()


@pytest.mark.parametrize("setting", env.SETTINGS, ids=_name)
@pytest.mark.parametrize("text", [None, "", "  "], ids=["unset", "empty", "blank"])
def test_an_unset_or_empty_variable_has_its_default(setting: env.Setting[object], text: str | None) -> None:
    reader = env.Reader({} if text is None else {setting.name: text})
    assert reader.read(setting) == setting.parse(setting.default)
    reader.finish()


def test_all_problems_are_reported_at_once() -> None:
    reader = env.Reader({env.DEBUG.name: "maybe", env.WORKERS.name: "none"})
    reader.read(env.DEBUG)
    reader.read(env.WORKERS)
    with pytest.raises(env.SettingsError) as refusal:
        reader.finish()
    assert env.DEBUG.name in str(refusal.value)
    assert env.WORKERS.name in str(refusal.value)


def test_a_refused_key_or_address_is_not_printed() -> None:
    reader = env.Reader({env.SECRET_KEY.name: "hunter2", env.DATABASE_URL.name: "db://user:hunter2@host/name"})
    reader.read(env.SECRET_KEY)
    reader.read(env.DATABASE_URL)
    with pytest.raises(env.SettingsError) as refusal:
        reader.finish()
    assert "hunter2" not in str(refusal.value)


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.touch()
    reader = env.Reader({env.DATA_DIR.name: str(file)})
    reader.read(env.DATA_DIR)
    with pytest.raises(env.SettingsError, match="is a file"):
        reader.finish()
