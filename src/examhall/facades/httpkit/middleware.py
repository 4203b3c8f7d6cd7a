"""What every answer needs: the host check and the security headers."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from examhall.facades.httpkit.responses import JSON, json_response

_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
DATA_HEADERS = {**_EVERY_ANSWER, "Content-Security-Policy": _DATA_POLICY, "Cache-Control": "no-store"}
"""What every answer in JSON says besides its type and length."""
# Inline styles: the browsable API documentation sets some; inline scripts stay forbidden everywhere.
_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)

Handler = Callable[[HttpRequest], HttpResponseBase]


class SecurityHeaders:
    """Refuse an unknown host before anything else runs, and add the headers that an answer did not set itself."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        try:
            request.get_host()
        except DisallowedHost:
            answer: HttpResponseBase = json_response({"success": False, "errors": {}, "message": "Unknown host"}, 400)
        else:
            answer = self._get_response(request)
        _add_headers(answer)
        return answer


def _add_headers(answer: HttpResponseBase) -> None:
    kind = answer.headers.get("Content-Type", "")
    policy = _PAGE_POLICY if kind.startswith("text/html") else _DATA_POLICY
    more = DATA_HEADERS if kind.startswith(JSON) else {**_EVERY_ANSWER, "Content-Security-Policy": policy}
    for name, value in more.items():
        answer.headers.setdefault(name, value)
    if isinstance(answer, HttpResponse):
        # Without a length the server would send even the shortest answer in chunks.
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
