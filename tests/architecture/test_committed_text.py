"""Nothing that is committed names a package host or a path of somebody's machine."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import committed_files, name_of

# Put together here, so that this file does not name them either.
_HOSTS = ["pypi." + "org", "files.python" + "hosted", "registry." + "npmjs", "registry." + "yarnpkg"]
_OPTIONS = ["--" + "index-url", "--" + "extra-index-url", "--" + "find-links"]
_HOMES = ["/" + folder + "/" for folder in ("root", "home", "work", "Users")]
_FORBIDDEN = re.compile(
    "|".join(re.escape(text) for text in _HOSTS)
    + "|(?<![\\w-])(?:" + "|".join(re.escape(text) for text in _OPTIONS) + ")"
    # A folder of the file system's root; not the end of a longer path or of an address.
    + "|(?<![\\w.~/})-])(?:" + "|".join(re.escape(text) for text in _HOMES) + ")"
)  # fmt: skip


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_package_host_or_a_path_of_a_machine() -> None:
    found = {name_of(path): _FORBIDDEN.findall(_text(path)) for path in committed_files()}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize("text", [f"see {_HOSTS[0]}", f"pip {_OPTIONS[0]} x", f"open {_HOMES[0]}x", f"'{_HOMES[1]}x'"])
def test_the_pattern_finds_what_it_looks_for(text: str) -> None:
    assert _FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["/api/home/x", "--no-emit-find-links", "http://localhost/work/", "src/root/x"])
def test_the_pattern_leaves_other_texts_alone(text: str) -> None:
    assert not _FORBIDDEN.search(text)
