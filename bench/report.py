"""The figures as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.figures import Figures, Measured, Overload
from bench.latency import Latency
from bench.plan import Plan

_NONE = "-"
_QUESTIONS = 40
_NOTEWORTHY_DISTURBANCE = 0.05

Cell = Callable[[Figures], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    label: str
    cell: Cell
    wanted: str = ""


def table(columns: Sequence[Figures], *, plan: Plan) -> str:
    """Return the table in Markdown, a column for each database."""
    rows = [row for row in _rows(plan) if any(row.cell(figures) != _NONE for figures in columns)]
    titles = [figures.title + (" (NOT DURABLE)" if figures.facts.lossy else "") for figures in columns]
    lines = [["", *titles, "wanted"]] + [[row.label, *(row.cell(each) for each in columns), row.wanted] for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:-1]), "-" * widths[-1]]
    padded = [
        [text.ljust(width) if place in {0, len(line) - 1} else text.rjust(width)
         for place, (text, width) in enumerate(zip(line, widths, strict=True))]
        for line in lines
    ]  # fmt: skip
    return "\n".join("| " + " | ".join(line) + " |" for line in [padded[0], rule, *padded[1:]])


def disturbances(columns: Sequence[Figures]) -> list[str]:
    """Return a line for each measurement during which other programs took a noteworthy part of the machine."""
    return [
        f"{figures.title}, {name}: other programs took {each.usage.disturbance:.0%} of the machine"
        for figures in columns
        for name, each in figures.measured.items()
        if each.usage.disturbance > _NOTEWORTHY_DISTURBANCE
    ]


def _rows(plan: Plan) -> list[_Row]:
    first, *others = plan.connections
    main = f"saves-{first}"
    rows = [
        _Row(
            label=f"**Single saves**, {first} connections: acknowledged/s",
            cell=_of(main, lambda each: _rate(each) + _refused(each)),
            wanted="≥ 1,500 (SQLite 1,200)",
        ),
        _Row(label="p50 / p95 / p99 / max, ms", cell=_of(main, _latencies), wanted="p99 ≤ 60"),
        _Row(label="CPU a save, ms: server + database", cell=_of(main, _cpu), wanted="≤ 1.2 in all"),
        _Row(label="the load generator's own CPU a save, ms", cell=_of(main, lambda each: f"{each.load_ms:.2f}")),
        _Row(label="statements a save", cell=lambda f: str(f.captured.save) if f.captured else _NONE),
        _Row(
            label="floor: the same statements alone, saves/s",
            cell=lambda f: f"{f.floor.rate:,.0f}" if f.floor else _NONE,
        ),
        _Row(
            label="floor: CPU a save, ms: driver + database", cell=lambda f: f"{f.floor.ms:.2f}" if f.floor else _NONE
        ),
        _Row(label="saves/s as a share of the floor", cell=_share_of_floor(main), wanted="≥ 50 %"),
    ]
    rows += [
        _Row(label=f"{each} connections: saves/s · p99 ms", cell=_of(f"saves-{each}", _rate_and_p99)) for each in others
    ]
    return rows + _other_rows() + _overload_rows(plan) + _kept_rows()


def _other_rows() -> list[_Row]:
    return [
        _Row(
            label=f"**Bulk saves** of {_QUESTIONS}: answers/s · p99 ms",
            cell=_of("bulk", lambda each: f"{each.load.rate * _QUESTIONS:,.0f} · {_p99(each.latency)}"),
            wanted="≥ 8,000",
        ),
        _Row(label="statements a bulk save", cell=lambda f: str(f.captured.bulk) if f.captured else _NONE),
        _Row(label="**Start storm**: starts in s · p99 ms", cell=_of("start", _storm), wanted="1,000 in ≤ 4"),
        _Row(
            label="sessions afterwards",
            cell=lambda f: f"{f.started.sessions:,}" if f.started else _NONE,
            wanted="1,000",
        ),
        _Row(label="**Submit storm**: hand-ins in s · p99 ms", cell=_of("submit", _storm), wanted="1,000 in ≤ 4"),
        _Row(
            label="results afterwards",
            cell=lambda f: f"{f.submitted.results:,}" if f.submitted else _NONE,
            wanted="1,000",
        ),
        _Row(label="**Login storm**: sign-ins in s · p99 ms", cell=_of("login", _storm)),
        _Row(label="**Heartbeats**: active session/s · p99 ms", cell=_of("active", _rate_and_p99)),
        _Row(label="log-action/s · p99 ms", cell=_of("log-action", _rate_and_p99)),
        _Row(label="**Reading** a session in full/s · p99 ms", cell=_of("detail", _rate_and_p99)),
    ]


def _overload_rows(plan: Plan) -> list[_Row]:
    title = f"**Overload** aimed at {plan.overload_times} times the best"
    return [
        *_overloaded_rows("overload", f"{title}, the refused stay away: offered/s (times the best)"),
        *_overloaded_rows("stubborn", f"{title}, nobody stays away: offered/s (times the best)"),
    ]


def _overloaded_rows(name: str, title: str) -> list[_Row]:
    def of(show: Callable[[Overload], str]) -> Cell:
        return lambda figures: show(figures.overload[name]) if name in figures.overload else _NONE

    return [
        _Row(label=title, cell=of(lambda each: f"{each.offered:,.0f} ({each.times:.1f})")),
        _Row(
            label="acknowledged/s (share of the best)",
            cell=of(lambda each: f"{each.good:,.0f} ({100 * each.share:.0f} %)"),
            wanted="≥ 80 %",
        ),
        _Row(label="refused/s", cell=of(lambda each: f"{each.refused:,.0f}")),
        _Row(
            label="an observer's acknowledged saves: p50 / p99 / max, ms",
            cell=of(lambda each: _observed(each.observed_saves)),
        ),
        _Row(
            label="an observer's refusals: p50 / p99 / max, ms",
            cell=of(lambda each: _observed(each.observed_refusals)),
            wanted="p99 ≤ 100",
        ),
        _Row(label="cores in use: server + database · load generator", cell=_of(name, _cores)),
    ]


def _kept_rows() -> list[_Row]:
    return [
        _Row(
            label="**Kept**: answers acknowledged", cell=lambda f: f"{f.checked.acknowledged:,}" if f.checked else _NONE
        ),
        _Row(
            label="last ones found in the database",
            cell=lambda f: f"{f.checked.kept:,} of {f.checked.answers:,}" if f.checked else _NONE,
            wanted="all",
        ),
    ]


def _of(name: str, show: Callable[[Measured], str]) -> Cell:
    return lambda figures: show(figures.measured[name]) if name in figures.measured else _NONE


def _rate(measured: Measured) -> str:
    return f"{measured.load.rate:,.0f}"


def _latencies(measured: Measured) -> str:
    latency = measured.latency
    if latency is None:
        return _NONE
    return " / ".join(f"{each:,.0f}" for each in (latency.p50, latency.p95, latency.p99, latency.slowest))


def _p99(latency: Latency | None) -> str:
    return f"{latency.p99:,.0f}" if latency else _NONE


def _refused(measured: Measured) -> str:
    return f" · {measured.load.refused:,} refused" if measured.load.refused else ""


def _rate_and_p99(measured: Measured) -> str:
    return f"{_rate(measured)} · {_p99(measured.latency)}{_refused(measured)}"


def _storm(measured: Measured) -> str:
    return f"{measured.load.good:,} in {measured.load.seconds:.1f} · {_p99(measured.latency)}{_refused(measured)}"


def _cpu(measured: Measured) -> str:
    if measured.database_ms is None:
        return f"{measured.server_ms:.2f}"
    return f"{measured.server_ms:.2f} + {measured.database_ms:.2f}"


def _share_of_floor(name: str) -> Cell:
    def cell(figures: Figures) -> str:
        if figures.floor is None or name not in figures.measured:
            return _NONE
        return f"{100 * figures.measured[name].load.rate / figures.floor.rate:.0f} %"

    return cell


def _observed(latency: Latency | None) -> str:
    return f"{latency.p50:,.0f} / {latency.p99:,.0f} / {latency.slowest:,.0f}" if latency else _NONE


def _cores(measured: Measured) -> str:
    usage = measured.usage
    server, load = usage.server / usage.elapsed, usage.load / usage.elapsed
    database = "" if usage.database is None else f" + {usage.database / usage.elapsed:.2f}"
    return f"{server:.2f}{database} · {load:.2f}"
