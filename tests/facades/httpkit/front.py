"""Requests to what stands in front of Django."""

import io
from typing import Any

from examhall.facades.httpkit.wsgi import Environ, WsgiApplication

PATIENCE = 10


def environ(path: str = "/", body: bytes = b"", *, source: Any = None, **more: Any) -> Environ:
    """Return a request; ``source`` is where its body comes from, if not simply there."""
    return {"PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), "wsgi.input": source or io.BytesIO(body)} | more


def ask(application: WsgiApplication, request: Environ) -> tuple[str, bytes]:
    """Return status line and body of the answer to a request."""
    begun: list[str] = []
    parts = application(request, lambda status, _headers: begun.append(status))
    return begun[0], b"".join(parts)
