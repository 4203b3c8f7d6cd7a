"""Images of questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from tests.facades.rest.api import Api

# Closing an answer looks after the database's connections.
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[None]:
    """Lay out a directory of images with a secret beside it."""
    root = tmp_path / "media"
    (root / "questions").mkdir(parents=True)
    (root / "questions" / "axes.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (root / "notes.txt").write_text("not an image")
    (tmp_path / "secret.svg").write_text("secret")
    with override_settings(MEDIA_ROOT=root):
        yield


def test_an_image_is_served_to_browsers() -> None:
    answer = Client().get("/media/questions/axes.svg")
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"<svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_a_drawing_that_is_opened_by_itself_runs_no_scripts() -> None:
    answer = Client().get("/media/questions/axes.svg")
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script" not in policy
    assert policy.startswith("default-src 'none'")
    answer.close()


@pytest.mark.parametrize(
    "path",
    [
        "questions/none.svg",
        "questions",
        "questions/",
        "notes.txt",
        "../secret.svg",
        "..%2fsecret.svg",
        "%2e%2e/secret.svg",
        "questions/../../secret.svg",
        "%2fetc%2fhostname.svg",
        "a%00.svg",
        f"{'a' * 300}.svg",
        "",
    ],
)
def test_whatever_else_lies_there_does_not_exist(path: str) -> None:
    assert Api().get(f"/media/{path}").refused(404, "Not found")


def test_nothing_is_uploaded_here() -> None:
    assert Client().post("/media/questions/axes.svg").status_code == 405
