"""What Django answers where no view does: unknown addresses and requests that it refuses itself."""

from django.http import HttpRequest, HttpResponse

from examhall.facades.httpkit.responses import json_response
from examhall.facades.rest.errors import Refusal


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer an address that nothing lives at (Django's handler404)."""
    return _answer(Refusal(status=404, message="Not found"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a request that Django itself cannot accept (Django's handler400)."""
    return _answer(Refusal(status=400, message="Bad request"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a request that Django itself forbids (Django's handler403)."""
    return _answer(Refusal(status=403, message="Forbidden"))


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer what went wrong outside every view (Django's handler500)."""
    return _answer(Refusal(status=500, message="Internal server error"))


def _answer(refusal: Refusal) -> HttpResponse:
    return json_response(refusal.body(), refusal.status, refusal.headers)
