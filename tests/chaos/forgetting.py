"""A Django app that now and then forgets a transaction which it reports as committed: what the checks must notice."""

import random
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.chaos.crashing import Commit, wrap_commit

_FORGOTTEN = 0.03


class Forgetting(AppConfig):
    """Turns a small part of all commits into rollbacks."""

    name = "tests.chaos.forgetting"
    label = "forgetting"

    def ready(self) -> None:
        """Wrap COMMIT."""

        def commit(connection: BaseDatabaseWrapper, really: Commit) -> Any:
            if random.random() < _FORGOTTEN:
                return connection._rollback()  # type: ignore[attr-defined]
            return really(connection)

        wrap_commit(commit)
