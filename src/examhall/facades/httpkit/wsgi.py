"""What stands in front of Django: the words of PEP 3333, and whole answers."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

BODY = "examhall.body"
"""The entry of a request's environment that holds its body, where that was read before the application saw the request."""


class Answer(NamedTuple):
    """A whole answer: status line, headers, body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with it, as WSGI asks."""
        start_response(self.status, self.headers)
        return [self.body]


Refuse = Callable[[Environ], Answer]
"""Tell whoever cannot be let in to come back; it must neither wait nor touch the database."""


def body_length(environ: Environ) -> int:
    """Return the length that a request says its body has, 0 when it says none."""
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdecimal() else 0
