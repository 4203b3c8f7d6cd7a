"""docs/api/certification.md names every call, method and sentence of this door."""

import re
from pathlib import Path

import pytest

from examhall.facades.examenes import urls
from examhall.facades.examenes.errors import TABLE
from tests.facades.access_certification import CERTIFICATION_ROWS

PAGE = (Path(__file__).parents[3] / "docs" / "api" / "certification.md").read_text(encoding="utf-8")
CALLS = dict(re.findall(r"^\| `/(\w+/)` \| ([A-Z, ]+) \|", PAGE, re.MULTILINE))
# A family's sentence is for refusals of other doors, which cannot happen here.
FAMILIES = {"Request refused.", "Not found.", "This is not possible now.", "This value is not valid."}
SENTENCES = {(status, text) for status, text in TABLE.values() if isinstance(text, str)}


def test_the_calls_and_their_methods_are_those_of_the_door() -> None:
    documented = {(method, route) for route, methods in CALLS.items() for method in methods.split(", ")}
    assert documented == {row.endpoint for row in CERTIFICATION_ROWS}
    assert set(CALLS) == {str(pattern.pattern) for pattern in urls.urlpatterns}


@pytest.mark.parametrize(
    ("status", "text"),
    sorted(one for one in SENTENCES if one[1] not in FAMILIES and "permission" not in one[1]),
)
def test_every_sentence_is_documented_with_its_status(status: int, text: str) -> None:
    assert f"| {status} | `{text}` |" in PAGE
