"""The WSGI entry point that the server loads: the application behind its admission line."""

import os
from functools import cache

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examhall.config.settings")

django_application = get_wsgi_application()

# Only now are the settings and the applications there that these need.
from django.conf import settings  # noqa: E402

from examhall.domain.errors import Overloaded  # noqa: E402
from examhall.facades.examenes.errors import refusal_of as examenes_refusal  # noqa: E402
from examhall.facades.examenes.urls import urlpatterns as examenes_addresses  # noqa: E402
from examhall.facades.httpkit import observe  # noqa: E402
from examhall.facades.httpkit.admission import Admission  # noqa: E402
from examhall.facades.httpkit.arrival import Arrival  # noqa: E402
from examhall.facades.httpkit.lanes import Lanes  # noqa: E402
from examhall.facades.httpkit.middleware import DATA_HEADERS  # noqa: E402
from examhall.facades.httpkit.responses import json_response  # noqa: E402
from examhall.facades.httpkit.wsgi import Answer, Environ  # noqa: E402
from examhall.facades.rest.direct import DirectSaves  # noqa: E402
from examhall.facades.rest.errors import refusal as rest_refusal  # noqa: E402

_BUSY = Overloaded(retry_after=1)
_WATCHERS = 8
# Whoever comes here checks or sets a password; that such an address is missing here would show as refusals at the gate
# of config.hashers, not as slow saves.
PASSWORD_ADDRESSES = ("/auth/login/", "/auth/register/", "/auth/change-password/", "/login/", "/register/")
_EXAMENES = frozenset(f"/{address.pattern}" for address in examenes_addresses)


def _refuse(environ: Environ) -> Answer:
    """Tell a client to come back, in the words of the door that it knocked at."""
    observe.count_refused(_BUSY)
    return _refusal(in_spanish=environ.get("PATH_INFO") in _EXAMENES)


@cache
def _refusal(*, in_spanish: bool) -> Answer:
    if in_spanish:
        spanish = examenes_refusal(_BUSY)
        answer = json_response({"error": spanish.error}, spanish.status, spanish.headers)
    else:
        english = rest_refusal(_BUSY)
        answer = json_response(english.body(), english.status, english.headers)
    headers = [*answer.items(), *DATA_HEADERS.items(), ("Content-Length", str(len(answer.content)))]
    return Answer(f"{answer.status_code} {answer.reason_phrase}", headers, answer.content)


def _lane(workers: int, *, line: int = settings.EXAMHALL_LINE) -> Admission:
    return Admission(django_application, workers=workers, line=line, refuse=_refuse)


lanes = Lanes(
    {
        # No line and no thread of its own: under whatever load, and with a database that hangs, it is not the process
        # that has to be restarted.
        "/healthz": django_application,
        **dict.fromkeys(("/readyz", "/metrics"), _lane(1, line=_WATCHERS)),
        **dict.fromkeys(PASSWORD_ADDRESSES, _lane(settings.EXAMHALL_HASHING_SLOTS)),
    },
    others=DirectSaves(_lane(settings.EXAMHALL_THREADS), line=settings.EXAMHALL_SAVE_LINE, refuse=_refuse),
)
application = Arrival(
    lanes, places=settings.EXAMHALL_PLACES, largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, refuse=_refuse
)
observe.watch_queue(lambda: lanes.waiting)
