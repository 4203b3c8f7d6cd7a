"""The files of the repository, as the architecture tests see them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "examhall"


@cache
def committed_files() -> tuple[Path, ...]:
    """Return every file that is, or would be, committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_modules() -> list[Path]:
    """Return our Python modules, migrations aside: those are written by a machine."""
    return [path for path in committed_files() if path.suffix == ".py" and "migrations" not in path.parts]


def documents() -> list[Path]:
    """Return our Markdown files."""
    return [path for path in committed_files() if path.suffix == ".md"]


def name_of(path: Path) -> str:
    """Return a path as one reads it in a failure."""
    return path.relative_to(ROOT).as_posix()
