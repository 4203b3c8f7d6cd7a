"""What the figures were measured on: the machine and the commit."""

import os
import subprocess
from pathlib import Path

from bench.world import ROOT

_GIB = 1024**3


def machine() -> str:
    """Return the cores, the processor and the memory in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    return f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB of memory"


def commit() -> str:
    """Return the commit in short, its day, and whether the tree differs from it."""
    named = _git("show", "--no-patch", "--format=%h of %cs", "HEAD")
    if not named:
        return "no commit"
    return named + (" with uncommitted changes" if _git("status", "--porcelain", "--", "src", "requirements") else "")


def _git(*arguments: str) -> str:
    try:
        run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )
