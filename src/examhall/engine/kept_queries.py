"""Queries compiled once: what the hot path reads, as the ORM would read it, without building the SQL each time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_KEPT = 512

Param = int | str | datetime | None


class KeptQuery:
    """An ORM query of which only the parameters change; they must be all of its parameters, in their order."""

    def __init__(self, query: QuerySet[Any, tuple[Any, ...]]) -> None:
        compiler = query.query.get_compiler(connection=connection)
        self._sql, params = compiler.as_sql()
        self._compiler = compiler
        self._converters = compiler.get_converters([column for column, _, _ in compiler.select])
        self._params = tuple(params)
        self._expected = len(params)

    def rows(self, params: Sequence[Param]) -> list[tuple[Any, ...]]:
        """Return the rows, with values as the ORM gives them.

        :raises ValueError: when the number of parameters is not that of the query.
        """
        if len(params) != self._expected:
            message = f"the query takes {self._expected} parameters, not {len(params)}"
            raise ValueError(message)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found: Iterable[Any] = cursor.fetchall()
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return [tuple(row) for row in found]

    def rows_with(self, values: Mapping[Param, Param]) -> list[tuple[Any, ...]]:
        """Return the rows with some parameters replaced: each key stood in the query for its value; the others stay."""
        return self.rows([values.get(param, param) for param in self._params])


@lru_cache(maxsize=_KEPT)
def kept_query(build: Callable[[int], QuerySet[Any, tuple[Any, ...]]], size: int) -> KeptQuery:
    """Return the compiled form of a query over ``size`` things, built once in the life of a process."""
    return KeptQuery(build(size))
