"""Addresses for machines that watch the server: is it alive, can it serve, what has it counted."""

import ipaddress
from functools import cache

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import View
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from examhall.engine.standing import count_open_sessions
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.requests import request_now
from examhall.facades.httpkit.responses import json_response

_COME_BACK = {"Retry-After": "1"}


class AliveView(View):
    """``/healthz``: the process answers; whether the database does is not asked."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Answer that the process is alive."""
        return json_response({"status": "ok"})


class ReadyView(View):
    """``/readyz``: the database answers and its tables are up to date."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Answer 200 when requests can be served, 503 with the reason when they cannot."""
        try:
            old = not _newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys()
        except Error:
            return _not_ready("database")
        return _not_ready("migrations") if old else json_response({"status": "ok"})


class MetricsView(View):
    """``/metrics``: what the server counted, for Prometheus; who may read it is the setting ``EXAMHALL_METRICS``."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer all figures in text.

        :raises Http404: when the setting shows them to nobody, or not to this address.
        """
        access = settings.EXAMHALL_METRICS
        if access == "off" or (access == "local" and not _is_local(request)):
            raise Http404
        text = observe.exposition(open_sessions=_open_sessions(request))
        return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})


def _not_ready(reason: str) -> HttpResponse:
    return json_response({"status": "unavailable", "reason": reason}, 503, _COME_BACK)


@cache
def _newest_migrations() -> set[tuple[str, str]]:
    # Without a connection: this reads what the code wants, the recorder what the database has.
    return set(MigrationLoader(None).graph.leaf_nodes())


def _open_sessions(request: HttpRequest) -> int | None:
    try:
        return count_open_sessions(now=request_now(request))
    except Error:
        return None


def _is_local(request: HttpRequest) -> bool:
    """Say whether a program on this machine asks for itself: through a proxy here, everybody has its address."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
