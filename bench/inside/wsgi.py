"""Call the application in this process, in its one thread, and save as the direct way does but for the event loop."""

import io
from collections.abc import Callable
from typing import Any

from examhall.config.wsgi import application
from examhall.facades.httpkit.requests import Incoming
from examhall.facades.httpkit.responses import to_json
from examhall.facades.httpkit.wsgi import whole_answer
from examhall.facades.rest import saves
from examhall.facades.rest.authentication import authenticate
from examhall.facades.rest.envelope import success


def call(method: str, path: str, *, token: str, body: bytes = b"") -> tuple[int, bytes]:
    """Return the status and the body of one call to Django."""
    answer = whole_answer(application, _environment(method, path, token=token, body=body))
    return answer.status, answer.body


def save(read: Callable[..., saves.Pending], session_id: int, *, token: str, body: bytes) -> tuple[int, bytes]:
    """Return the status and the body of one call that saves, past Django."""
    request = Incoming(_environment("", "", token=token, body=body), body)
    authenticate(request)
    reply = saves.done(read(request, session_id))
    return reply.status, to_json(success(reply.data, reply.message))


def _environment(method: str, path: str, *, token: str, body: bytes) -> dict[str, Any]:
    return {
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
