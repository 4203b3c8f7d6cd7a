"""`python -m tests.chaos`: break the server in every way there is and look for what is missing afterwards."""

import asyncio
import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from tests.chaos.campaign import Campaign, say
from tests.chaos.checks import Flaw
from tests.chaos.databases import NAMES
from tests.chaos.faults import CONTROLS, FAULTS
from tests.chaos.figures import write_figures
from tests.chaos.report import total
from tests.chaos.scenario import Scale

# What the full run promises over all of its faults.
_PROMISED = 200_000
_FULL = Scale(answers=11_000, students=200, seconds=75.0, brief=False, seed=0)
_SHORT = Scale(answers=700, students=40, seconds=20.0, brief=True, seed=0)
_SHORT_PARTS = (
    ("sqlite", ("kill-worker", "kill-server", "commit-crashes", "disk-full", "bad-network")),
    ("postgres", ("kill-worker", "kill-database", "freeze-database", "bad-network")),
    ("mariadb", ("kill-server", "kill-database")),
)


def main() -> int:
    """Run what the arguments say; return 0 when nothing was found."""
    options = _arguments()
    base = _SHORT if options.short or options.control else _FULL
    scale = Scale(
        answers=options.answers or base.answers,
        students=options.students or base.students,
        seconds=options.seconds or base.seconds,
        brief=base.brief,
        seed=int(time.time()) if options.seed is None else options.seed,
    )
    parts = _parts(options)
    campaign = Campaign(parts=parts, scale=scale, keep=options.keep)
    try:
        clean = asyncio.run(_interruptible(campaign))
    except _Interrupted as signalled:
        say(f"Ended by {signalled}.")
        return 130
    if options.control:
        return 0 if _all_lost(campaign) else 1
    whole = not options.short and not options.database and not options.fault
    if whole:
        clean = _complete(campaign) and clean
    if options.write:
        write_figures(campaign)
    return 0 if clean else 1


class _Interrupted(Exception):
    """A signal asked the program to end; everything that it started was ended."""


async def _interruptible(campaign: Campaign) -> bool:
    """Run with every signal that ends a program leading through the clean-up.

    :raises _Interrupted: when one came.
    """
    task = asyncio.current_task()
    assert task is not None
    came: list[signal.Signals] = []

    def end(number: signal.Signals) -> None:
        came.append(number)
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, end, number)
    try:
        return await campaign.run()
    except asyncio.CancelledError:
        if came:
            raise _Interrupted(came[0].name) from None
        raise


def _parts(options: Namespace) -> Sequence[tuple[str, Sequence[str]]]:
    if options.short and not options.database and not options.fault:
        return _SHORT_PARTS
    known = CONTROLS if options.control else FAULTS
    databases = options.database or NAMES
    faults = options.fault or list(known)
    return [(name, [fault for fault in faults if name in known[fault].databases]) for name in databases]


def _all_lost(campaign: Campaign) -> bool:
    """Say whether every loss of the counter-trial was noticed."""
    missed = [f"{row.fault} on {row.database}" for row in campaign.rows if not row.count(Flaw.LOST)]
    say(f"Not noticed: {', '.join(missed)}." if missed else "Every loss was noticed, as it should be.")
    return not missed


def _complete(campaign: Campaign) -> bool:
    """Say whether a full run kept its promise of size: everything played, and enough of it."""
    skipped = [f"{row.fault} on {row.database}" for row in campaign.rows if row.skipped]
    if skipped:
        say(f"Not a full run: {', '.join(skipped)} was not played.")
    few = total(campaign.rows).acknowledged < _PROMISED
    if few:
        say(f"Not a full run: fewer than {_PROMISED:,} answers were acknowledged.")
    return not skipped and not few


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few minutes instead of the whole run")
    parser.add_argument(
        "--control",
        action="store_true",
        help="servers and databases that do lose answers; fails when that goes unnoticed",
    )
    parser.add_argument("--database", action="append", choices=NAMES, help="only this one; may be repeated")
    parser.add_argument("--fault", action="append", choices=[*FAULTS, *CONTROLS], help="only this one; may be repeated")
    parser.add_argument("--answers", type=int, help="answers to be acknowledged under each fault, at least")
    parser.add_argument("--students", type=int, help="students under each fault")
    parser.add_argument("--seconds", type=float, help="how long students work under a fault, at most")
    parser.add_argument("--seed", type=int, help="repeats the choices of an earlier run")
    parser.add_argument("--keep", action="store_true", help="keep ledgers and logs even when nothing was found")
    parser.add_argument("--write", action="store_true", help="renew the figures in docs/operations/durability-tests.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
