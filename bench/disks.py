"""Which file system holds a path."""

from pathlib import Path

_IN_MEMORY = frozenset({"tmpfs", "ramfs"})


def volatile_filesystem(path: str) -> str:
    """Return the kind of the file system that holds a path if it forgets everything with the power, else nothing."""
    return kind if (kind := _kind(Path(path))) in _IN_MEMORY else ""


def _kind(path: Path) -> str:
    """Return the kind of the file system of the longest mount point above a path; empty where that cannot be told."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
        absolute = path.resolve()
    except OSError:
        return ""
    above = [(Path(point), kind) for _, point, kind, *_ in mounts if absolute.is_relative_to(point)]
    # Of two mounts at one point the later one is seen.
    return max(enumerate(above), key=lambda item: (len(item[1][0].parts), item[0]))[1][1] if above else ""
