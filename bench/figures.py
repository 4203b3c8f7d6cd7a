"""What was measured on one database."""

from dataclasses import dataclass, field

from bench.cpu import Usage
from bench.latency import Latency
from bench.world import Captured, Checked, Counted, Facts
from bench.wrk import Load


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run of the load generator, how long its good calls took where that is known, and what it cost."""

    load: Load
    latency: Latency | None
    usage: Usage

    @property
    def server_ms(self) -> float:
        """Return the server's milliseconds of processor time for each good answer."""
        return 1000 * self.usage.server / max(1, self.load.good)

    @property
    def database_ms(self) -> float | None:
        """Return the database server's, or None where it has none on this machine."""
        return None if self.usage.database is None else 1000 * self.usage.database / max(1, self.load.good)

    @property
    def load_ms(self) -> float:
        """Return the load generator's own for each good answer."""
        return 1000 * self.usage.load / max(1, self.load.good)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The same statements without Django and HTTP: saves a second, and milliseconds of processor time for each.

    ``ms`` counts the processes that replay and the database server.
    """

    rate: float
    ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """Saves at several times of what the server can sustain: calls a second, and how long an observer's calls took.

    ``best`` is the best rate of single saves, which the others are compared with.
    """

    offered: float
    good: float
    refused: float
    best: float
    observed_saves: Latency | None
    observed_refusals: Latency | None

    @property
    def times(self) -> float:
        """Return how many times the best rate was offered."""
        return self.offered / self.best

    @property
    def share(self) -> float:
        """Return the share of the best rate that was acknowledged."""
        return self.good / self.best


@dataclass(slots=True, kw_only=True)
class Figures:
    """Everything about one database; what was not measured is absent.

    ``measured`` goes by scenario, for single saves by ``saves-CONNECTIONS``; ``overload`` by who saves; ``problems`` say what makes them doubtful.
    """

    title: str
    facts: Facts
    measured: dict[str, Measured] = field(default_factory=dict)
    captured: Captured | None = None
    floor: Floor | None = None
    overload: dict[str, Overload] = field(default_factory=dict)
    started: Counted | None = None
    submitted: Counted | None = None
    checked: Checked | None = None
    problems: list[str] = field(default_factory=list)

    def best_save_rate(self) -> float:
        """Return the highest rate of single saves that was reached; 0 when none was measured."""
        return max((each.load.rate for name, each in self.measured.items() if name.startswith("saves-")), default=0.0)
