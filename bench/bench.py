"""One server on one database under measurement: what every scenario works with."""

import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from bench import children, wrk
from bench.cpu import Meter, Usage
from bench.figures import Figures, Measured
from bench.latency import Latency
from bench.observer import Observer
from bench.plan import Plan
from bench.world import World
from bench.wrk import Load

T = TypeVar("T")

# Method, path, token and body.
Call = tuple[str, str, str, str]

# Seconds for the load generator to make a thread for each student.
_COMES_IN, _COMES_IN_EACH = 0.5, 0.002
# As long as it takes, within reason: it ends when everybody is served.
_STORM_SECONDS = 80
_PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A running server, what was planted in its database, and where the figures go.

    ``sessions`` holds (student, session) once they are started.
    """

    plan: Plan
    port: int
    directory: Path
    environment: Mapping[str, str]
    world: World
    server_pid: int
    database_pid: int | None
    figures: Figures
    sessions: list[tuple[int, int]] = field(default_factory=list)

    def task(self, kind: type[T], name: str, *arguments: str) -> T:
        """Run a task on the same database."""
        return children.task(kind, name, str(self.directory), *arguments, environment=self.environment)

    def meter(self) -> Meter:
        """Read the processor clocks."""
        return Meter.read(server=self.server_pid, database=self.database_pid, at=time.monotonic())

    def saves(self, name: str, *, connections: int, seconds: int, bulk: bool = False) -> Measured:
        """Save answers over so many connections, one thread of the load generator each, which all begin together."""
        lanes = min(connections, len(self.sessions))
        comes_in = _comes_in(lanes)
        environment = {
            "BENCH_DIR": str(self.directory),
            "BENCH_LANES": str(lanes),
            "BENCH_BULK": "1" if bulk else "0",
            "BENCH_STARTS_AT": str(int(1e6 * (time.monotonic() + comes_in))),
        }
        size = self.ledger.stat().st_size if self.ledger.exists() else 0
        seconds += math.ceil(comes_in)
        load, usage = self._load(
            name, "saves", threads=lanes, connections=lanes, seconds=seconds, environment=environment
        )
        with self.ledger.open() as lines:
            lines.seek(size)
            return Measured(load=load, usage=usage, latency=Latency.of(_acknowledged(lines)))

    def flood(
        self, name: str, *, connections: int, seconds: int, think_ms: float, stubborn: bool
    ) -> tuple[Measured, Observer]:
        """Save answers over many connections of one thread, except the last student's; return what that one saw meanwhile.

        The latencies are the observer's to know, because in one thread replies cannot be told apart.
        """
        environment = {
            "BENCH_DIR": str(self.directory),
            "BENCH_THINK_MS": str(think_ms),
            "BENCH_STUBBORN": "1" if stubborn else "0",
        }
        student, session = self.sessions[-1]
        observer = Observer(
            port=self.port,
            token=next(each.token for each in self.world.students if each.id == student),
            session=session,
            questions=self.world.questions,
            ledger=self.ledger,
        )
        load, usage = self._load(
            name,
            "overload",
            threads=1,
            connections=connections,
            seconds=seconds,
            environment=environment,
            meanwhile=observer,
        )
        self.figures.problems += [f"{name}: {text}" for text in observer.problems]
        return Measured(load=load, usage=usage, latency=None), observer

    @property
    def ledger(self) -> Path:
        """Return where is written what was sent and what was acknowledged."""
        return self.directory / "ledger.txt"

    def storm(self, name: str, calls: Sequence[Call], *, status: int, mark: str) -> Measured:
        """Let each student make one call, all within the time of a storm; the refused come back when they may."""
        folder = self.directory / f"storm-{name}"
        folder.mkdir()
        for number, call in enumerate(calls, start=1):
            (folder / str(number)).write_text("\t".join(call))
        starts_at = time.monotonic() + _comes_in(len(calls))
        environment = {
            "BENCH_CALLS": str(folder),
            "BENCH_STATUS": str(status),
            "BENCH_MARK": mark,
            "BENCH_STARTS_AT": str(int(1e6 * starts_at)),
            "BENCH_EVERY": str(1000 * self.plan.storm_within_ms / len(calls)),
        }
        students = len(calls)
        load, usage = self._load(
            name, "storm", threads=students, connections=students, seconds=_STORM_SECONDS, environment=environment
        )
        done = folder / "done.txt"
        times = [float(line.split()[0]) for line in done.read_text().splitlines()] if done.exists() else []
        if len(times) < students:
            self.figures.problems.append(f"{name}: {students - len(times)} of {students} students were not served")
        return Measured(load=load, usage=usage, latency=Latency.of(times))

    def again(self, name: str, calls: Sequence[Call], *, status: int, mark: str) -> Measured:
        """Make the calls one after the other, again and again, over the usual connections."""
        path = self.directory / "calls.tsv"
        path.write_text("".join("\t".join(call) + "\n" for call in calls))
        load, usage = self._load(
            name,
            "calls",
            threads=1,
            connections=self.plan.connections[0],
            seconds=self.plan.read_seconds,
            environment={"BENCH_CALLS": str(path), "BENCH_STATUS": str(status), "BENCH_MARK": mark},
        )
        latency = Latency(p50=load.p50 / 1000, p95=load.p95 / 1000, p99=load.p99 / 1000, slowest=load.slowest / 1000)
        return Measured(load=load, usage=usage, latency=latency if load.good else None)

    def _load(
        self,
        name: str,
        script: str,
        *,
        threads: int,
        connections: int,
        seconds: int,
        environment: Mapping[str, str],
        meanwhile: AbstractContextManager[None] | None = None,
    ) -> tuple[Load, Usage]:
        before = self.meter()
        with meanwhile or nullcontext():
            load = wrk.run(
                script,
                port=self.port,
                threads=threads,
                connections=connections,
                seconds=seconds,
                environment=environment,
            )
        usage = self.meter().since(before)
        if load.wrong:
            self.figures.problems.append(f"{name}: {load.wrong} wrong answers, such as: {load.oddity}")
        # In a storm a student who is served may sit idle until the server hangs up; who is not is found by counting.
        if load.broken and script != "storm":
            self.figures.problems.append(f"{name}: connections failed: {load.broken}")
        # What a cut connection left in the server's hands is done before the next thing begins.
        time.sleep(_PAUSE_SECONDS)
        return load, usage


def _comes_in(students: int) -> float:
    """Return the seconds after which the load generator has a thread for each student, so that all can begin together."""
    return _COMES_IN + students * _COMES_IN_EACH


def _acknowledged(lines: Iterable[str]) -> Iterator[float]:
    """Return how long the acknowledged calls of a stretch of the ledger took, in microseconds."""
    return (float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith("A "))


def as_json(value: object) -> str:
    """Return a value as the text of a body."""
    return msgspec.json.encode(value).decode()
