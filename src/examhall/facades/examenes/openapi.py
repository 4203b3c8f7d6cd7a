"""The part of the OpenAPI description that is this door's; drf-spectacular itself sees the views of the other one only."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings

from examhall.facades.examenes.base import PublicView, SignedInView
from examhall.facades.examenes.schema import SESSION, TOKEN, Schema, components_of, operation_of
from examhall.facades.examenes.urls import urlpatterns

_METHODS = ("get", "post", "patch")


def add_operations(result: Schema, generator: object, request: object, public: bool) -> Schema:  # noqa: ARG001
    """Add this door's calls to a finished description (a hook of drf-spectacular)."""
    handlers = []
    for path, method, handler, signed_in in _calls():
        handlers.append(handler)
        operation = operation_of(path=path, method=method, handler=handler, signed_in=signed_in)
        result["paths"].setdefault(path, {})[method] = operation
    components = result["components"]
    components.setdefault("schemas", {}).update(components_of(handlers))
    components.setdefault("securitySchemes", {}).update(_schemes())
    return result


def _calls() -> Iterator[tuple[str, str, Callable[..., Any], bool]]:
    """Yield path, method, view method, and whether one has to be signed in."""
    for pattern in urlpatterns:
        view: type[PublicView] = vars(pattern.callback)["view_class"]
        for method in _METHODS:
            if hasattr(view, method):
                yield f"/{pattern.pattern}", method, getattr(view, method), issubclass(view, SignedInView)


def _schemes() -> Schema:
    return {
        SESSION: {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session that `/login/` and `/register/` open. Browsers send it by themselves.",
        },
        TOKEN: {
            "type": "apiKey",
            "in": "header",
            "name": "X-CSRFToken",
            "description": "The token of `/csrf/`; every POST and PATCH needs it, and it changes when somebody signs in "
            f"or out. It belongs to the cookie `{settings.CSRF_COOKIE_NAME}`. This page sends it by itself.",
        },
    }
