"""The figures of the last full run, in its document."""

import os
import platform
import re
import subprocess
from pathlib import Path

from tests.chaos.campaign import Campaign
from tests.chaos.report import table
from tests.chaos.world import ROOT

DOCUMENT = ROOT / "docs" / "operations" / "durability-tests.md"
_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"


def write_figures(campaign: Campaign) -> None:
    """Put the totals of a run, and what they were measured on, between the marks of the document."""
    text = DOCUMENT.read_text()
    figures = f"{_BEGIN}\n{_where(campaign)}\n\n{table(campaign.rows)}\n{_commits(campaign)}{_END}"
    DOCUMENT.write_text(re.sub(f"{_BEGIN}.*?{_END}", lambda _: figures, text, flags=re.DOTALL))


def _where(campaign: Campaign) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}, {', '.join(campaign.versions)}; "
        f"commit {commit or 'unknown'}; {campaign.scale.students} students under each fault; "
        f"seed {campaign.scale.seed}; {campaign.seconds / 60:.0f} minutes."
    )


def _processor() -> str:
    found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def _commits(campaign: Campaign) -> str:
    """Return how many commits each call was crashed at, by database."""
    rows = [row for row in campaign.rows if row.notes]
    if not rows:
        return ""
    lines = [f"- {row.database}: {', '.join(row.notes)}" for row in rows]
    return "\nCommits of each call, crashed at one by one, before and after:\n\n" + "\n".join(lines) + "\n"
