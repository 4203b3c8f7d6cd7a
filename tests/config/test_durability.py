"""A database that may lose commits is refused, with the reason, unless that loss is allowed by name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from psycopg import IsolationLevel
from pytest_django import Settings

from examhall.config import checks, durability, env

PAGE = Path(__file__).resolve().parents[2] / "docs" / "operations" / "durability.md"

GOOD = {
    "sqlite": {"synchronous": "full", "journal_mode": "wal"},
    "postgresql": {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "transaction_isolation": "read committed",
    },
    "mysql": {
        "innodb_flush_log_at_trx_commit": "1",
        "sync_binlog": "1",
        "innodb_doublewrite": "on",
        "storage_engine": "innodb",
        "transaction_isolation": "read committed",
    },
}


def _names(losses: tuple[durability.Loss, ...]) -> list[str]:
    return [loss.demand.name for loss in losses]


@pytest.mark.parametrize("vendor", GOOD)
def test_a_database_with_durable_settings_is_fine(vendor: str) -> None:
    assert durability.judge(vendor, GOOD[vendor]) == ()


@pytest.mark.parametrize(
    ("vendor", "name", "value"),
    [
        ("sqlite", "synchronous", "extra"),
        ("sqlite", "journal_mode", "delete"),
        ("postgresql", "synchronous_commit", "remote_apply"),
        ("postgresql", "synchronous_commit", "local"),
        ("mysql", "innodb_flush_log_at_trx_commit", "3"),
        ("mysql", "innodb_doublewrite", "detect_and_recover"),
    ],
)
def test_other_values_that_keep_commits_are_fine(vendor: str, name: str, value: str) -> None:
    assert durability.judge(vendor, GOOD[vendor] | {name: value}) == ()


@pytest.mark.parametrize(
    ("vendor", "name", "value"),
    [
        ("sqlite", "synchronous", "normal"),
        ("sqlite", "synchronous", "off"),
        ("sqlite", "journal_mode", "off"),
        ("sqlite", "journal_mode", "memory"),
        ("postgresql", "fsync", "off"),
        ("postgresql", "full_page_writes", "off"),
        ("postgresql", "synchronous_commit", "off"),
        ("postgresql", "transaction_isolation", "repeatable read"),
        ("mysql", "innodb_flush_log_at_trx_commit", "0"),
        ("mysql", "innodb_flush_log_at_trx_commit", "2"),
        ("mysql", "sync_binlog", "0"),
        ("mysql", "sync_binlog", "100"),
        ("mysql", "innodb_doublewrite", "off"),
        ("mysql", "innodb_doublewrite", "detect_only"),
        ("mysql", "innodb_doublewrite", "fast"),
        ("mysql", "storage_engine", "aria, myisam"),
        ("mysql", "transaction_isolation", "repeatable read"),
    ],
)
def test_a_value_that_may_lose_commits_is_named(vendor: str, name: str, value: str) -> None:
    (loss,) = durability.judge(vendor, GOOD[vendor] | {name: value})
    assert (loss.demand.name, loss.value) == (name, value)


def test_without_a_binary_log_nothing_is_asked_of_it() -> None:
    values = {name: value for name, value in GOOD["mysql"].items() if name != "sync_binlog"}
    assert durability.judge("mysql", values) == ()


def test_every_demand_can_be_waived_by_its_name_and_nothing_else_can() -> None:
    assert {demand.name for demands in durability.DEMANDS.values() for demand in demands} == set(env.LOSSY)


def test_every_demand_is_documented() -> None:
    rows = re.findall(r"^\| [A-Za-z, ]+ \| `([a-z_]+)` \|", PAGE.read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(env.LOSSY)


@pytest.mark.parametrize("text", ["fsinc", "fsync,all", "*"])
def test_what_is_no_name_of_a_loss_is_refused(text: str) -> None:
    reader = env.Reader({env.ALLOW_LOSSY_DATABASE.name: text})
    assert reader.read(env.ALLOW_LOSSY_DATABASE) == frozenset()
    with pytest.raises(env.SettingsError, match="EXAMHALL_ALLOW_LOSSY_DATABASE must be a list of names from"):
        reader.finish()


def test_names_are_read_in_any_case_with_spaces() -> None:
    reader = env.Reader({env.ALLOW_LOSSY_DATABASE.name: " fsync, Full_Page_Writes,"})
    assert reader.read(env.ALLOW_LOSSY_DATABASE) == {"fsync", "full_page_writes"}


@pytest.fixture
def own_connection(transactional_db: None) -> Iterator[None]:
    """A connection that nobody uses after the test."""
    connection.ensure_connection()
    yield
    connection.close()


@pytest.fixture
def lossy(own_connection: None) -> str:
    """Set this connection up so that it may lose commits; return the name of the setting."""
    name, statement = {
        "sqlite": ("synchronous", "PRAGMA synchronous=NORMAL"),
        "postgresql": ("synchronous_commit", "SET synchronous_commit = off"),
        "mysql": ("transaction_isolation", "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
    return name


def test_the_database_under_test_keeps_its_commits(own_connection: None) -> None:
    assert durability.find_losses(connection) == ()


def test_every_demand_is_looked_at_in_the_database(own_connection: None, monkeypatch: pytest.MonkeyPatch) -> None:
    demands = durability.DEMANDS[connection.vendor]
    impossible = tuple(
        durability.Demand(name=demand.name, safe=frozenset(), risk=demand.risk, remedy=demand.remedy)
        for demand in demands
    )
    monkeypatch.setitem(durability.DEMANDS, connection.vendor, impossible)
    seen = set(_names(durability.find_losses(connection)))
    # A server without a binary log has nothing to say of it.
    assert seen | {"sync_binlog"} == {demand.name for demand in demands} | {"sync_binlog"}


def test_what_was_set_for_the_connection_only_is_found(lossy: str) -> None:
    assert _names(durability.find_losses(connection)) == [lossy]


def test_an_isolation_level_from_the_settings_is_found(own_connection: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("another database, another way: see the test before")
    assert connection.connection is not None
    connection.connection.isolation_level = IsolationLevel.REPEATABLE_READ
    assert _names(durability.find_losses(connection)) == ["transaction_isolation"]


def test_a_table_without_transactions_is_found(own_connection: None) -> None:
    if connection.vendor != "mysql":
        pytest.skip("only MariaDB and MySQL have such tables")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE examhall_without_transactions (id INT) ENGINE=MyISAM")
        try:
            (loss,) = durability.find_losses(connection)
        finally:
            cursor.execute("DROP TABLE examhall_without_transactions")
    assert (loss.demand.name, loss.value) == ("storage_engine", "myisam")


def test_a_start_is_refused_with_the_reason_the_remedy_and_the_way_around(lossy: str) -> None:
    with pytest.raises(SystemCheckError) as refused:
        call_command("serve", port=1)
    said = str(refused.value)
    (demand,) = (demand for demand in durability.DEMANDS[connection.vendor] if demand.name == lossy)
    for part in ("examhall.E004", f"{lossy} is ", demand.risk, demand.remedy, f"EXAMHALL_ALLOW_LOSSY_DATABASE={lossy}"):
        assert part in said


def test_an_allowed_loss_is_a_warning(lossy: str, settings: Settings) -> None:
    settings.EXAMHALL_ALLOW_LOSSY_DATABASE = frozenset({lossy})
    (message,) = checks.check_durability(None, databases=["default"])
    assert (message.id, message.is_serious()) == ("examhall.W009", False)


def test_another_allowed_loss_does_not_help(lossy: str, settings: Settings) -> None:
    settings.EXAMHALL_ALLOW_LOSSY_DATABASE = frozenset(env.LOSSY) - {lossy}
    (message,) = checks.check_durability(None, databases=["default"])
    assert (message.id, message.is_serious()) == ("examhall.E004", True)
