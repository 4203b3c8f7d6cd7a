"""Whatever happens, the answer is in the envelope."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from rest_framework.request import Request

from examhall.domain.errors import TooManyEvents
from examhall.facades.rest.base import PublicView, RestView
from tests.builders import World
from tests.facades.rest.api import Api

START = "/sessions/start/"


class _Raising(PublicView):
    """Raises what the test puts here."""

    raised: Exception = ValueError("the password is hunter2")

    def get(self, _request: Request) -> HttpResponse:
        raise self.raised


class _Private(RestView):
    def get(self, _request: Request) -> HttpResponse:
        return self.ok({"seen": True})


urlpatterns = [path("raising/", _Raising.as_view()), path("private/", _Private.as_view())]
handler404 = "examhall.facades.rest.handlers.not_found"
handler500 = "examhall.facades.rest.handlers.server_error"


@pytest.fixture
def own_addresses() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/sessions",
        "/sessions/",
        "/sessions/start",
        "/sessions/1",
        "/sessions//",
        "/%00/",
        "/sessions/%ff/",
    ],
)
def test_an_unknown_address_is_404(address: str) -> None:
    assert Api().get(address).refused(404, "Not found")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "SETUP", "OK"])
def test_a_method_that_an_address_does_not_have_is_405(method: str) -> None:
    answer = Api().send(method, START)
    assert answer.refused(405, "Method not allowed")
    assert answer.headers["Allow"] == "POST, OPTIONS"


def test_options_says_which_methods_there_are() -> None:
    answer = Api().send("OPTIONS", START)
    assert (answer.status, answer.data) == (200, {"methods": ["POST", "OPTIONS"]})


def test_head_answers_like_get_without_a_body(world: World, alice: Api) -> None:
    assert world.exam.pk
    answer = alice.send("HEAD", "/sessions/my-sessions/")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert Api().send("HEAD", "/sessions/my-sessions/").status == 401


@pytest.mark.usefixtures("own_addresses")
def test_an_unforeseen_exception_is_500_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    answer = Api().get("/raising/")
    assert answer.refused(500, "Internal server error")
    assert "hunter2" not in json.dumps(answer.body)
    assert any(record.exc_info for record in caplog.records)


@pytest.mark.usefixtures("own_addresses")
@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (Http404("nothing here"), 404),
        (PermissionDenied("no"), 403),
        (SuspiciousOperation("odd"), 400),
        (TooManyEvents(retry_after=7), 429),
    ],
)
def test_an_exception_of_the_framework_has_its_status(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, status: int
) -> None:
    monkeypatch.setattr(_Raising, "raised", raised)
    answer = Api().get("/raising/")
    assert answer.status == status
    assert answer.headers.get("Retry-After") == ("7" if status == 429 else None)


@pytest.mark.usefixtures("own_addresses")
def test_a_public_view_looks_at_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Raising, "raised", Http404())
    assert Api(token="rubbish").get("/raising/").status == 404


@pytest.mark.usefixtures("own_addresses")
def test_a_view_is_private_unless_it_says_otherwise() -> None:
    assert Api().get("/private/").status == 401


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "a b", "testserver:x", ""])
def test_an_unknown_host_is_refused(host: str) -> None:
    response = Client().get("/sessions/my-sessions/", headers={"Host": host or "[]"})
    assert response.status_code == 400
    assert response.json() == {"success": False, "errors": {}, "message": "Unknown host"}


@pytest.mark.parametrize("address", ["/nowhere/", "/sessions/my-sessions/", "/schema/", "/docs/"])
def test_every_answer_carries_the_security_headers(address: str) -> None:
    headers = Client().get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src" in headers["Content-Security-Policy"]
    assert "script" not in headers["Content-Security-Policy"]


def test_every_answer_tells_its_length() -> None:
    response = Client().get("/nowhere/")
    assert response.headers["Content-Length"] == str(len(response.content))


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*", "nonsense", "*/*;q=0", ""])
def test_an_answer_is_json_whatever_is_asked_for(accept: str) -> None:
    assert Api().send("GET", "/sessions/my-sessions/", headers={"Accept": accept}).status == 401


def test_more_parameters_than_django_reads_are_a_bad_request(alice: Api, world: World) -> None:
    assert world.exam.pk
    query = {f"p{number}": number for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert alice.send("GET", "/sessions/my-sessions/", query=query).refused(400, "Bad request")


def test_a_format_parameter_changes_nothing(alice: Api, world: World) -> None:
    assert world.exam.pk
    data: Any = alice.get("/sessions/my-sessions/", format="xml").data
    assert data["count"] == 0
