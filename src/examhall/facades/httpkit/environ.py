"""From a request as the server gives it (RSGI) to its environment as Django reads it (PEP 3333)."""

import io
import sys
from collections.abc import Sequence
from typing import Protocol

from examhall.facades.httpkit.wsgi import Environ

_CONSTANT: Environ = {
    "SCRIPT_NAME": "",
    "wsgi.errors": sys.stderr,
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_BARE = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Headers(Protocol):
    """A request's headers: lower-case names, one pair for each line."""

    def items(self) -> Sequence[tuple[str, str]]:
        """Return the pairs in their order."""

    def keys(self) -> Sequence[str]:
        """Return the names, also of lines that are left out of the pairs."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """Return the first value of a header."""


class Scope(Protocol):
    """What the server tells of a request before its body; texts are decoded as UTF-8."""

    method: str
    path: str
    query_string: str
    scheme: str
    http_version: str
    client: str
    server: str

    @property
    def headers(self) -> Headers:
        """Return the headers."""


def environ_of(scope: Scope) -> Environ:
    """Return the environment of a request, without its body."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        **_CONSTANT,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": _as_wsgi(scope.path),
        "QUERY_STRING": _as_wsgi(scope.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
    }
    headers = scope.headers
    lines = headers.items()
    names = headers.keys()
    if len(names) > len({name for name, _ in lines}):
        # The server leaves out lines whose value is not ASCII. That is not the same as no such header.
        lines = [*lines, *((name, "") for name in names if headers.get(name) is None)]
    for name, value in lines:
        # "X_Forwarded_For" would pass for "X-Forwarded-For", which only a proxy of ours may set.
        if "_" in name:
            continue
        key = _BARE.get(name) or "HTTP_" + name.upper().replace("-", "_")
        # RFC 9110, 5.3 and RFC 6265, 5.4: several lines are one list.
        environ[key] = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}" if key in environ else value
    return environ


def _as_wsgi(text: str) -> str:
    """Return a text as PEP 3333 wants one: a character for each byte."""
    return text if text.isascii() else text.encode().decode("latin-1")
