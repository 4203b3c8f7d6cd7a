"""The server under test, as a browser and its operator see it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

CANDIDATE = {"email": "candidato@example.com", "contraseña": "examhall-demo"}

_SEND = """async ([path, body, withToken]) => {
  const headers = {"Content-Type": "application/json"};
  if (withToken) headers["X-CSRFToken"] = (await (await fetch("/csrf/")).json()).csrfToken;
  const answer = await fetch(path, {method: "POST", headers, body: JSON.stringify(body)});
  return {status: answer.status, body: await answer.json()};
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the server is, and its data."""

    address: str
    database: Path

    def count_sessions(self) -> int:
        """Count the exam sessions in the database."""
        with closing(sqlite3.connect(self.database)) as connection:
            found: int = connection.execute("SELECT COUNT(*) FROM examhall_exam_session").fetchone()[0]
            return found


def send(page: Page, path: str, body: object, *, with_token: bool = True) -> tuple[int, object]:
    """POST from a page of the server's own origin; return status and body of the answer."""
    answer = page.evaluate(_SEND, [path, body, with_token])
    return answer["status"], answer["body"]


def visit(page: Page) -> None:
    """Open a page of the server."""
    page.goto("/docs/", wait_until="domcontentloaded")


def sign_in(page: Page) -> None:
    """Sign the demo's candidate in; the page's browser has the cookies."""
    token = page.request.get("/csrf/").json()["csrfToken"]
    answer = page.request.post("/login/", data=CANDIDATE, headers={"X-CSRFToken": token})
    assert answer.status == 200, answer.text()
