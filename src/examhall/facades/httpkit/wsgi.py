"""What stands in front of Django passes on: environments as in PEP 3333, and whole answers."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

BODY = "examhall.body"
"""The entry of a request's environment that holds its body, where that was read before the application saw the request."""


class Answer(NamedTuple):
    """A whole answer: status, headers, body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


Refuse = Callable[[str], Answer]
"""Tell whoever cannot be let in at an address to come back; it must neither wait nor touch the database."""


def whole_answer(application: WsgiApplication, environ: Environ) -> Answer:
    """Run an application to its end in this thread: what it closes at the end belongs to this thread."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_exc_info: Any) -> None:
        begun.append((status, headers))

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    status, headers = begun[-1]
    return Answer(int(status.partition(" ")[0]), headers, body)
