"""What the server runs: the front, and behind it the lanes in which requests wait for their turn."""

import gc
from functools import cache

# First: it sets Django up, and everything else needs that.
from examhall.config.wsgi import application as django_application

from django.conf import settings  # isort: skip

from examhall.domain.errors import Overloaded
from examhall.facades.examenes.errors import refusal_of as examenes_refusal
from examhall.facades.examenes.urls import urlpatterns as examenes_addresses
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.admission import Admission
from examhall.facades.httpkit.front import Front, Lane
from examhall.facades.httpkit.middleware import DATA_HEADERS
from examhall.facades.httpkit.responses import json_response
from examhall.facades.httpkit.wsgi import Answer
from examhall.facades.rest.direct import DirectSaves
from examhall.facades.rest.errors import refusal as rest_refusal

_BUSY = Overloaded(retry_after=1)
_WATCHERS = 8
# Whoever comes here checks or sets a password; that such an address is missing here would show as refusals at the gate
# of config.hashers, not as slow saves.
PASSWORD_ADDRESSES = ("/auth/login/", "/auth/register/", "/auth/change-password/", "/login/", "/register/")
_EXAMENES = frozenset(f"/{address.pattern}" for address in examenes_addresses)


def _refuse(path: str) -> Answer:
    """Tell a client to come back, in the words of the door that it knocked at."""
    observe.count_refused(_BUSY)
    return _refusal(in_spanish=path in _EXAMENES)


@cache
def _refusal(*, in_spanish: bool) -> Answer:
    if in_spanish:
        spanish = examenes_refusal(_BUSY)
        answer = json_response({"error": spanish.error}, spanish.status, spanish.headers)
    else:
        english = rest_refusal(_BUSY)
        answer = json_response(english.body(), english.status, english.headers)
    headers = [*answer.items(), *DATA_HEADERS.items(), ("Content-Length", str(len(answer.content)))]
    return Answer(answer.status_code, headers, answer.content)


def _lane(workers: int, *, line: int = settings.EXAMHALL_LINE) -> Admission:
    return Admission(django_application, workers=workers, line=line, refuse=_refuse)


_passwords, _others = _lane(settings.EXAMHALL_HASHING_SLOTS), _lane(settings.EXAMHALL_THREADS)
_saves = DirectSaves(_others, line=settings.EXAMHALL_SAVE_LINE, refuse=_refuse)
LANES: dict[str, Lane] = {
    # A thread of its own, which waits for nothing: under whatever load, and with a database that hangs, it is not the
    # process that has to be restarted.
    "/healthz": _lane(1, line=_WATCHERS),
    **dict.fromkeys(("/readyz", "/metrics"), _lane(1, line=_WATCHERS)),
    **dict.fromkeys(PASSWORD_ADDRESSES, _passwords),
}


def lane_of(method: str, path: str) -> Lane:
    """Return the lane of an address."""
    return _saves if _saves.serves(method, path) else LANES.get(path, _others)


def waiting() -> int:
    """Return how many requests of this process wait."""
    return _saves.waiting + _passwords.waiting + _others.waiting


application = Front(lane_of, largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, refuse=_refuse)
observe.watch_queue(waiting)
# What has been loaded by now stays for the life of the process. The collector of cycles would look through all of it again and
# again, and stop everybody for 80 ms each time.
gc.collect()
gc.freeze()
