"""The view that every call of this door inherits: tokens in, the envelope out, every exception as a refusal."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import HttpResponse
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.views import APIView

from examhall.facades.httpkit.requests import find_actor
from examhall.facades.httpkit.responses import json_response
from examhall.facades.rest.authentication import AccessTokenAuthentication
from examhall.facades.rest.envelope import success, told
from examhall.facades.rest.errors import Refusal
from examhall.facades.rest.schema import RestSchema


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
        return json_response(success(data, message), status)

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
        answer = self.told(exc)
        return json_response(answer.body(), answer.status, answer.headers)

    def told(self, exc: Exception) -> Refusal:
        """Return what a client is told of an exception."""
        return told(exc, where=type(self).__name__)

    def _has(self, request: Request) -> bool:
        return hasattr(self, (request.method or "").lower())


class PublicView(RestView):
    """Answer calls of anybody; a token, even a bad one, is not looked at."""

    authentication_classes = ()
