"""A direct way for the calls that save answers, past the machinery of Django and DRF, which costs as much as a save itself.

What is said and refused is decided by the same functions as in the views (:mod:`examhall.facades.rest.saves`), and the answers
are the same to the byte. Whatever is out of the ordinary about a request, such as a foreign host, a bad token or a body that
was not read yet, is left to the application.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from http.client import responses
from time import perf_counter
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import resolve
from rest_framework.exceptions import AuthenticationFailed

from examhall.facades.httpkit import observe
from examhall.facades.httpkit.converters import MAX_ID, IdConverter
from examhall.facades.httpkit.lanes import Lane
from examhall.facades.httpkit.middleware import DATA_HEADERS
from examhall.facades.httpkit.places import Places
from examhall.facades.httpkit.requests import Incoming, find_actor
from examhall.facades.httpkit.responses import JSON, to_json
from examhall.facades.httpkit.wsgi import BODY, Answer, Environ, Refuse, StartResponse
from examhall.facades.rest import saves
from examhall.facades.rest.authentication import authenticate
from examhall.facades.rest.base import RestView
from examhall.facades.rest.envelope import success

_ADDRESS = re.compile(rf"/sessions/({IdConverter.regex})/answers/(?:({IdConverter.regex})/)?", re.ASCII)
_HOSTS = 64


class _Call(NamedTuple):
    """One call: how it is served, its route for the metrics, and the methods that its address has."""

    serve: Callable[..., saves.Reply]
    route: str
    allowed: str


class DirectSaves:
    """Serve the calls that save answers in the thread that they came in; leave all others to ``others``.

    These threads hold no database connection: they wait for the one that writes. At most ``line`` of them wait at a time;
    ``refuse`` answers those who come then.
    """

    def __init__(self, others: Lane, *, line: int, refuse: Refuse) -> None:
        self._others = others
        self._refuse = refuse
        self._places = Places(line)
        self._calls = {
            ("POST", False): _call(saves.save_one, "/sessions/1/answers/"),
            ("PUT", False): _call(saves.save_many, "/sessions/1/answers/"),
            ("PUT", True): _call(saves.change_one, "/sessions/1/answers/1/"),
        }

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        address = _ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        if address is None:
            return self._others(environ, start_response)
        ids = [int(group) for group in address.groups() if group is not None]
        call = self._calls.get((environ["REQUEST_METHOD"], len(ids) > 1))
        if call is None or max(ids) > MAX_ID:
            return self._others(environ, start_response)
        # Before anything else is looked at: refusing must cost next to nothing.
        if not self._places.take():
            return self._refuse(environ).send(start_response)
        try:
            request = _ordinary(environ)
            answer, status = (None, 0) if request is None else _answer(call, request, ids)
        finally:
            self._places.give_back()
        if answer is None:
            return self._others(environ, start_response)
        began = environ.get(observe.ARRIVED) or perf_counter()
        observe.count_request(environ["REQUEST_METHOD"], call.route, status, seconds=perf_counter() - began)
        return answer.send(start_response)

    @property
    def waiting(self) -> int:
        """Return how many requests wait, in both ways."""
        return self._places.taken + self._others.waiting


def _call(serve: Callable[..., saves.Reply], address: str) -> _Call:
    match = resolve(address)
    view: type[RestView] = match.func.view_class  # type: ignore[attr-defined]  # View.as_view() notes it
    return _Call(serve, match.route, ", ".join(view().allowed_methods))


def _ordinary(environ: Environ) -> Incoming | None:
    """Return the request if it has a body, is meant for this server and comes from somebody with a good token."""
    body = environ.get(BODY)
    if (
        body is None
        or environ.get("SCRIPT_NAME")
        or not _is_ours(environ.get("HTTP_HOST", ""), *settings.ALLOWED_HOSTS)
    ):
        return None
    request = Incoming(environ, body)
    try:
        authenticate(request)
    except AuthenticationFailed:
        return None
    return request if find_actor(request) is not None else None


@lru_cache(maxsize=_HOSTS)
def _is_ours(host: str, *_allowed: str) -> bool:
    """Say whether Django would take a request for this host, with those that are allowed now."""
    request = HttpRequest()
    request.META["HTTP_HOST"] = host
    try:
        return bool(host and request.get_host())
    except DisallowedHost:
        return False


def _answer(call: _Call, request: Incoming, ids: list[int]) -> tuple[Answer, int]:
    more: Mapping[str, str] = {}
    try:
        reply = call.serve(request, *ids)
    except Exception as exc:
        refusal = saves.told_unsaved(exc, where=DirectSaves.__name__)
        status, body, more = refusal.status, to_json(refusal.body()), refusal.headers
    else:
        status, body = reply.status, to_json(success(reply.data, reply.message))
    headers = [
        *more.items(),
        ("Content-Type", JSON),
        ("Allow", call.allowed),
        *DATA_HEADERS.items(),
        ("Content-Length", str(len(body))),
    ]
    return Answer(f"{status} {responses[status]}", headers, body), status
