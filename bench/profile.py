"""The command that shows where a save spends its time: ``python -m bench.profile --database sqlite``.

Run it with ``-m`` only: as a script it would stand in the way of the standard library's module of this name.
"""

import argparse
import contextlib
import sys

from bench import children
from bench.alone import alone
from bench.databases import NotHere
from bench.interrupts import end_in_order
from bench.plan import DATABASES
from bench.run import prepared
from bench.world import Profile, Share

_STUDENTS = 10


def main() -> int:
    """Profile saves on each database that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description="Show where a save spends its time.")
    parser.add_argument("--database", action="append", choices=DATABASES, help="only this one; may be given again")
    parser.add_argument("--seconds", default=8, type=int, help="of each of three passes (default: %(default)s)")
    parser.add_argument("--calls", action="store_true", help="list functions as well, each with all that it calls")
    options = parser.parse_args()
    end_in_order()
    with alone(say=print):
        for name in options.database or DATABASES:
            _profile(name, seconds=options.seconds, calls=options.calls)
    return 0


def _profile(name: str, *, seconds: int, calls: bool) -> None:
    try:
        with prepared(name, students=_STUDENTS, say=print) as ready:
            profile = children.task(
                Profile, "profile", str(ready.directory), str(seconds), environment=ready.environment
            )
    except NotHere as error:
        print(f"SKIPPED: {error}", file=sys.stderr)
    else:
        _show(profile, calls=calls)


def _show(profile: Profile, *, calls: bool) -> None:
    print(
        f"\n{profile.saves:,} saves one after the other, without a server; where least disturbed, {profile.wall:,.0f} µs "
        f"each on the wall and {profile.processor:,.0f} µs of this process's processor time.\n"
    )
    print(_table("part of a save", [*profile.layers, profile.inside], profile))
    if calls:
        print("\n" + _table("function, with all that it calls", profile.calls, profile))


def _table(title: str, shares: list[Share], profile: Profile) -> str:
    width = max(len(title), *(len(share.name) for share in shares))
    lines = [f"| {title.ljust(width)} | wall µs | CPU µs | CPU |", f"| {'-' * width} | ------: | -----: | --: |"]
    lines += [
        f"| {share.name.ljust(width)} | {share.wall * profile.wall:7,.0f} | {share.processor * profile.processor:6,.0f} "
        f"| {share.processor:3.0%} |"
        for share in shares
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
