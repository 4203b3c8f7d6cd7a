"""Capture the statements of real saves, with their parameters, for the floor to replay; and count them."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from bench.inside import sitting
from bench.inside.work import STATEMENTS, world_in
from bench.world import Captured

# The text, its values (or, of one that is executed many times, a list of them), and whether it is.
Statement = tuple[str, Any, bool]

_STEERING = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ")
# One question a session; every option once, so that a replay changes the row each time and is not optimised away.
_WARM_UP = 2


class Recorder:
    """Note each statement that any connection of this process executes.

    What steers a transaction does not count: it is mostly the driver's business, and the floor has its own.
    """

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        # By signal: a connection may be opened later, and by another thread than this one.
        connection_created.connect(self._watch)

    def take(self) -> list[Statement]:
        """Return what was executed since the last time."""
        taken, self.statements = self.statements, []
        return taken

    def _watch(self, *, connection: BaseDatabaseWrapper, **_: Any) -> None:
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)

    def _note(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not sql.startswith(_STEERING):
            self.statements.append((sql, params or (), many))
        return execute(sql, params, many, context)


def run(directory: str) -> Captured:
    """Let the spare students answer; keep the statements of each single save in the run's directory."""
    recorder = Recorder()
    world = world_in(directory)
    seats = sitting.take_seats(world, world.spare)
    question, other = world.questions[:2]
    for option in other.options[:_WARM_UP]:
        sitting.save(seats[0], other, option)
    saves: list[list[Statement]] = []
    for option in question.options:
        for seat in seats:
            recorder.take()
            sitting.save(seat, question, option)
            saves.append(recorder.take())
    # What the second save of a session sends: the first of a process may look up more.
    (Path(directory) / STATEMENTS).write_bytes(pickle.dumps((len(seats), saves)))
    sitting.save_all(seats[0], world.questions, 0)
    recorder.take()
    sitting.save_all(seats[0], world.questions, 1)
    return Captured(save=len(saves[-1]), bulk=len(recorder.take()))
