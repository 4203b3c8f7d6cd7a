"""The command: measure, print, and renew the tables of the README when told to."""

import argparse
import contextlib
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import wrk
from bench.alone import alone
from bench.children import Failed
from bench.databases import NotHere
from bench.figures import Figures
from bench.interrupts import end_in_order
from bench.machine import commit, machine
from bench.plan import DATABASES, FULL, QUICK, SCENARIOS
from bench.report import disturbances, table
from bench.run import measure, tried_settings
from bench.wrk import WrkFailed

_README = Path(__file__).resolve().with_name("README.md")
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_OPEN_FILES = 8192


def main() -> int:
    """Return 0 when everything that was to be measured was, and nothing was wrong with it."""
    options = _options()
    if not wrk.is_here():
        print(wrk.MISSING, file=sys.stderr)
        return 2
    end_in_order()
    _allow_open_files()
    with alone(say=_say):
        return _measure(options)


def _measure(options: argparse.Namespace) -> int:
    plan = QUICK if options.quick else FULL
    started = time.monotonic()
    columns: list[Figures] = []
    failed = False
    for name in options.database or DATABASES:
        try:
            columns.append(measure(name, plan=plan, chosen=options.scenario or SCENARIOS, say=_say))
        except NotHere as error:
            _say(f"SKIPPED: {error}")
        except (Failed, WrkFailed) as error:
            _say(f"FAILED: {error}")
            failed = True
    if not columns:
        return 2
    shown = _shown(columns, table(columns, plan=plan), date=options.date)
    print(f"\n{shown}\n\nMeasured in {time.monotonic() - started:.0f} s.")
    if options.write and not failed:
        _write(shown)
    return 1 if failed or any(figures.problems or figures.facts.lossy for figures in columns) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure examhall as it is served.")
    parser.add_argument("--database", action="append", choices=DATABASES, help="only this one; may be given again")
    parser.add_argument("--scenario", action="append", choices=SCENARIOS, help="only this one; may be given again")
    parser.add_argument("--quick", action="store_true", help="fewer students, shorter runs: to see that it works")
    parser.add_argument("--write", action="store_true", help="renew the figures in bench/README.md")
    parser.add_argument("--date", default="", help="the day, to stand beside the commit")
    options = parser.parse_args()
    if options.write and (options.quick or options.database or options.scenario):
        parser.error("--write keeps whole runs only: leave --quick, --database and --scenario out")
    return options


def _shown(columns: Sequence[Figures], figures: str, *, date: str) -> str:
    lines = [f"{machine()}; commit {commit()}" + (f"; {date}" if date else "") + "."]
    lines += [f"Settings tried: {name}={text}." for name, text in sorted(tried_settings().items())]
    parts = ["\n".join(lines), figures, "\n".join(_settings(each) for each in columns)]
    doubts = [f"- {each.title}: {problem}" for each in columns for problem in each.problems]
    doubts += [
        f"- {each.title} can lose commits: {'; '.join(each.facts.lossy)}" for each in columns if each.facts.lossy
    ]
    doubts += [f"- {line}" for line in disturbances(columns)]
    if doubts:
        parts.append("Doubtful:\n\n" + "\n".join(doubts))
    return "\n\n".join(parts)


def _settings(figures: Figures) -> str:
    facts = figures.facts
    listed = ", ".join(f"`{name}` {value}" for name, value in facts.settings.items())
    return f"- {facts.product}, server processes {facts.workers}, threads of each {facts.threads}: {listed}"


def _write(shown: str) -> None:
    before, _, rest = _README.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    _README.write_text(f"{before}{_BEGIN}\n\n{shown}\n\n{_END}{after}")
    _say(f"Renewed {_README.name}.")


def _say(text: str) -> None:
    print(text, flush=True)


def _allow_open_files() -> None:
    """Let the load generator open a connection for each student: the usual limit is 1,024 files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
