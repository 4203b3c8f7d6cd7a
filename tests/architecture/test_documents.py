"""The documents are true: their links lead somewhere, and they list every setting and every check."""

import re
from pathlib import Path

import pytest

from examhall.config import checks, env
from tests.architecture.tree import ROOT, documents, name_of

_LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.*?)\s*$", re.MULTILINE)
_CELL = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)

SETTINGS_PAGE = ROOT / "docs" / "operations" / "settings.md"


def _anchors(path: Path) -> set[str]:
    headings = _HEADING.findall(_FENCE.sub("", path.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _is_dead(path: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return False
    place, _, anchor = target.partition("#")
    file = (path.parent / place).resolve() if place else path
    return not file.exists() or bool(anchor and file.suffix == ".md" and anchor not in _anchors(file))


def test_every_link_leads_somewhere() -> None:
    links = [(path, target) for path in documents() for target in _LINK.findall(_FENCE.sub("", path.read_text()))]
    assert links
    assert [(name_of(path), target) for path, target in links if _is_dead(path, target)] == []


def _documented() -> dict[str, tuple[str, str]]:
    return {name: (default, meaning) for name, default, meaning in _CELL.findall(SETTINGS_PAGE.read_text())}


@pytest.mark.parametrize("setting", env.SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_documented_with_its_default_and_meaning(setting: env.Setting[object]) -> None:
    default = f"`{setting.default}`" if setting.default else "unset"
    assert _documented()[setting.name] == (default, setting.meaning)


def test_no_document_lists_a_setting_that_is_gone() -> None:
    assert set(_documented()) == {setting.name for setting in env.SETTINGS}


def test_the_table_of_settings_is_whole() -> None:
    declared = {value for value in vars(env).values() if isinstance(value, env.Setting)}
    assert declared == set(env.SETTINGS)


def test_every_check_is_documented() -> None:
    raised = set(re.findall(r"examhall\.[EW]\d{3}", Path(checks.__file__).read_text()))
    documented = set(re.findall(r"examhall\.[EW]\d{3}", SETTINGS_PAGE.read_text()))
    assert raised == documented
