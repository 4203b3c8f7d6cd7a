"""The view that every call of this door inherits: tokens in, the envelope out, every exception as a refusal."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.views import APIView

from examhall.domain.errors import DomainError, Forbidden, Unauthenticated
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import find_actor
from examhall.facades.httpkit.responses import json_response
from examhall.facades.rest.authentication import CHALLENGE, INVALID_TOKEN, AccessTokenAuthentication
from examhall.facades.rest.errors import Refusal, body_refusal, refusal
from examhall.facades.rest.schema import RestSchema

logger = logging.getLogger(__name__)


class RestView(APIView):
    """Answer calls of somebody who holds an access token."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (AccessTokenAuthentication,)
    permission_classes = ()
    throttle_classes = ()
    # Bodies are read by httpkit.bodies and written by json_response; DRF's own parsers and renderers stay out.
    parser_classes = ()
    renderer_classes = ()
    schema = RestSchema()

    def ok(self, data: object = msgspec.UNSET, message: str | None = None, status: int = 200) -> HttpResponse:
        """Return a success in the envelope; ``data`` and ``message`` appear only when given."""
        body: dict[str, object] = {"success": True}
        if data is not msgspec.UNSET:
            body["data"] = data
        if message is not None:
            body["message"] = message
        return json_response(body, status)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a method that the address does not have, then whoever holds no valid token."""
        if (request.method or "").lower() not in self.http_method_names or not self._has(request):
            raise exceptions.MethodNotAllowed(request.method or "")
        super().initial(request, *args, **kwargs)
        if self.authentication_classes and request.method != "OPTIONS" and find_actor(request) is None:
            raise exceptions.NotAuthenticated

    def perform_authentication(self, request: Request) -> None:
        """Read the token; OPTIONS says nothing that needs one."""
        if request.method != "OPTIONS":
            super().perform_authentication(request)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Any, str]:  # noqa: ARG002
        """Answer JSON whatever is asked for: there is nothing else."""
        return None, "application/json"

    # DRF's stub promises its own Response here and below; dispatch takes any HttpResponse.
    def options(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Say which methods the address has."""
        return self.ok({"methods": self.allowed_methods})

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        """Return any exception as a refusal in the envelope; what nobody foresaw is logged and told as 500."""
        observe.count_refused(exc)
        answer = refusal_of(exc)
        if answer is None:
            logger.error("unforeseen exception in %s", type(self).__name__, exc_info=exc)
            answer = Refusal(status=500, message="Internal server error")
        headers = dict(answer.headers)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = CHALLENGE
        return json_response(answer.body(), answer.status, headers)

    def _has(self, request: Request) -> bool:
        return hasattr(self, (request.method or "").lower())


class PublicView(RestView):
    """Answer calls of anybody; a token, even a bad one, is not looked at."""

    authentication_classes = ()


# What Django and DRF raise themselves; the first fitting type answers.
_FRAMEWORK: tuple[tuple[type[Exception], Refusal], ...] = (
    (exceptions.NotAuthenticated, refusal(Unauthenticated())),
    (exceptions.AuthenticationFailed, Refusal(status=401, message=INVALID_TOKEN)),
    (exceptions.MethodNotAllowed, Refusal(status=405, message="Method not allowed")),
    (exceptions.NotFound, Refusal(status=404, message="Not found")),
    (Http404, Refusal(status=404, message="Not found")),
    (exceptions.PermissionDenied, refusal(Forbidden())),
    (PermissionDenied, refusal(Forbidden())),
    (SuspiciousOperation, Refusal(status=400, message="Bad request")),
)


def refusal_of(exc: Exception) -> Refusal | None:
    """Return the refusal that an exception stands for, or ``None`` when it is a fault of the server."""
    if isinstance(exc, DomainError):
        return refusal(exc)
    if isinstance(exc, BodyRefused):
        return body_refusal(exc)
    return next((answer for kind, answer in _FRAMEWORK if isinstance(exc, kind)), None)
