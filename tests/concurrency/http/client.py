"""Clients on connections that stay open, several of them at the same moment."""

import http.client
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any, TypeVar, cast

from tests.concurrency.racing import at_once

T = TypeVar("T")

_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, and between which moments of the monotonic clock."""

    status: int
    body: Any
    cookies: Mapping[str, str]
    sent_at: float
    answered_at: float

    @property
    def data(self) -> Any:
        """Return the data of the JWT door's envelope."""
        assert self.body["success"], self.body
        return self.body["data"]

    @property
    def refusal(self) -> tuple[int, str]:
        """Return status and sentence of a refusal by either door."""
        assert self.status >= 400, self.body
        return self.status, self.body.get("message") or self.body["error"]


class Line:
    """One connection that stays open, with the headers of whoever calls."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.headers = dict(headers or {})
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
        self._connection.connect()
        self.port: int = self._connection.sock.getsockname()[1]

    def call(self, method: str, path: str, body: object = None) -> Answer:
        """Send one request on this very connection; a server that closes it in between fails the test."""
        headers = self.headers | ({} if body is None else {"Content-Type": "application/json"})
        sent_at = time.monotonic()
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = self._connection.getresponse()
        content = response.read()
        answered_at = time.monotonic()
        assert response.status < 500, content
        return Answer(
            status=response.status,
            body=json.loads(content),
            cookies=_cookies(response),
            sent_at=sent_at,
            answered_at=answered_at,
        )

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def race(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Let a thread each act at the same moment; return what came of each, in order."""
    # Refusals arrive as answers here: no act raises one.
    return cast("list[T]", at_once(acts))


def _cookies(response: http.client.HTTPResponse) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for line in response.headers.get_all("Set-Cookie", []):
        jar.load(line)
    return {name: morsel.value for name, morsel in jar.items()}
