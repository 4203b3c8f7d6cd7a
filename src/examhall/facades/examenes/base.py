"""The view that every call of this door inherits."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from examhall.domain.errors import Unauthenticated
from examhall.facades.examenes import cookies
from examhall.facades.httpkit.requests import remember_actor
from examhall.facades.httpkit.responses import json_response


class PublicView(View):
    """Answer calls of anybody."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> cookies.View:
        """Return the view behind session cookie and CSRF token."""
        return cookies.guarded(super().as_view(**initkwargs))

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override] # noqa: ARG002
        """Refuse a method that the address does not have."""
        allowed = {"Allow": ", ".join(self._methods())}
        return json_response({"error": "Method not allowed."}, 405, allowed)

    def _methods(self) -> list[str]:
        return [name.upper() for name in self.http_method_names if hasattr(self, name)]


class SignedInView(PublicView):
    """Answer calls of somebody who is signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find out who asks, for every method that the address has.

        :raises Unauthenticated: when nobody is signed in.
        """
        if request.method != "OPTIONS" and request.method in self._methods():
            actor = cookies.find_signed_in(request)
            if actor is None:
                raise Unauthenticated
            remember_actor(request, actor)
        return super().dispatch(request, *args, **kwargs)
