"""A run: faults on databases, one after the other, and what became of them all."""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.databases import Unavailable, make_database
from tests.chaos.faults import CONTROLS, FAULTS
from tests.chaos.report import Row, table
from tests.chaos.scenario import Played, Scale, look_again, play
from tests.chaos.site import Site

_SHOWN = 5
# On top of the driving: planting, recovering and reading everything.
_BESIDES = 240.0


@dataclass(slots=True, kw_only=True)
class Campaign:
    """What is to be played, in this order; ``rows`` and ``versions`` fill up as it is."""

    parts: Sequence[tuple[str, Sequence[str]]]
    scale: Scale
    keep: bool = False
    rows: list[Row] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)
    seconds: float = 0.0

    async def run(self) -> bool:
        """Play everything; say whether nothing was found. Directories of a run that found something are kept."""
        began = time.monotonic()
        home = Path(tempfile.mkdtemp(prefix="examhall-chaos-"))
        # Database servers run under accounts of their own.
        home.chmod(0o711)
        try:
            for database, faults in self.parts:
                await self._play_database(database, faults, home / database)
        except asyncio.CancelledError:
            shutil.rmtree(home, ignore_errors=True)
            raise
        except BaseException:
            say(f"The run broke. Ledgers and logs are kept in {home}")
            raise
        self.seconds = time.monotonic() - began
        found = any(row.findings for row in self.rows)
        if found or self.keep:
            say(f"Ledgers and logs are kept in {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)
        say(f"\n{table(self.rows)}\n\nSeed {self.scale.seed}, {self.seconds:.0f} s.")
        return not found

    async def _play_database(self, database: str, faults: Sequence[str], home: Path) -> None:
        home.mkdir()
        home.chmod(0o711)
        try:
            site = Site(home, make_database(database, home / database))
        except Unavailable as reason:
            self.rows += [Row(fault=fault, database=database, skipped=str(reason)) for fault in faults]
            say(f"{database}: not played, {reason}")
            return
        try:
            await site.start()
            self.versions.append(site.database.version)
            played = [await self._play(fault, site) for fault in faults]
            findings = [finding for one in played if one for finding in look_again(site, one)]
            if findings:
                self._show(Row(fault="afterwards", database=database, findings=findings))
        finally:
            await site.stop()
        if not findings:
            self._tidy(home)

    async def _play(self, name: str, site: Site) -> Played | None:
        fault = (FAULTS | CONTROLS)[name]()
        say(f"{site.database.name}: {name} …")
        ledger = site.home / f"{name}.ledger"
        began = time.monotonic()
        async with asyncio.timeout(self.scale.seconds + _BESIDES):
            row, played = await play(fault, site, self.scale, ledger)
        self._show(row, f" | took {time.monotonic() - began:.0f} s")
        return played

    def _show(self, row: Row, took: str = "") -> None:
        self.rows.append(row)
        say("  " + " | ".join(row.cells()[2:]) + took)
        if row.silences:
            say("  unknown: " + ", ".join(f"{reason} {count:,}" for reason, count in row.silences.items()))
        if row.notes:
            say("  " + ", ".join(row.notes))
        for finding in row.findings[:_SHOWN]:
            say(f"  ! {finding}")
        if len(row.findings) > _SHOWN:
            say(f"  ! and {len(row.findings) - _SHOWN} more")

    def _tidy(self, home: Path) -> None:
        """Free the disk early: a database's files are not needed once all was found well."""
        clean = not any(row.findings for row in self.rows)
        if clean and not self.keep:
            shutil.rmtree(home, ignore_errors=True)


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
