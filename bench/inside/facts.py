"""Ask the database, through the connection that the server would use, what it is and whether it can lose commits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from bench.disks import volatile_filesystem
from bench.world import Facts

_MYSQL = (
    "innodb_flush_log_at_trx_commit",
    "log_bin",
    "sync_binlog",
    "innodb_doublewrite",
    "innodb_flush_method",
    "innodb_buffer_pool_size",
    "transaction_isolation",
)
_POSTGRESQL = ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers", "commit_delay")
_SQLITE = ("journal_mode", "synchronous")

_SYNCHRONOUS = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}


def run() -> Facts:
    """Return what the database is and how it is set."""
    found = _ASK[connection.vendor]()
    volatile = volatile_filesystem(found.directory) if found.directory else ""
    return Facts(
        product=found.product,
        settings=found.values,
        lossy=found.lossy + ([f"its files are on {volatile}"] if volatile else []),
        workers=settings.EXAMHALL_WORKERS,
        threads=settings.EXAMHALL_THREADS,
        server_pid=found.server_pid,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one kind of database tells; ``directory`` is empty where it is not told."""

    product: str
    values: dict[str, str]
    lossy: list[str]
    directory: str
    server_pid: int | None


def _sqlite() -> _Found:
    values = {name: _value(f"PRAGMA {name}") for name in _SQLITE}
    values["synchronous"] = _SYNCHRONOUS.get(values["synchronous"], values["synchronous"])
    lossy = _unless(values, "synchronous", {"FULL", "EXTRA"}) + _unless(values, "journal_mode", {"wal"})
    product = f"SQLite {_value('SELECT sqlite_version()')}"
    place = str(connection.settings_dict["NAME"])
    return _Found(product=product, values=values, lossy=lossy, directory=place, server_pid=None)


def _mysql() -> _Found:
    with connection.cursor() as cursor:
        cursor.execute("SHOW VARIABLES")
        found = {str(name): str(value) for name, value in cursor.fetchall()}
    found.setdefault("transaction_isolation", found.get("tx_isolation", ""))
    values = {name: found[name] for name in _MYSQL if name in found}
    # MariaDB's 3 flushes at every commit, and once more.
    lossy = _unless(values, "innodb_flush_log_at_trx_commit", {"1", "3"})
    lossy += _unless(values, "innodb_doublewrite", {"ON", "DETECT_AND_RECOVER"})
    # With a binary log a commit is kept when the log has it, so that one must reach the disk as well.
    if values["log_bin"] == "ON":
        lossy += _unless(values, "sync_binlog", {"1"})
    version = found["version"]
    name = "MariaDB" if "MariaDB" in version else "MySQL"
    return _Found(
        product=f"{name} {version.partition('-')[0]}",
        values=values,
        lossy=lossy,
        directory=found["datadir"],
        server_pid=_pid_in(Path(found["datadir"]) / found["pid_file"]),
    )


def _pid_in(file: Path) -> int | None:
    try:
        pid = int(file.read_text())
    except (OSError, ValueError):
        return None
    return pid if _name(pid) in {"mariadbd", "mysqld"} else None


def _postgresql() -> _Found:
    values = {name: _value(f"SHOW {name}") for name in _POSTGRESQL}
    lossy = _unless(values, "fsync", {"on"}) + _unless(values, "full_page_writes", {"on"})
    if values["synchronous_commit"] == "off":
        lossy.append("synchronous_commit = off")
    # Only superusers may see where the files are.
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        row = cursor.fetchone()
    return _Found(
        product=f"PostgreSQL {_value('SHOW server_version').partition(' ')[0]}",
        values=values,
        lossy=lossy,
        directory=row[0] if row else "",
        server_pid=_parent_postgres(int(_value("SELECT pg_backend_pid()"))),
    )


def _parent_postgres(backend: int) -> int | None:
    """Return the process that starts the others, from one that serves this connection."""
    try:
        stat = Path(f"/proc/{backend}/stat").read_text()
    except OSError:
        return None
    parent = int(stat.rpartition(")")[2].split()[1])
    return parent if _name(parent) in {"postgres", "postmaster"} else None


def _name(pid: int) -> str:
    """Return the name of a process of this machine; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


_ASK: Mapping[str, Callable[[], _Found]] = {
    "sqlite": _sqlite,
    "mysql": _mysql,
    "postgresql": _postgresql,
}


def _unless(values: Mapping[str, str], name: str, durable: set[str]) -> list[str]:
    return [] if values.get(name) in durable else [f"{name} = {values.get(name)}"]


def _value(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])
