"""The fixed statements of saving answers: compiled once, run with new parameters, the same number for any group.

The reads are kept ORM queries; the two writes are written out, because the ORM's bulk update is one CASE per row and column.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from examhall.engine.kept_queries import KeptQuery, kept_query
from examhall.store.models import ExamLog, StudentAnswer

_KEPT = 512
_ANSWERS = StudentAnswer._meta.db_table
_LOGS = ExamLog._meta.db_table
# Column, and its type for PostgreSQL, which cannot guess that of a NULL among VALUES.
_WRITTEN = (
    ("selected_answer_id", "bigint"),
    ("selected_answer_ids", "jsonb"),
    ("answer_text", "text"),
    ("score", "numeric"),
    ("answered_at", "timestamptz"),
    ("is_correct", "boolean"),
    ("revision", "bigint"),
)
_NAMES = tuple(name for name, _ in _WRITTEN)
_LOG_COLUMNS = ("session_id", "student_id", "actions", "timestamp", "detail")


def answer_rows_by_question(pairs: Sequence[tuple[int, int]]) -> list[StudentAnswer]:
    """Return the answer rows of (session id, exam question id) pairs."""
    return _answers(kept_query(_by_question, len(pairs)), pairs)


def answer_rows_by_id(pairs: Sequence[tuple[int, int]]) -> list[StudentAnswer]:
    """Return the answer rows of (session id, answer id) pairs."""
    return _answers(kept_query(_by_id, len(pairs)), pairs)


def answer_rows_of_sessions(session_ids: Sequence[int]) -> list[StudentAnswer]:
    """Return all answer rows of sessions, in no order."""
    rows = kept_query(_of_sessions, len(session_ids), packed=True).rows(session_ids)
    return [StudentAnswer.from_db("default", _FIELDS, row) for row in rows]


def update_answers(rows: Sequence[StudentAnswer]) -> None:
    """Write what saving changed of answer rows, in one statement (SQLite: one prepared statement, run for each row)."""
    values = [[row.pk, *_written(row)] for row in rows]
    with connection.cursor() as cursor:
        match connection.vendor:
            case "sqlite":
                assignments = ", ".join(f"{name} = %s" for name in _NAMES)
                cursor.executemany(
                    f"UPDATE {_ANSWERS} SET {assignments} WHERE id = %s",  # noqa: S608 - names of our own columns
                    [[*row[1:], row[0]] for row in values],
                )
            case "postgresql":
                cursor.execute(_update_postgresql(len(values)), [value for row in values for value in row])
            case _:
                cursor.execute(_update_mysql(len(values)), [value for row in values for value in row])


def insert_logs(logs: Sequence[ExamLog]) -> None:
    """Write lines of logs in one statement; they do not learn their ids."""
    adapt = connection.ops.adapt_datetimefield_value
    one = f"({', '.join(['%s'] * len(_LOG_COLUMNS))})"
    columns = ", ".join(connection.ops.quote_name(name) for name in _LOG_COLUMNS)
    params = [
        value
        for log in logs
        for value in (log.session_id, log.student_id, log.actions, adapt(log.timestamp), log.detail)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_LOGS} ({columns}) VALUES {', '.join([one] * len(logs))}",  # noqa: S608 - names of our own columns
            params,
        )


_FIELDS = [field.attname for field in StudentAnswer._meta.concrete_fields]


def _answers(query: KeptQuery, pairs: Sequence[tuple[int, int]]) -> list[StudentAnswer]:
    rows = query.rows([value for pair in pairs for value in pair])
    return [StudentAnswer.from_db("default", _FIELDS, row) for row in rows]


def _by_question(size: int) -> QuerySet[Any, tuple[Any, ...]]:
    return _by_pairs("exam_question_id", size)


def _by_id(size: int) -> QuerySet[Any, tuple[Any, ...]]:
    return _by_pairs("id", size)


def _by_pairs(field: str, size: int) -> QuerySet[Any, tuple[Any, ...]]:
    # Alternatives of two equalities each: every database answers them from an index, unlike lists of row values.
    condition = Q()
    for place in range(1, size + 1):
        condition |= Q(("session_id", place), (field, place))
    return StudentAnswer.objects.filter(condition).values_list(*_FIELDS)


def _of_sessions(size: int) -> QuerySet[Any, tuple[Any, ...]]:
    return StudentAnswer.objects.filter(session_id__in=range(1, size + 1)).values_list(*_FIELDS)


def _written(row: StudentAnswer) -> list[Any]:
    ops = connection.ops
    chosen = None if row.selected_answer_ids is None else json.dumps(row.selected_answer_ids)
    return [
        row.selected_answer_id,
        chosen,
        row.answer_text,
        ops.adapt_decimalfield_value(row.score, 10, 2),
        ops.adapt_datetimefield_value(row.answered_at),
        row.is_correct,
        row.revision,
    ]


@lru_cache(maxsize=_KEPT)
def _update_postgresql(size: int) -> str:
    one = "(%s::bigint, " + ", ".join(f"%s::{kind}" for _, kind in _WRITTEN) + ")"
    assignments = ", ".join(f"{name} = v.{name}" for name in _NAMES)
    return (
        f"UPDATE {_ANSWERS} AS a SET {assignments} "  # noqa: S608 - names of our own columns
        f"FROM (VALUES {', '.join([one] * size)}) AS v (id, {', '.join(_NAMES)}) WHERE a.id = v.id"
    )


@lru_cache(maxsize=_KEPT)
def _update_mysql(size: int) -> str:
    named = ", ".join(f"%s AS {name}" for name in ("id", *_NAMES))
    bare = "SELECT " + ", ".join(["%s"] * (len(_NAMES) + 1))
    values = " UNION ALL ".join([f"SELECT {named}", *([bare] * (size - 1))])
    assignments = ", ".join(f"a.{name} = v.{name}" for name in _NAMES)
    return f"UPDATE {_ANSWERS} AS a JOIN ({values}) AS v ON a.id = v.id SET {assignments}"  # noqa: S608 - as above
