"""The development key is made once and kept to its owner."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from examhall.config.secret import development_key


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    assert development_key(tmp_path) == development_key(tmp_path)


def test_the_key_is_long_enough_to_sign_with(tmp_path: Path) -> None:
    assert len(development_key(tmp_path).encode()) >= 32


def test_each_data_directory_has_a_key_of_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert development_key(tmp_path / "a") != development_key(tmp_path / "b")


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    development_key(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(development_key, [tmp_path] * 32))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
