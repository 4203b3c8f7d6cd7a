"""Lanes: some requests wait apart from all others, so that neither makes the other wait."""

from collections.abc import Iterable, Mapping
from time import perf_counter
from typing import Protocol, runtime_checkable

from examhall.facades.httpkit.observe import ARRIVED
from examhall.facades.httpkit.wsgi import Environ, StartResponse, WsgiApplication


@runtime_checkable
class Lane(Protocol):
    """An application with a line before it."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the line."""


class Lanes:
    """Send each request to the lane of its address; what has none takes the one for all ``others``."""

    def __init__(self, by_address: Mapping[str, WsgiApplication], *, others: Lane) -> None:
        self._by_address = dict(by_address)
        self._others = others
        self._lines = {lane for lane in (others, *by_address.values()) if isinstance(lane, Lane)}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        environ[ARRIVED] = perf_counter()
        return self._by_address.get(environ.get("PATH_INFO", ""), self._others)(environ, start_response)

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the lines."""
        return sum(line.waiting for line in self._lines)
