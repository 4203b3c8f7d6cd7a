"""A Django app that ends its process at a chosen COMMIT. It lives with the tests and is loaded by their settings only.

The file named by CHAOS_CRASH_FILE arms it: "<token> <before|after> <n>" means the n-th COMMIT from now on, counted anew for
each token. Whoever dies takes the file away first, so that one arming kills one process.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

FILE = "CHAOS_CRASH_FILE"
Commit = Callable[[BaseDatabaseWrapper], Any]
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COMMIT")


class Trap:
    """Counts the commits of this process and ends it at the one that the file names."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._token = ""
        self._count = 0
        self._lock = threading.Lock()

    @contextmanager
    def commit(self) -> Iterator[None]:
        """Enclose a commit."""
        side, here = self._next()
        if here and side == "before":
            self._end()
        yield
        if here and side == "after":
            self._end()

    def _next(self) -> tuple[str, bool]:
        try:
            token, side, number = self._path.read_text().split()
        except (FileNotFoundError, ValueError):
            return "", False
        with self._lock:
            self._count = self._count + 1 if token == self._token else 1
            self._token = token
            return side, self._count == int(number)

    def _end(self) -> None:
        try:
            self._path.rename(self._path.with_suffix(".sprung"))
        except FileNotFoundError:
            return
        os._exit(1)


class Crashing(AppConfig):
    """Sets the trap around every way in which this process can commit."""

    name = "tests.chaos.crashing"
    label = "crashing"

    def ready(self) -> None:
        """Wrap COMMIT, and whatever writes outside a transaction."""
        trap = Trap(Path(os.environ[FILE]))
        # Kept, because the signal holds its receivers weakly.
        self._watch = _watcher(trap)
        connection_created.connect(self._watch)

        def commit(connection: BaseDatabaseWrapper, really: Commit) -> Any:
            with trap.commit():
                return really(connection)

        wrap_commit(commit)


def wrap_commit(around: Callable[[BaseDatabaseWrapper, Commit], Any]) -> None:
    """Put a function around the one method through which every COMMIT of the ORM goes; the stubs do not know it."""
    really: Commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def commit(connection: BaseDatabaseWrapper) -> Any:
        return around(connection, really)

    BaseDatabaseWrapper._commit = commit  # type: ignore[attr-defined]


def _watcher(trap: Trap) -> Callable[..., None]:
    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        connection: BaseDatabaseWrapper = context["connection"]
        if connection.in_atomic_block or not sql.lstrip().upper().startswith(_WRITES):
            return run(sql, params, many, context)
        with trap.commit():
            return run(sql, params, many, context)

    def watch(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
        connection.execute_wrappers.append(execute)

    return watch
