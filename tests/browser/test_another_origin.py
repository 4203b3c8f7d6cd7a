"""A page of another origin cannot do anything in the name of somebody who is signed in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.browser.site import Site, send, sign_in, visit

pytestmark = pytest.mark.browser

START = {"tipo_examen": "prueba"}

# The server answers to "localhost". Another port is another origin of the same site, so the browser sends the cookies along;
# the number is another site, to which SameSite=Lax sends none.
HOSTS = ["localhost", "127.0.0.1"]

_FETCHES = {
    "JSON, which asks for leave first": """
        {method: "POST", credentials: "include", headers: {"Content-Type": "application/json"}, body}""",
    "plain text, which needs no leave": """{method: "POST", credentials: "include", mode: "no-cors", body}""",
    "another method": """
        {method: "PATCH", credentials: "include", headers: {"Content-Type": "application/json"}, body}""",
    "a token that was guessed": """
        {method: "POST", credentials: "include", headers: {"X-CSRFToken": "a".repeat(32)}, body}""",
}
_FORMS = {
    "fields": "application/x-www-form-urlencoded",
    "a file form": "multipart/form-data",
    "JSON in plain text": "text/plain",
}


class _Page(BaseHTTPRequestHandler):
    """An empty page; what is posted to it is forgotten but for the cookies."""

    cookies: list[str]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>Elsewhere</title>")

    def do_POST(self) -> None:
        self.cookies.append(self.headers.get("Cookie", ""))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Say nothing."""


@contextmanager
def _serving() -> Iterator[tuple[int, list[str]]]:
    """Serve the page; yield its port and the cookies of each POST."""
    cookies: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Page", (_Page,), {"cookies": cookies}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1], cookies
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[int]:
    """Serve the page of another origin; return its port."""
    with _serving() as (port, _):
        yield port


@pytest.fixture
def place(request: pytest.FixtureRequest, elsewhere: int) -> str:
    """Return the address of the empty page under a host name."""
    return f"http://{request.param}:{elsewhere}/"


@pytest.fixture
def seen(page: Page, site: Site) -> list[tuple[str, int]]:
    """Sign the candidate in; return a list of method and status, which grows with each answer to a start."""
    sign_in(page)
    answers: list[tuple[str, int]] = []
    page.on(
        "response",
        lambda answer: (
            answers.append((answer.request.method, answer.status)) if "get_exam_questions" in answer.url else None
        ),
    )
    return answers


@pytest.mark.parametrize("place", HOSTS, indirect=True)
@pytest.mark.parametrize("kind", _FETCHES)
def test_its_fetch_changes_nothing(page: Page, site: Site, seen: list[tuple[str, int]], place: str, kind: str) -> None:
    before = site.count_sessions()
    page.goto(place)
    told = page.evaluate(
        f"""async ([address, body]) => {{
          try {{ return (await fetch(address, {_FETCHES[kind]})).type; }} catch (error) {{ return String(error); }}
        }}""",
        [f"{site.address}/get_exam_questions/", '{"tipo_examen": "prueba"}'],
    )
    # Nothing can be read, whatever was sent.
    assert told in ("opaque", "TypeError: Failed to fetch")
    assert all(status == 403 for method, status in seen if method != "OPTIONS")
    assert site.count_sessions() == before


@pytest.mark.parametrize("place", HOSTS, indirect=True)
def test_the_cookies_do_travel_within_a_site_and_what_arrives_is_refused(
    page: Page, site: Site, seen: list[tuple[str, int]], place: str
) -> None:
    send = """(address) => fetch(address, {method: "POST", credentials: "include", mode: "no-cors", body: "{}"})"""
    page.goto(place)
    # The browser hides the headers of what it refuses to read, so a server of ours at the same name tells them.
    with _serving() as (port, cookies):
        page.evaluate(send, f"http://localhost:{port}/")
    assert ["sessionid=" in sent for sent in cookies] == ["localhost" in place]
    with page.expect_response("**/get_exam_questions/"):
        page.evaluate(send, f"{site.address}/get_exam_questions/")
    assert seen == [("POST", 403)]


@pytest.mark.parametrize("place", HOSTS, indirect=True)
@pytest.mark.parametrize("kind", _FORMS)
def test_its_form_changes_nothing(page: Page, site: Site, seen: list[tuple[str, int]], place: str, kind: str) -> None:
    before = site.count_sessions()
    page.goto(place)
    with page.expect_navigation():
        page.evaluate(
            """([action, enctype]) => {
              const form = Object.assign(document.createElement("form"), {method: "POST", action, enctype});
              const fields = {tipo_examen: "prueba", csrfmiddlewaretoken: "a".repeat(32), '{"tipo_examen": "prueba", "x': '"}'};
              for (const [name, value] of Object.entries(fields))
                form.append(Object.assign(document.createElement("input"), {name, value}));
              document.body.append(form);
              form.submit();
            }""",
            [f"{site.address}/get_exam_questions/", _FORMS[kind]],
        )
    assert seen == [("POST", 403)]
    assert site.count_sessions() == before


def test_a_page_of_the_server_without_the_token_changes_nothing(
    page: Page, site: Site, seen: list[tuple[str, int]]
) -> None:
    before = site.count_sessions()
    visit(page)
    status, body = send(page, "/get_exam_questions/", START, with_token=False)
    assert (status, body) == (403, {"error": "CSRF verification failed: CSRF token missing."})
    assert site.count_sessions() == before


def test_a_page_of_the_server_with_the_token_begins_an_exam(
    page: Page, site: Site, seen: list[tuple[str, int]]
) -> None:
    before = site.count_sessions()
    visit(page)
    # A final one: no other test needs the candidate to have none.
    assert send(page, "/get_exam_questions/", {"tipo_examen": "final"})[0] == 200
    assert site.count_sessions() == before + 1


def test_the_server_speaks_as_the_document_does_whatever_its_operator_speaks(page: Page, site: Site) -> None:
    visit(page)
    weak = {"matricula": "1", "nombre": "A", "paterno": "B", "materno": "C", "email": "a@example.com", "username": "a"}
    status, body = send(page, "/register/", {**weak, "contraseña": "1"})
    assert status == 400
    assert "This password is too short." in str(body)
