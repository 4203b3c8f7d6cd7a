"""Call the WSGI application in this process, as the server does."""

import io
from collections.abc import Callable, Iterable
from typing import Any

from django.http.response import HttpResponseBase

from examhall.config.wsgi import django_application
from examhall.facades.httpkit.arrival import Arrival
from examhall.facades.httpkit.wsgi import Answer, Environ, StartResponse
from examhall.facades.rest.direct import DirectSaves


class _Alone:
    """The application without its line: this process wants to see what happens in its own thread."""

    waiting = 0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        return django_application(environ, start_response)


def _refuse(environ: Environ) -> Answer:
    raise LookupError(environ["PATH_INFO"])


application = Arrival(DirectSaves(_Alone(), line=1, refuse=_refuse), places=1, largest=2**20, refuse=_refuse)


def call(method: str, path: str, *, token: str, body: bytes = b"") -> tuple[int, bytes]:
    """Return the status and the body of one call."""
    begun: list[str] = []

    def start_response(
        status: str, _headers: list[tuple[str, str]], _failure: object = None, /
    ) -> Callable[[bytes], object]:
        begun.append(status)
        return lambda _data: None

    environment: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    answer: Iterable[bytes] = application(environment, start_response)
    try:
        content = b"".join(answer)
    finally:
        # It tells Django that the request is over, which is when connections are looked after.
        if isinstance(answer, HttpResponseBase):
            answer.close()
    return int(begun[0].split()[0]), content
