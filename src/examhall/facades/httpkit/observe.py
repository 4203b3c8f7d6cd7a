"""What the server counts about itself, for Prometheus. The doors count what engine and refusals tell them.

The hooks of whatever stands in front of the doors: :data:`ARRIVED`, :func:`watch_queue` and :func:`count_refusal`.
"""

from collections.abc import Callable, Iterable
from functools import cache
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from examhall.domain.errors import BadCredentials, DomainError, SignInLocked
from examhall.engine.snapshots import AnswerSnapshot
from examhall.facades.httpkit import metrics_files
from examhall.facades.httpkit.refusals import BodyRefused

ARRIVED = "examhall.arrived"
"""The entry of a request's environment that holds the ``perf_counter()`` at which it arrived, where it had to wait."""

Handler = Callable[[HttpRequest], HttpResponseBase]

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NO_ROUTE = "none"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

# The moments at which series began: twice as many lines, for nothing that a restart does not tell as well.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves it untyped
_registry = CollectorRegistry()
_requests = Histogram(
    "examhall_request_seconds",
    "Seconds from a request's arrival to its answer",
    ["method", "route", "status"],
    buckets=_BUCKETS,
    registry=_registry,
)
_saves = Counter("examhall_saves", "Answers by what became of them", ["outcome"], registry=_registry)
_late = Counter("examhall_late_saves", "Answers saved within the grace after the end", registry=_registry)
_sign_ins = Counter("examhall_sign_ins", "Attempts to sign in", ["outcome"], registry=_registry)
_refusals = Counter("examhall_refusals", "Refused requests and items by reason", ["code"], registry=_registry)
_queue = Gauge(
    "examhall_queue_depth", "Requests that wait for a free thread", multiprocess_mode="livesum", registry=_registry
)

_answered, _cleared, _refused = (_saves.labels(outcome) for outcome in ("answered", "cleared", "refused"))
_latencies: dict[tuple[str, str, int], Histogram] = {}
_SIGN_INS: dict[type[DomainError], str] = {BadCredentials: "failed", SignInLocked: "locked"}


class _QueueWatch:
    """Show how many requests wait; what has not changed is not written again."""

    def __init__(self) -> None:
        self.depth: Callable[[], int] = int
        self._shown = 0

    def show(self) -> None:
        depth = self.depth()
        if depth != self._shown:
            self._shown = depth
            _queue.set(depth)


class _Switch:
    """Off in a process that has no space to count in: to write there all the same would end it."""

    on = True


_queue_watch = _QueueWatch()
_switch = _Switch()


class Observe:
    """Time every request; the outermost middleware."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response
        # Made anew in each process of the server, before its first request.
        _switch.on = metrics_files.reserve()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        began: float = request.META.get(ARRIVED) or perf_counter()
        answer = self._get_response(request)
        match = request.resolver_match
        route = match.route if match is not None else _NO_ROUTE
        count_request(request.method or "", route, answer.status_code, seconds=perf_counter() - began)
        return answer


def count_request(method: str, route: str, status: int, *, seconds: float) -> None:
    """Count a request that was answered; ``route`` is the pattern of its address, never the address itself."""
    if not _switch.on:
        return
    key = (method, route, status // 100)
    latency = _latencies.get(key)
    if latency is None:
        known = method if method in _METHODS else "OTHER"
        latency = _requests.labels(known, route, f"{status // 100}xx")
        if known == method:
            _latencies[key] = latency
    latency.observe(seconds)
    _queue_watch.show()


def count_saved(answer: AnswerSnapshot) -> None:
    """Count an answer that was saved and will now be acknowledged."""
    _add(_cleared if answer.answered_at is None else _answered)
    if answer.late:
        _add(_late)


def count_answered() -> None:
    """Count an answer that was given for good, through a door that is not told more than that."""
    _add(_answered)


def count_refused_save() -> None:
    """Count an answer that was not saved; its reason is counted by :func:`count_refused`."""
    _add(_refused)


def count_refused(error: Exception) -> None:
    """Count the reason of a refused request, or of a refused item of one."""
    if isinstance(error, DomainError):
        count_refusal(error.code)
    elif isinstance(error, BodyRefused):
        count_refusal("bad_body")


def count_refusal(code: str) -> None:
    """Count a refusal by its code, one of a few fixed words."""
    _add(_refused_for(code))


def count_sign_in(error: DomainError | None = None) -> None:
    """Count an attempt to sign in and what it came to; ``None`` for success."""
    if _switch.on:
        _sign_ins.labels("succeeded" if error is None else _SIGN_INS.get(type(error), error.code)).inc()


def watch_queue(depth: Callable[[], int]) -> None:
    """Let ``depth`` say how many requests of this process wait; asked after every request, so it must cost nothing."""
    _queue_watch.depth = depth


@cache
def _refused_for(code: str) -> Counter:
    return _refusals.labels(code)


def _add(counter: Counter) -> None:
    if _switch.on:
        counter.inc()


class _Now:
    """Gauges whose values were read for this scrape."""

    def __init__(self, gauges: Iterable[GaugeMetricFamily]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return them, as a registry asks for them."""
        return self._gauges


def exposition(*, open_sessions: int | None) -> bytes:
    """Return all figures in Prometheus' text format; ``open_sessions`` is ``None`` when the database did not answer."""
    gauges = [GaugeMetricFamily("examhall_database_up", "1 when the database answered", int(open_sessions is not None))]
    if open_sessions is not None:
        gauges.append(GaugeMetricFamily("examhall_open_sessions", "Sessions whose time runs", open_sessions))
    read_now = CollectorRegistry()
    read_now.register(_Now(gauges))
    return generate_latest(_counted()) + generate_latest(read_now)


def _counted() -> CollectorRegistry:
    place = metrics_files.directory()
    if place is None:
        return _registry
    metrics_files.forget_dead_processes()
    summed = CollectorRegistry()
    MultiProcessCollector(summed, path=str(place))  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return summed
