"""From a database URL to settings that keep what was acknowledged."""

from pathlib import Path

import pytest
from django.db import connection
from psycopg import IsolationLevel

from examhall.config.databases import MYSQL, POSTGRESQL, SQLITE, database_config

DATA = Path("/data")


def test_without_a_url_there_is_a_file_in_the_data_directory() -> None:
    config = database_config("", data_dir=DATA)
    assert (config["ENGINE"], config["NAME"]) == (SQLITE, "/data/examhall.sqlite3")


def test_sqlite_takes_its_write_lock_first_and_commits_to_disk() -> None:
    options = database_config("sqlite:////x/y.sqlite3", data_dir=DATA)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_the_tests_of_sqlite_run_on_a_file() -> None:
    assert database_config("", data_dir=DATA)["TEST"]["NAME"] == "/data/test.sqlite3"


def test_postgresql_reads_committed_rows() -> None:
    config = database_config("postgres://bob:p%40ss@db.example.org:6543/exams?sslmode=require", data_dir=DATA)
    assert config["ENGINE"] == POSTGRESQL
    assert (config["USER"], config["PASSWORD"], config["HOST"], config["PORT"]) == (
        "bob",
        "p@ss",
        "db.example.org",
        6543,
    )
    assert config["OPTIONS"]["isolation_level"] is IsolationLevel.READ_COMMITTED
    assert config["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize("scheme", ["mysql", "mariadb"])
def test_mariadb_reads_committed_rows_and_holds_every_text(scheme: str) -> None:
    config = database_config(f"{scheme}://bob@db.example.org/exams", data_dir=DATA)
    assert config["ENGINE"] == MYSQL
    assert config["OPTIONS"]["isolation_level"] == "read committed"
    assert config["OPTIONS"]["charset"] == "utf8mb4"


@pytest.mark.parametrize(
    ("host", "plain"),
    [("127.0.0.1", True), ("localhost", True), ("127.8.8.8", True), ("10.0.0.1", False), ("db.example.org", False)],
)
def test_mariadb_is_spoken_to_without_tls_on_this_machine_only(host: str, plain: bool) -> None:
    options = database_config(f"mysql://bob@{host}/exams", data_dir=DATA)["OPTIONS"]
    assert bool(options.get("ssl_disabled") or options.get("ssl_mode") == "DISABLED") is plain


@pytest.mark.parametrize("url", ["", "postgres://h/n", "mysql://h/n"])
def test_connections_are_kept_and_checked_before_use(url: str) -> None:
    config = database_config(url, data_dir=DATA)
    assert (config["CONN_MAX_AGE"], config["CONN_HEALTH_CHECKS"], config["ATOMIC_REQUESTS"]) == (None, True, False)


@pytest.mark.django_db
def test_the_database_under_test_really_runs_so() -> None:
    question, answer = {
        "sqlite": ("SELECT journal_mode, synchronous FROM pragma_journal_mode, pragma_synchronous", ("wal", 2)),
        "postgresql": ("SHOW transaction_isolation", ("read committed",)),
        "mysql": ("SHOW SESSION VARIABLES LIKE 'tx_isolation'", ("tx_isolation", "READ-COMMITTED")),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone() == answer


@pytest.mark.django_db
def test_one_statement_takes_the_answer_rows_of_a_large_exam() -> None:
    limit = connection.features.max_query_params
    assert limit is None or limit > 200 * 16
