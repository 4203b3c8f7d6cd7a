"""The connections of the threads that write answers: their own, kept, and made anew when they are lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from examhall.domain.errors import SessionNotActive, SessionNotFound
from examhall.domain.kinds import Response
from tests.builders import NOW, choose, make_world
from tests.concurrency.racing import at_once
from tests.engine.sessions.seat import Seat, sit

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

LATER = NOW + timedelta(minutes=1)
OVER = NOW + timedelta(hours=2)


@contextmanager
def _watched() -> Iterator[list[tuple[str, BaseDatabaseWrapper]]]:
    """Note which threads open connections meanwhile, and these."""
    opened: list[tuple[str, BaseDatabaseWrapper]] = []

    def note(*, connection: BaseDatabaseWrapper, **_: object) -> None:
        opened.append((threading.current_thread().name, connection))

    connection_created.connect(note)
    try:
        yield opened
    finally:
        connection_created.disconnect(note)


@pytest.fixture
def alice() -> Seat:
    return sit(make_world(questions=20))


def test_threads_that_save_open_no_connection_and_the_writer_opens_one(alice: Seat) -> None:
    with _watched() as opened:
        at_once([partial(alice.save, index, choose(alice.world.key(index)), at=LATER) for index in range(20)])
    assert [name for name, _ in opened] == ["examhall-writer"]
    assert all(alice.row(index).is_correct for index in range(20))


def test_what_is_said_of_refused_calls_is_found_out_by_another_thread_than_the_writer(alice: Seat) -> None:
    with _watched() as opened:
        outcomes = at_once([partial(alice.save, 0, choose(alice.world.key(0)), at=OVER)] * 6)
        outcomes += at_once([partial(alice.save, 0, choose(alice.world.key(0)), at=LATER, by=alice.world.bob)] * 6)
    assert outcomes == [SessionNotActive] * 6 + [SessionNotFound] * 6
    assert len({id(used) for _, used in opened}) == 2


def test_a_lost_connection_costs_nobody_an_answer(alice: Seat) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("there is no server that could hang up")
    with _watched() as opened:
        alice.save(0, choose(alice.world.key(0)), at=LATER)
        ((_, writers),) = opened
        _hang_up(writers)
        alice.save(1, choose(alice.world.key(1)), at=LATER)
    assert [alice.row(index).is_correct for index in (0, 1, 2)] == [True, True, False]
    assert len(opened) == 2


@pytest.fixture
def broken_commits(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Return what lets the next commit of a writer succeed without a word of it, and something happen right then."""

    def arm(meanwhile: Callable[[], object]) -> None:
        commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]  # where Django meets the driver
        armed = [True]

        def break_once(wrapper: BaseDatabaseWrapper) -> None:
            commit(wrapper)
            if armed and threading.current_thread().name == "examhall-writer":
                armed.clear()
                meanwhile()
                raise OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(BaseDatabaseWrapper, "_commit", break_once)

    return arm


Arm = Callable[[Callable[[], object]], None]


def test_a_commit_of_which_nobody_knows_is_not_repeated_over_a_newer_answer(alice: Seat, broken_commits: Arm) -> None:
    first, second = choose(alice.world.wrong(0)), choose(alice.world.key(0))
    broken_commits(lambda: _by_another_process(alice, second))
    with pytest.raises(OperationalError):
        alice.save(0, first, at=LATER)
    assert alice.row(0).is_correct
    assert alice.actions == ["exam_started", "answer_submitted", "answer_updated"]


def test_each_of_a_group_is_told_when_nobody_knows_of_its_commit(alice: Seat, broken_commits: Arm) -> None:
    broken_commits(lambda: None)
    saves = [partial(_save_or_fail, alice, index) for index in range(20)]
    told = at_once(saves)
    assert "nobody knows" in told
    assert all(alice.row(index).is_correct for index in range(20))
    assert alice.actions.count("answer_submitted") == 20
    assert alice.actions.count("answer_updated") == 0


def test_a_page_action_whose_commit_nobody_knows_of_is_not_written_twice(alice: Seat, broken_commits: Arm) -> None:
    broken_commits(lambda: None)
    with pytest.raises(OperationalError):
        alice.log("page_leave", at=LATER)
    assert alice.actions == ["exam_started", "page_leave"]


def _save_or_fail(seat: Seat, index: int) -> str:
    try:
        seat.save(index, choose(seat.world.key(index)), at=LATER)
    except OperationalError:
        return "nobody knows"
    return "saved"


def _by_another_process(seat: Seat, response: Response) -> None:
    """Save in a thread of its own, past the one that writes for this process."""

    def save() -> None:
        try:
            with transaction.atomic():
                seat.save(0, response, at=LATER)
        finally:
            connection.close()

    other = threading.Thread(target=save)
    other.start()
    other.join(20)
    assert not other.is_alive()


def _hang_up(victim: BaseDatabaseWrapper) -> None:
    """Let the database server end somebody's connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_terminate_backend(%s)", [victim.connection.info.backend_pid])
        else:
            cursor.execute(f"KILL {victim.connection.thread_id()}")
