"""The floor: the captured statements straight through the driver, without Django and HTTP, with the server's threads."""

import contextlib
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from bench.inside.capture import Statement
from bench.inside.work import STATEMENTS
from bench.world import Replay, Replayed

Save = list[Statement]

_READY, _READY_SECONDS = "floor-ready-", 60
# What the other threads meet when one could not connect.
_SECONDARY = (threading.BrokenBarrierError, type(None))
# SQLite has one writer at a time, and whoever waits for it sleeps and looks again; a queue is fair, and faster.
_sqlite_queue = threading.Lock()


def run(directory: str, order: str) -> Replayed:
    """Replay saves in several threads, as one of several processes that begin when all of them are ready."""
    told = msgspec.json.decode(order, type=Replay)
    seats, saves = pickle.loads((Path(directory) / STATEMENTS).read_bytes())
    lanes = told.processes * told.threads

    # The threads, and the one that waits for the other processes.
    ready, everybody = threading.Barrier(told.threads + 1), threading.Barrier(told.threads + 1)

    def work(number: int) -> int:
        # A thread's own sessions, and of these every option in turn: nobody waits for another's row.
        lane = told.process * told.threads + number
        own = [save for place, save in enumerate(saves) if place % seats % lanes == lane]
        try:
            replay = _REPLAY[connection.vendor]()
        except Exception:
            ready.abort()
            raise
        ready.wait()
        everybody.wait()
        done, end = 0, time.monotonic() + told.seconds
        while time.monotonic() < end:
            replay(own[done % len(own)])
            done += 1
        return done

    with ThreadPoolExecutor(told.threads) as pool:
        lanes_done = [pool.submit(work, number) for number in range(told.threads)]
        with contextlib.suppress(threading.BrokenBarrierError):
            ready.wait()
        if ready.broken:
            everybody.abort()
            raise next(error for lane in lanes_done if not isinstance(error := lane.exception(), _SECONDARY))
        _meet(Path(directory), told)
        begun, before = time.monotonic(), time.process_time()
        everybody.wait()
        saved = sum(lane.result() for lane in lanes_done)
    return Replayed(saves=saved, seconds=time.monotonic() - begun, processor=time.process_time() - before)


def _meet(directory: Path, told: Replay) -> None:
    """Wait until all processes are here.

    :raises TimeoutError: when one does not come.
    """
    (directory / f"{_READY}{told.process}").touch()
    end = time.monotonic() + _READY_SECONDS
    while len(list(directory.glob(f"{_READY}*"))) < told.processes:
        if time.monotonic() > end:
            raise TimeoutError("another process of the floor did not come")
        time.sleep(0.02)


def _opened() -> Any:
    """Return the driver's own connection, opened with the server's settings; Django has no part in what follows."""
    connection.ensure_connection()
    return connection.connection


def _sqlite() -> Callable[[Save], None]:
    raw = _opened()

    def replay(save: Save) -> None:
        cursor = raw.cursor()
        with _sqlite_queue:
            cursor.execute("BEGIN IMMEDIATE")
            for sql, values, many in save:
                # The driver's own mark of a parameter. A statement of a save holds no literal "%".
                execute = cursor.executemany if many else cursor.execute
                execute(sql.replace("%s", "?"), values).fetchall()
            cursor.execute("COMMIT")

    return replay


def _mysql() -> Callable[[Save], None]:
    raw = _opened()

    def replay(save: Save) -> None:
        raw.begin()
        with raw.cursor() as cursor:
            for sql, values, many in save:
                (cursor.executemany if many else cursor.execute)(sql, values)
                cursor.fetchall()
        raw.commit()

    return replay


def _postgresql() -> Callable[[Save], None]:
    raw = _opened()
    raw.autocommit = False

    def replay(save: Save) -> None:
        with raw.cursor() as cursor:
            for sql, values, many in save:
                (cursor.executemany if many else cursor.execute)(sql, values)
                if cursor.description is not None:
                    cursor.fetchall()
        raw.commit()

    return replay


_REPLAY = {"sqlite": _sqlite, "mysql": _mysql, "postgresql": _postgresql}
