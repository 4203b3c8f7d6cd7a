"""From a request of the server to the environment that Django reads."""

from dataclasses import dataclass, field

import pytest
from django.core.handlers.wsgi import WSGIRequest

from examhall.facades.httpkit.environ import environ_of


class Headers:
    """Headers as Granian gives them: lines with a value that is not ASCII have a name only."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = [(name, value) for name, value in pairs if value.isascii()]
        self._names = list(dict.fromkeys(name for name, _ in pairs))

    def items(self) -> list[tuple[str, str]]:
        return self._pairs

    def keys(self) -> list[str]:
        return self._names

    def get(self, key: str, default: str | None = None) -> str | None:
        return next((value for name, value in self._pairs if name == key), default)


@dataclass
class Scope:
    """A request as the server tells of it."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    method: str = "PUT"
    path: str = "/sessions/7/"
    query_string: str = "page=2"
    scheme: str = "http"
    http_version: str = "1.1"
    client: str = "192.0.2.7:50123"
    server: str = "127.0.0.1:8000"

    @property
    def headers(self) -> Headers:
        return Headers(self.pairs)


def read(scope: Scope) -> WSGIRequest:
    return WSGIRequest(environ_of(scope))


def test_django_reads_what_was_sent() -> None:
    request = read(Scope([("host", "exams.example.org"), ("content-type", "text/plain"), ("x-thing", "a b")]))
    assert (request.method, request.path, request.GET["page"]) == ("PUT", "/sessions/7/", "2")
    assert request.META["REMOTE_ADDR"] == "192.0.2.7"
    assert (request.META["SERVER_NAME"], request.META["SERVER_PORT"]) == ("127.0.0.1", "8000")
    assert request.META["HTTP_HOST"] == "exams.example.org"
    assert request.content_type == "text/plain"
    assert request.headers["X-Thing"] == "a b"
    assert request.body == b""
    assert not request.is_secure()


def test_an_address_in_another_alphabet_is_the_one_that_was_sent() -> None:
    request = read(Scope(path="/exámenes/\ufffd", query_string="q=ñ&r=%C3%B1"))
    assert request.path == "/exámenes/\ufffd"
    assert (request.GET["q"], request.GET["r"]) == ("ñ", "ñ")


@pytest.mark.parametrize(("client", "address"), [("[2001:db8::7]:50123", "2001:db8::7"), ("192.0.2.7:1", "192.0.2.7")])
def test_the_address_of_a_client_has_no_port(client: str, address: str) -> None:
    assert read(Scope(client=client)).META["REMOTE_ADDR"] == address


def test_several_lines_of_a_header_are_one_list() -> None:
    request = read(
        Scope(
            [
                ("x-forwarded-for", "198.51.100.1"),
                ("x-forwarded-for", "192.0.2.9"),
                ("cookie", "a=1"),
                ("cookie", "b=2"),
            ]
        )
    )
    assert request.META["HTTP_X_FORWARDED_FOR"] == "198.51.100.1,192.0.2.9"
    assert request.COOKIES == {"a": "1", "b": "2"}


def test_a_header_cannot_pass_for_another_by_its_underscores() -> None:
    request = read(Scope([("x_forwarded_for", "198.51.100.1"), ("x_forwarded_proto", "https")]))
    assert "HTTP_X_FORWARDED_FOR" not in request.META
    assert "HTTP_X_FORWARDED_PROTO" not in request.META


def test_a_header_that_cannot_be_read_is_not_taken_for_none_at_all() -> None:
    request = read(
        Scope([("idempotency-key", "ñandú"), ("host", "evil\xe9.example"), ("x-thing", "a"), ("x-thing", "é")])
    )
    assert (request.META["HTTP_IDEMPOTENCY_KEY"], request.META["HTTP_HOST"]) == ("", "")
    assert request.META["HTTP_X_THING"] == "a"
