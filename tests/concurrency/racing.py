"""Several threads that begin at the same moment, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

from examhall.domain.errors import DomainError

T = TypeVar("T")

# Far more than any race needs; one that hangs fails instead of holding up everything.
_SECONDS = 60


def at_once(acts: Sequence[Callable[[], T]]) -> list[T | type[DomainError]]:
    """Let a thread each act at the same moment; return what came of each, in order: its value, or the refusal's type.

    Whatever else an act raises is raised here.
    """
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], T]) -> T | type[DomainError]:
        try:
            gate.wait(_SECONDS)
            return act()
        except DomainError as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        futures = [pool.submit(run, act) for act in acts]
        return [future.result(timeout=_SECONDS) for future in futures]
