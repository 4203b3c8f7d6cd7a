"""Processor time from /proc: of a process with all its threads and children, and of the whole machine."""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
# Fields of /proc/PID/stat counted from the one after the name: the parent, then own and reaped children's times.
_PARENT, _TIMES = 1, slice(11, 15)
# Of the line "cpu" in /proc/stat: idle and waiting for a disk are no work, guests are counted in "user" already.
_WORK = (0, 1, 2, 5, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Seconds of processor time; ``database`` is None where its server is not on this machine or there is none.

    ``load`` is the load generator, ``others`` whatever else ran meanwhile, ``elapsed`` the time on the wall.
    """

    server: float
    database: float | None
    load: float
    others: float
    elapsed: float

    @property
    def disturbance(self) -> float:
        """Return the share of the machine that others took."""
        return self.others / (self.elapsed * (os.cpu_count() or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """Processor time of the processes of a run, up to now; two readings make a Usage."""

    server: float
    database: float | None
    load: float
    machine: float
    at: float

    @classmethod
    def read(cls, *, server: int | None, database: int | None, at: float) -> "Meter":
        """Read all clocks; ``at`` is the time on the wall."""
        own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return cls(
            server=seconds_of_family(server) if server else 0.0,
            database=seconds_of_family(database) if database else None,
            load=own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
            machine=_machine_seconds(),
            at=at,
        )

    def since(self, before: "Meter") -> Usage:
        """Return what was used since an earlier reading."""
        server, load = self.server - before.server, self.load - before.load
        known = self.database is not None and before.database is not None
        database = (self.database or 0.0) - (before.database or 0.0) if known else None
        machine = self.machine - before.machine
        return Usage(
            server=server,
            database=database,
            load=load,
            others=max(0.0, machine - server - (database or 0.0) - load),
            elapsed=self.at - before.at,
        )


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[_PARENT]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def seconds_of_family(pid: int) -> float:
    """Return the processor time of a process, its living descendants and those that it has seen end."""
    ticks = sum(sum(map(int, fields[_TIMES])) for member in family(pid) if (fields := _stat(member)))
    return ticks * _TICK


def _stat(pid: int) -> list[str]:
    """Return the fields after the name, which may hold anything; none for a process that is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _machine_seconds() -> float:
    fields = (_PROC / "stat").read_text().splitlines()[0].split()[1:]
    return sum(int(fields[index]) for index in _WORK) * _TICK
