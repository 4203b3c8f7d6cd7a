"""The files through which the processes of one server add up what they count (prometheus-client's multi-process mode).

Nothing here imports prometheus_client: it decides when it is first imported whether to use these files.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

logger = logging.getLogger(__name__)

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_LIVE_GAUGES = "gauge_livesum"
# Bytes of each process, far more than its few hundred series take; see reserve().
_SIZES = {"counter": 2**18, "histogram": 2**21, _LIVE_GAUGES: 2**16}


@contextmanager
def counting_in(directory: Path) -> Iterator[None]:
    """Let this process, and those that it starts meanwhile, count in files of this directory.

    Where there is no space for them, each process counts for itself.
    """
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = str(directory)
    try:
        if not reserve():
            del os.environ[_VARIABLE]
        yield
    finally:
        if before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = before


def directory() -> Path | None:
    """Return where the processes count, ``None`` where this process counts for itself."""
    text = os.environ.get(_VARIABLE)
    return Path(text) if text else None


def clear() -> None:
    """Remove what an earlier server counted here."""
    for path in _files("*.db"):
        path.unlink(missing_ok=True)


def reserve() -> bool:
    """Take the disk space for what this process counts; say whether there was enough.

    The library writes through a memory map of a file with holes. On a full disk that does not fail, it kills the process
    (SIGBUS): and students would lose their server to its statistics.
    """
    place = directory()
    if place is None:
        return True
    try:
        place.mkdir(parents=True, exist_ok=True)
        for prefix, size in _SIZES.items():
            with (place / f"{prefix}_{os.getpid()}.db").open("a+b") as file:
                os.posix_fallocate(file.fileno(), 0, size)
    except OSError as error:
        logger.warning("no space for metrics in %s: %s", place, error)
        return False
    return True


def forget_dead_processes() -> None:
    """Drop the gauges of processes that are gone: what they show is not the case any more. Their counters stay."""
    for path in _files(f"{_LIVE_GAUGES}_*.db"):
        if not _is_alive(path.stem.rpartition("_")[2]):
            path.unlink(missing_ok=True)


def _files(pattern: str) -> Iterator[Path]:
    place = directory()
    return iter(()) if place is None else place.glob(pattern)


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
