"""A direct way for the calls that save answers, past the machinery of Django and DRF, which costs as much as a save itself.

What is said and refused is decided by the same functions as in the views (:mod:`examhall.facades.rest.saves`), and the answers
are the same to the byte. Whatever is out of the ordinary about a request, such as a foreign host, a bad token or a body that
was not read yet, is left to the application.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from time import perf_counter
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import resolve
from rest_framework.exceptions import AuthenticationFailed

from examhall.engine import saving
from examhall.engine.group_commit import Settled
from examhall.engine.saving import Outcomes, SaveCall
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.converters import MAX_ID, IdConverter
from examhall.facades.httpkit.deliveries import Deliveries
from examhall.facades.httpkit.front import Lane
from examhall.facades.httpkit.middleware import DATA_HEADERS
from examhall.facades.httpkit.places import Places
from examhall.facades.httpkit.requests import Incoming, find_actor
from examhall.facades.httpkit.responses import JSON, to_json
from examhall.facades.httpkit.wsgi import BODY, Answer, Environ, Refuse
from examhall.facades.rest import saves
from examhall.facades.rest.authentication import authenticate
from examhall.facades.rest.base import RestView
from examhall.facades.rest.envelope import success

_ADDRESS = re.compile(rf"/sessions/({IdConverter.regex})/answers/(?:({IdConverter.regex})/)?", re.ASCII)
_HOSTS = 64
# The largest bodies that are decoded in the loop, where everybody else waits meanwhile: a millisecond for a single answer. A
# list may hold an item that cannot be read, which has to be explained, in every other byte: 13 µs each. 40 answers take 2.4 KB.
_LARGEST_ANSWER, _LARGEST_LIST = 64 * 1024, 4 * 1024


class _Call(NamedTuple):
    """One call: how it is read, its route for the metrics, and the methods that its address has."""

    read: Callable[..., saves.Pending]
    largest: int
    route: str
    allowed: str


Save = Callable[[SaveCall, Settled[Outcomes]], None]


class DirectSaves:
    """The lane of the calls that save answers; it leaves to ``others`` what is out of the ordinary.

    Nobody holds a thread or a database connection: the event loop reads and answers, and between the two a call waits for
    ``save``, which has one thread that writes. At most ``line`` calls wait at a time; ``refuse`` answers those who come then.
    """

    def __init__(self, others: Lane, *, line: int, refuse: Refuse, save: Save = saving.save_later) -> None:
        self._others = others
        self._refuse = refuse
        self._save = save
        self._places = Places(line)
        self._deliveries: Deliveries[Outcomes] = Deliveries()
        self._calls = {
            ("POST", False): _call(saves.read_one, _LARGEST_ANSWER, "/sessions/1/answers/"),
            ("PUT", False): _call(saves.read_many, _LARGEST_LIST, "/sessions/1/answers/"),
            ("PUT", True): _call(saves.read_change, _LARGEST_ANSWER, "/sessions/1/answers/1/"),
        }

    def serves(self, method: str, path: str) -> bool:
        """Say whether this is the lane of an address."""
        return self._find(method, path) is not None

    async def __call__(self, environ: Environ) -> Answer:
        """Answer one request."""
        found = self._find(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        request = None if found is None else _ordinary(environ, largest=found[0].largest)
        if found is None or request is None:
            return await self._others(environ)
        if not self._places.take():
            return self._refuse(environ["PATH_INFO"])
        call, ids = found
        try:
            answer = await self._answer(call, request, ids)
        finally:
            self._places.give_back()
        began = environ.get(observe.ARRIVED) or perf_counter()
        observe.count_request(environ["REQUEST_METHOD"], call.route, answer.status, seconds=perf_counter() - began)
        return answer

    @property
    def full(self) -> bool:
        """Say whether whoever came now would be refused."""
        return self._places.full

    @property
    def waiting(self) -> int:
        """Return how many calls wait to be saved."""
        return self._places.taken

    def _find(self, method: str, path: str) -> tuple[_Call, list[int]] | None:
        address = _ADDRESS.fullmatch(path)
        if address is None:
            return None
        ids = [int(group) for group in address.groups() if group is not None]
        call = self._calls.get((method, len(ids) > 1))
        return None if call is None or max(ids) > MAX_ID else (call, ids)

    async def _answer(self, call: _Call, request: Incoming, ids: list[int]) -> Answer:
        more: Mapping[str, str] = {}
        try:
            pending = call.read(request, *ids)
            outcomes = await self._deliveries.wait(partial(self._save, pending.call))
            reply = pending.reply(outcomes)
        except Exception as exc:
            refusal = saves.told_unsaved(exc, where=type(self).__name__)
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
        return Answer(status, headers, body)


def _call(read: Callable[..., saves.Pending], largest: int, address: str) -> _Call:
    match = resolve(address)
    view: type[RestView] = match.func.view_class  # type: ignore[attr-defined]  # View.as_view() notes it
    return _Call(read, largest, match.route, ", ".join(view().allowed_methods))


def _ordinary(environ: Environ, *, largest: int) -> Incoming | None:
    """Return the request if it has a body, is meant for this server and comes from somebody with a good token."""
    body = environ.get(BODY)
    if (
        body is None
        or len(body) > largest
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
