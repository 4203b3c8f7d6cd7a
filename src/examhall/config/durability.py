"""What a database must be set to, so that an answer that was acknowledged survives a crash and a power failure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One setting of a database: the values that keep commits, what any other may cost, and how to set it right."""

    name: str
    safe: frozenset[str]
    risk: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A demand that a database does not meet, and the value that it has instead."""

    demand: Demand
    value: str


_ISOLATION = Demand(
    name="transaction_isolation",
    safe=frozenset({"read committed"}),
    risk="the locks that keep one result a session and the attempts within their limit are made for READ COMMITTED.",
    remedy="Leave isolation_level out of DATABASE_URL.",
)

DEMANDS: Mapping[str, tuple[Demand, ...]] = {
    "sqlite": (
        Demand(
            name="synchronous",
            safe=frozenset({"full", "extra"}),
            risk="with the write-ahead log, commits are lost when the power fails.",
            remedy="Leave init_command out of DATABASE_URL.",
        ),
        Demand(
            name="journal_mode",
            safe=frozenset({"wal", "delete", "truncate", "persist"}),
            risk="a crash in the middle of a commit breaks the whole database.",
            remedy="Leave init_command out of DATABASE_URL and use a file.",
        ),
    ),
    "postgresql": (
        Demand(
            name="fsync",
            safe=frozenset({"on"}),
            risk="commits are lost, and the database may be broken, when the machine crashes.",
            remedy="Set fsync = on in postgresql.conf and reload.",
        ),
        Demand(
            name="full_page_writes",
            safe=frozenset({"on"}),
            risk="a page that was half written when the power failed cannot be repaired.",
            remedy="Set full_page_writes = on in postgresql.conf and reload.",
        ),
        Demand(
            name="synchronous_commit",
            safe=frozenset({"on", "local", "remote_write", "remote_apply"}),
            risk="a commit is reported before it is on disk, and the last ones are lost in a crash.",
            remedy="Set synchronous_commit = on in postgresql.conf, for the role, the database and in DATABASE_URL.",
        ),
        _ISOLATION,
    ),
    "mysql": (
        Demand(
            name="innodb_flush_log_at_trx_commit",
            # 3 is MariaDB's: one flush more.
            safe=frozenset({"1", "3"}),
            risk="the commits of up to a second are lost in a crash.",
            remedy="Set innodb_flush_log_at_trx_commit = 1 in the server's configuration.",
        ),
        Demand(
            name="sync_binlog",
            safe=frozenset({"1"}),
            risk="with a binary log, InnoDB restores its last commits from it, and they are lost with its unsynced end.",
            remedy="Set sync_binlog = 1 in the server's configuration, or switch the binary log off.",
        ),
        Demand(
            name="innodb_doublewrite",
            safe=frozenset({"on", "detect_and_recover"}),
            risk="a page that was half written when the power failed cannot be repaired.",
            remedy="Set innodb_doublewrite = ON in the server's configuration and start it again.",
        ),
        Demand(
            name="storage_engine",
            safe=frozenset({"innodb"}),
            risk="tables of another engine know no transactions.",
            remedy="Convert the tables with ALTER TABLE … ENGINE=InnoDB.",
        ),
        _ISOLATION,
    ),
}


def find_losses(connection: BaseDatabaseWrapper) -> tuple[Loss, ...]:
    """Return the demands that a database does not meet, as its settings are in a transaction of this connection."""
    with transaction.atomic(using=connection.alias):
        values = _READERS[connection.vendor](connection)
    return judge(connection.vendor, values)


def judge(vendor: str, values: Mapping[str, str]) -> tuple[Loss, ...]:
    """Return the demands on a kind of database that these values, in lower case, do not meet."""
    demands = (demand for demand in DEMANDS[vendor] if demand.name in values)
    return tuple(
        Loss(demand=demand, value=values[demand.name]) for demand in demands if values[demand.name] not in demand.safe
    )


def _sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    levels = ("off", "normal", "full", "extra")
    return {
        "synchronous": levels[int(_value(connection, "PRAGMA synchronous"))],
        "journal_mode": _value(connection, "PRAGMA journal_mode"),
    }


def _postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return {demand.name: _value(connection, f"SHOW {demand.name}") for demand in DEMANDS["postgresql"]}


def _mysql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW VARIABLES")
        shown = {name: str(value).lower() for name, value in cursor.fetchall()}
        cursor.execute(
            "SELECT DISTINCT engine FROM information_schema.tables"
            " WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
        )
        engines = {str(engine).lower() for (engine,) in cursor.fetchall()}
    flush = shown["innodb_flush_log_at_trx_commit"]
    values = {
        "innodb_flush_log_at_trx_commit": flush,
        # MariaDB before 11.0 has a switch here, later ones and MySQL a word.
        "innodb_doublewrite": {"1": "on", "0": "off"}.get(shown["innodb_doublewrite"], shown["innodb_doublewrite"]),
        "storage_engine": ", ".join(sorted(engines - {"innodb"})) or "innodb",
        # MariaDB before 11.1 knows it by its old name only.
        "transaction_isolation": (shown.get("transaction_isolation") or shown["tx_isolation"]).replace("-", " "),
    }
    # Without a binary log, or with a flush more, InnoDB's own log is enough.
    return values | ({"sync_binlog": shown["sync_binlog"]} if shown["log_bin"] == "on" and flush == "1" else {})


_READERS = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}


def _value(connection: BaseDatabaseWrapper, query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0]).lower()
