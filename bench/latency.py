"""How long things took: the usual percentiles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds that half, 95 and 99 in a hundred, and all of the calls do not exceed."""

    p50: float
    p95: float
    p99: float
    slowest: float

    @classmethod
    def of(cls, microseconds: Iterable[float]) -> "Latency | None":
        """Return the percentiles of single times; None of none."""
        ordered = sorted(each / 1000 for each in microseconds)
        if not ordered:
            return None
        return cls(p50=_at(ordered, 50), p95=_at(ordered, 95), p99=_at(ordered, 99), slowest=ordered[-1])


def _at(ordered: Sequence[float], share: int) -> float:
    """Return the smallest value that so many in a hundred do not exceed."""
    return ordered[-(-len(ordered) * share // 100) - 1]
