"""Call the WSGI application in this process, as the server does."""

import io
from collections.abc import Callable, Iterable
from typing import Any

# Without the admission line: this process wants to see what happens in its own thread.
from examhall.config.wsgi import django_application as application


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
        answer.close()  # type: ignore[attr-defined]
    return int(begun[0].split()[0]), content
