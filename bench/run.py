"""Measure one database from nothing to its figures, and leave nothing behind."""

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench import children, scenarios
from bench.bench import Bench
from bench.databases import Database, database
from bench.figures import Figures
from bench.floors import floor
from bench.plan import SCENARIOS, Plan
from bench.world import ROOT, Captured, Facts, World

# Whoever tries other settings sets them in the environment; these three are the run's own.
_OWN = ("DATABASE_URL", "EXAMHALL_DATA_DIR", "EXAMHALL_SECRET_KEY", "DJANGO_SETTINGS_MODULE")
_KEY = "examhall-bench-key-which-protects-nothing-at-all"

Say = Callable[[str], None]


def tried_settings() -> dict[str, str]:
    """Return the settings of the server that the caller's environment changes."""
    return {name: text for name, text in os.environ.items() if name.startswith("EXAMHALL_") and name not in _OWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A database with its tables and what was planted in it, and how to reach it."""

    place: Database
    directory: Path
    environment: Mapping[str, str]
    facts: Facts
    world: World


@contextmanager
def prepared(name: str, *, students: int, say: Say) -> Iterator[Prepared]:
    """Make and plant a database; drop it when the block is left.

    :raises NotHere: when its server does not answer.
    """
    with ExitStack() as stack:
        directory = stack.enter_context(_directory())
        place = database(name, directory)
        place.make()
        stack.callback(place.drop)
        environment = _environment(place, directory)
        children.manage("migrate", "--verbosity=0", environment=environment)
        facts = children.task(Facts, "facts", environment=environment)
        _say_facts(facts, say)
        world = children.task(World, "plant", str(students), environment=environment)
        (directory / "world.json").write_bytes(msgspec.json.encode(world))
        yield Prepared(place=place, directory=directory, environment=environment, facts=facts, world=world)


def measure(name: str, *, plan: Plan, chosen: Collection[str], say: Say) -> Figures:
    """Measure the chosen scenarios on one database.

    :raises NotHere: when its server does not answer.
    """
    port = children.free_port()
    with prepared(name, students=plan.students, say=say) as ready:
        figures = Figures(title=ready.place.title, facts=ready.facts)
        if "saves" in chosen:
            say("  floor …")
            _find_floor(ready, figures, seconds=plan.floor_seconds)
        with children.server(port, environment=ready.environment, log=ready.directory / "server.log") as server_pid:
            bench = Bench(
                plan=plan,
                port=port,
                directory=ready.directory,
                environment=ready.environment,
                world=ready.world,
                server_pid=server_pid,
                database_pid=ready.facts.server_pid,
                figures=figures,
            )
            _run(bench, chosen, say)
    return figures


def _find_floor(ready: Prepared, figures: Figures, *, seconds: int) -> None:
    figures.captured = children.task(Captured, "capture", str(ready.directory), environment=ready.environment)
    figures.floor = floor(ready.directory, facts=ready.facts, seconds=seconds, environment=ready.environment)


def _run(bench: Bench, chosen: Collection[str], say: Say) -> None:
    # Without sessions there is nothing to save in, read or hand in.
    needed = {*chosen, "start"} if set(chosen) != {"login"} else set(chosen)
    said: list[str] = []
    for name in SCENARIOS:
        if name in needed:
            say(f"  {name} …")
            scenarios.RUN[name](bench)
            _say_problems(bench.figures, said, say)
        if name == "start" and "start" in needed and not bench.sessions:
            return
    if (bench.directory / "ledger.txt").exists():
        say("  looking for every acknowledged answer …")
        scenarios.check(bench)
        _say_problems(bench.figures, said, say)


def _say_problems(figures: Figures, said: list[str], say: Say) -> None:
    """Say each problem once, when it is found."""
    for problem in figures.problems[len(said) :]:
        say(f"    PROBLEM: {problem}")
        said.append(problem)


def _environment(place: Database, directory: Path) -> dict[str, str]:
    environment = {name: text for name, text in os.environ.items() if name not in _OWN}
    return environment | {
        "DATABASE_URL": place.url,
        "EXAMHALL_DATA_DIR": str(directory),
        # The tokens of the students are made beforehand, with the same key.
        "EXAMHALL_SECRET_KEY": _KEY,
    }


@contextmanager
def _directory() -> Iterator[Path]:
    """Give a directory where the server's data would be, because that disk is the one to measure."""
    (ROOT / "var").mkdir(exist_ok=True)
    directory = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _say_facts(facts: Facts, say: Say) -> None:
    listed = ", ".join(f"{name} = {value}" for name, value in facts.settings.items())
    say(f"{facts.product}: {listed}")
    if facts.lossy:
        say(f"  NOT DURABLE, it can lose acknowledged answers: {'; '.join(facts.lossy)}")
