"""Lanes: some requests wait apart from all others, so that neither makes the other wait."""

from collections.abc import Iterable, Mapping
from time import perf_counter

from examhall.facades.httpkit.admission import Admission, Environ, StartResponse, WsgiApplication
from examhall.facades.httpkit.observe import ARRIVED


class Lanes:
    """Send each request to the lane of its address; what has none takes the one for all ``others``."""

    def __init__(self, by_address: Mapping[str, WsgiApplication], *, others: Admission) -> None:
        self._by_address = dict(by_address)
        self._others = others
        self._lines = {lane for lane in (others, *by_address.values()) if isinstance(lane, Admission)}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, as WSGI asks (PEP 3333)."""
        environ[ARRIVED] = perf_counter()
        return self._by_address.get(environ.get("PATH_INFO", ""), self._others)(environ, start_response)

    @property
    def waiting(self) -> int:
        """Return how many requests stand in the lines."""
        return sum(line.waiting for line in self._lines)
