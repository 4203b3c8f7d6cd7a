"""Arrival: a request's body is read to its end and its moment is noted, before it waits for anything.

Otherwise somebody could send the head of a save in time and its answer when the time is long over, a few slow senders could
stop everybody, and the time that a student's answer waits for a free thread would count as the student's.
"""

import io
from collections.abc import Iterable

from examhall.facades.httpkit.places import Places
from examhall.facades.httpkit.requests import note_moment
from examhall.facades.httpkit.wsgi import BODY, Environ, Refuse, StartResponse, WsgiApplication, body_length

# Bodies up to this size may be read as many at a time as there are places; of larger ones, up to ``largest``, there are only
# a few at a time, or slow senders of them could fill the memory.
SMALL_BODY = 64 * 1024
LARGE_BODIES = 16


class Arrival:
    """Read each body before ``application`` sees its request.

    At most ``places`` are read at a time, so that slow senders leave threads of the server to those who send no body and to
    refusals. Bodies of more than ``largest`` bytes, and those that do not tell their length, are left unread: the application
    refuses them.
    """

    def __init__(self, application: WsgiApplication, *, places: int, largest: int, refuse: Refuse) -> None:
        self._application = application
        self._refuse = refuse
        self._largest = largest
        self._small = Places(places)
        self._large = Places(LARGE_BODIES)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        length = body_length(environ)
        if length == 0 or length > self._largest:
            note_moment(environ)
            return self._application(environ, start_response)
        places = self._small if length <= SMALL_BODY else self._large
        if not places.take():
            return self._refuse(environ).send(start_response)
        try:
            _read_whole(environ, length)
            note_moment(environ)
            if places is self._large:
                # Kept until the answer is there, because the body is.
                return self._application(environ, start_response)
        finally:
            places.give_back()
        return self._application(environ, start_response)


def _read_whole(environ: Environ, length: int) -> None:
    source, parts = environ["wsgi.input"], []
    while length > 0 and (part := source.read(length)):
        parts.append(part)
        length -= len(part)
    body = environ[BODY] = parts[0] if len(parts) == 1 else b"".join(parts)
    environ["wsgi.input"] = io.BytesIO(body)
