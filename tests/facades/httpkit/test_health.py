"""/healthz, /readyz and /metrics"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

from tests.builders import NOW, make_world
from tests.engine.sessions.seat import sit
from tests.facades.httpkit.metrics import series_of, value


@pytest.fixture
def broken_database(transactional_db: None) -> Iterator[None]:
    """A database that answers no statement."""

    def fail(*_: Any) -> None:
        raise OperationalError("server has gone away")

    with connection.execute_wrapper(fail):
        yield


def test_the_process_is_alive_without_any_database() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_when_the_database_is_up_to_date() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_it_is_not_ready_without_its_database(broken_database: None) -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "reason": "database"})
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["examhall", "axes"])
def test_it_is_not_ready_while_a_migration_is_missing(app: str) -> None:
    recorded = MigrationRecorder.Migration.objects.filter(app=app)
    recorded.filter(name=max(recorded.values_list("name", flat=True))).delete()
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "reason": "migrations"})


@pytest.mark.django_db
def test_a_migration_of_a_newer_version_does_not_matter() -> None:
    MigrationRecorder(connection).record_applied("examhall", "9999_of_tomorrow")
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_watchers_may_ask_for_the_head_only_and_change_nothing(path: str) -> None:
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nobody_keeps_an_old_answer(path: str) -> None:
    assert Client().get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("access", "address", "headers", "status"),
    [
        ("local", "127.0.0.1", {}, 200),
        ("local", "127.8.9.10", {}, 200),
        ("local", "::1", {}, 200),
        ("local", "::ffff:127.0.0.1", {}, 200),
        ("local", "192.0.2.7", {}, 404),
        ("local", "::ffff:192.0.2.7", {}, 404),
        ("local", "", {}, 404),
        ("local", "unix:", {}, 404),
        ("local", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("local", "127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 404),
        ("local", "192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("open", "192.0.2.7", {}, 200),
        ("open", "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 200),
        ("off", "127.0.0.1", {}, 404),
    ],
)
def test_who_may_read_the_metrics(
    settings: Settings, access: str, address: str, headers: dict[str, str], status: int
) -> None:
    settings.EXAMHALL_METRICS = access
    answer = Client(REMOTE_ADDR=address).get("/metrics", headers=headers)
    assert answer.status_code == status
    if status == 404:
        assert answer.json()["message"] == "Not found"


@pytest.mark.django_db
def test_metrics_are_text_that_prometheus_reads() -> None:
    answer = Client().get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert value(series_of(answer.content.decode()), "examhall_database_up") == 1


def test_without_its_database_everything_else_is_still_told(broken_database: None) -> None:
    series = series_of(Client().get("/metrics").content.decode())
    assert value(series, "examhall_database_up") == 0
    assert ("examhall_open_sessions", frozenset()) not in series
    assert "examhall_late_saves_total" in {name for name, _ in series}


@pytest.mark.django_db
def test_the_open_sessions_are_those_of_this_moment(time_machine: Any) -> None:
    world = make_world()
    sit(world)
    sit(world, world.bob).submit()
    time_machine.move_to(NOW, tick=False)
    assert value(series_of(Client().get("/metrics").content.decode()), "examhall_open_sessions") == 1
