"""Texts for people: each has a Spanish text, the compiled file is that of the source file, and the wire stays as it is."""

import ast
import gettext
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from tests.architecture.tree import ROOT, SOURCE, python_modules

FILE = SOURCE / "locale" / "es" / "LC_MESSAGES" / "django.po"

# What marks a text, and how many texts it takes.
_MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), 1),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), 2),
}
_PLACE = re.compile(r"%\(\w+\)[a-z]")
_ENTRY = re.compile(
    r'^msgid (?P<one>".*"(?:\n".*")*)(?:\nmsgid_plural (?P<many>".*"(?:\n".*")*))?\n(?P<texts>(?:msgstr.*(?:\n".*")*\n?)+)',
    re.MULTILINE,
)
_TEXT = re.compile(r'^msgstr(?:\[\d\])? (".*"(?:\n".*")*)', re.MULTILINE)

Marked = tuple[str, ...]


def _marked(path: Path) -> Iterator[Marked]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = node.args[: _MARKS.get(name, 0)]
        if texts and all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
            yield tuple(str(ast.literal_eval(text)) for text in texts)


def _unquoted(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())


def _translated() -> dict[Marked, list[str]]:
    """Return the Spanish texts by what they translate; the entry of the header is not a text."""
    entries = {
        tuple(_unquoted(part) for part in (found["one"], found["many"]) if part): [
            _unquoted(text) for text in _TEXT.findall(found["texts"])
        ]
        for found in _ENTRY.finditer(FILE.read_text())
    }
    del entries[("",)]
    return entries


MARKED = sorted({texts for path in python_modules() if SOURCE in path.parents for texts in _marked(path)})


def test_texts_are_marked() -> None:
    assert ("Try this first:",) in MARKED


@pytest.mark.parametrize("texts", MARKED, ids=lambda texts: texts[0][:40])
def test_a_text_has_its_spanish_one(texts: Marked) -> None:
    spanish = _translated()[texts]
    assert len(spanish) == len(texts)
    assert all(text.strip() for text in spanish)
    for text, other in zip(texts, spanish, strict=True):
        assert sorted(_PLACE.findall(other)) == sorted(_PLACE.findall(text))


def test_no_spanish_text_is_left_over_or_doubtful() -> None:
    assert set(_translated()) == set(MARKED)
    assert "fuzzy" not in FILE.read_text()


def test_the_compiled_file_is_that_of_the_source_file() -> None:
    with FILE.with_suffix(".mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)
    for texts, spanish in _translated().items():
        match texts:
            case (one, many):
                assert [found.ngettext(one, many, count) for count in (1, 2)] == spanish
            case _:
                assert [found.gettext(texts[0])] == spanish
    catalog = {key for key in vars(found)["_catalog"] if key}
    assert {key if isinstance(key, str) else key[0] for key in catalog} == {texts[0] for texts in _translated()}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "is no port: a number from 1"), ("es", "no es un puerto: debe ser un número del 1")],
)
def test_a_command_speaks_the_language_of_the_settings(tmp_path: Path, language: str, sentence: str) -> None:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("EXAMHALL_")}
    run = subprocess.run(
        [sys.executable, ROOT / "manage.py", "serve", "--port=0"],
        env=clean
        | {
            "DJANGO_SETTINGS_MODULE": "examhall.config.settings",
            "EXAMHALL_DATA_DIR": str(tmp_path),
            "EXAMHALL_LANGUAGE": language,
        },
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    assert run.returncode != 0
    assert sentence in run.stderr


@pytest.mark.parametrize(("language", "sentence"), [("en", "Closed 0 sessions."), ("es", "Se cerraron 0 sesiones.")])
@pytest.mark.django_db
def test_so_it_does_when_it_is_called(capsys: pytest.CaptureFixture[str], language: str, sentence: str) -> None:
    with override_settings(EXAMHALL_LANGUAGE=language):
        call_command("close_due")
    assert capsys.readouterr().out.strip() == sentence


@override_settings(EXAMHALL_LANGUAGE="es")
@pytest.mark.django_db
def test_the_wire_is_not_translated() -> None:
    weak = {"email": "a@example.com", "password": "1", "password_confirm": "1", "fullName": "A", "role": "student"}
    answer = Client(headers={"Accept-Language": "es"}).post("/auth/register/", weak, content_type="application/json")
    assert "too short" in answer.json()["errors"]["password"][0]
    assert settings.LANGUAGE_CODE == "en"
