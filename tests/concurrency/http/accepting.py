"""Which process of a server holds which connection, as the kernel tells it (Linux only)."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.concurrency.http.client import Line
from tests.concurrency.http.server import Site

_PROC = Path("/proc")
_SOCKETS = _PROC / "net" / "tcp"


def processes_behind(site: Site, lines: Iterable[Line]) -> set[int]:
    """Return the ids of the processes of the site that hold the other ends of connections."""
    ours = {(site.port, line.port) for line in lines}
    wanted = {f"socket:[{inode}]" for ends, inode in _sockets() if ends in ours}
    return {pid for pid in _processes(site.pid) if not wanted.isdisjoint(_open_files(pid))}


def can_tell() -> bool:
    """Say whether this machine shows it."""
    return _SOCKETS.exists()


def _sockets() -> Iterator[tuple[tuple[int, int], str]]:
    """Give local and remote port, and the inode, of every IPv4 connection (proc(5), "/proc/net/tcp")."""
    for row in _SOCKETS.read_text().splitlines()[1:]:
        fields = row.split()
        local, remote = (int(address.rpartition(":")[2], 16) for address in fields[1:3])
        yield (local, remote), fields[9]


def _processes(session: int) -> Iterator[int]:
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # The name in parentheses may hold anything.
                if int((entry / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                    yield int(entry.name)


def _open_files(pid: int) -> set[str]:
    found: set[str] = set()
    for entry in (_PROC / str(pid) / "fd").iterdir():
        with contextlib.suppress(OSError):
            found.add(str(entry.readlink()))
    return found
