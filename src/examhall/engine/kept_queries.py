"""Queries compiled once: what the hot path reads, as the ORM would read it, without building the SQL each time."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_KEPT = 512

Param = int | str | datetime | None


class KeptQuery:
    """An ORM query of which only the parameters change; they must be all of its parameters, in their order.

    ``packed`` makes SQLite hand over all rows at once, in no order; it changes nothing elsewhere. For each row that Python
    fetches from SQLite it gives up the interpreter's lock, and under load a thread that does so 40 times waits 40 times.
    """

    def __init__(self, query: QuerySet[Any, tuple[Any, ...]], *, packed: bool = False) -> None:
        compiler = query.query.get_compiler(connection=connection)
        self._sql, params = compiler.as_sql(with_col_aliases=True)
        self._compiler = compiler
        self._converters = compiler.get_converters([column for column, _, _ in compiler.select])
        self._params = tuple(params)
        self._expected = len(params)
        self._packed = packed and connection.vendor == "sqlite"
        if self._packed:
            names = ", ".join(connection.ops.quote_name(str(alias)) for _, _, alias in compiler.select)
            self._sql = f"SELECT json_group_array(json_array({names})) FROM ({self._sql})"  # noqa: S608 - the ORM's own SQL

    def rows(self, params: Sequence[Param]) -> list[tuple[Any, ...]]:
        """Return the rows, with values as the ORM gives them.

        :raises ValueError: when the number of parameters is not that of the query.
        """
        if len(params) != self._expected:
            message = f"the query takes {self._expected} parameters, not {len(params)}"
            raise ValueError(message)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            # JSON holds what SQLite does: whole numbers, numbers, texts and NULL.
            found: Iterable[Any] = json.loads(cursor.fetchone()[0]) if self._packed else cursor.fetchall()
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return [tuple(row) for row in found]

    def rows_with(self, values: Mapping[Param, Param]) -> list[tuple[Any, ...]]:
        """Return the rows with some parameters replaced: each key stood in the query for its value; the others stay."""
        return self.rows([values.get(param, param) for param in self._params])


@lru_cache(maxsize=_KEPT)
def kept_query(build: Callable[[int], QuerySet[Any, tuple[Any, ...]]], size: int, *, packed: bool = False) -> KeptQuery:
    """Return the compiled form of a query over ``size`` things, built once in the life of a process."""
    return KeptQuery(build(size), packed=packed)
