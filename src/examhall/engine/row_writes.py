"""Writing single rows as the ORM would, with the statement's text kept, and all answer rows of a new session at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from examhall.domain.paper import LaidOutQuestion
from examhall.domain.scoring import ZERO
from examhall.engine.answer_rows import PlainAnswer
from examhall.store.models import StudentAnswer


def insert(row: Model) -> None:
    """Insert a row that has no id yet; it learns its id.

    :raises IntegrityError: when a constraint of its table does not allow it.
    """
    model = type(row)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _columns(model)]
    with connection.cursor() as cursor:
        cursor.execute(_insert(model), values)
        row.pk = cursor.fetchone()[0] if _returns_ids() else cursor.lastrowid


def insert_all(rows: Sequence[Model]) -> None:
    """Insert rows of one model, in one statement; they do not learn their ids."""
    model = type(rows[0])
    columns = _columns(model)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows for field in columns]
    one = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        cursor.execute(f"{_insert_into(model)} VALUES {', '.join([one] * len(rows))}", values)


def update(row: Model, names: tuple[str, ...]) -> None:
    """Write some columns of a row that exists; ``names`` are those of its fields."""
    model = type(row)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _columns(model, names)]
    with connection.cursor() as cursor:
        cursor.execute(_update(model, names), [*values, row.pk])


def insert_answers(
    session_id: int, items: Sequence[LaidOutQuestion], *, served_at: datetime | None
) -> tuple[PlainAnswer, ...]:
    """Insert the blank answer rows of a new session; return them in the order of ``items``."""
    ids = _insert_answers(session_id, items, served_at=served_at)
    return tuple([_blank(ids[place], item, served_at) for place, item in enumerate(items)])


def _insert_answers(session_id: int, items: Sequence[LaidOutQuestion], *, served_at: datetime | None) -> Sequence[int]:
    """Insert blank answer rows; return their ids in the order of ``items``."""
    # Nothing but our own numbers, so they stand in the text: no driver has to look through hundreds of parameters.
    served = "" if served_at is None else ", %s"
    rows = ", ".join(
        [
            f"({session_id}, {item.question.exam_question_id}, {item.position}, {item.points}, {ZERO}, FALSE{served})"
            for item in items
        ]
    )
    columns = _ANSWER_COLUMNS if served_at is None else f"{_ANSWER_COLUMNS}, served_at"
    text = f"INSERT INTO {_ANSWERS} ({columns}) VALUES {rows}"  # noqa: S608 - names and numbers of our own
    params = None if served_at is None else [connection.ops.adapt_datetimefield_value(served_at)] * len(items)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # There is one writer, so one statement's ids follow each other. Reading 40 returned rows would give up the
            # interpreter's lock 40 times while this transaction keeps everybody else from writing.
            cursor.execute(text, params)
            return range(cursor.lastrowid - len(items) + 1, cursor.lastrowid + 1)
        if connection.features.can_return_rows_from_bulk_insert:
            cursor.execute(f"{text} RETURNING exam_question_id, id", params)
        else:
            # MySQL cannot return the ids of the rows it inserted; MariaDB and PostgreSQL do.
            cursor.execute(text, params)
            cursor.execute(_ANSWER_IDS, [session_id])
        ids = dict(cursor.fetchall())
    return [ids[item.question.exam_question_id] for item in items]


def _blank(row_id: int, item: LaidOutQuestion, served_at: datetime | None) -> PlainAnswer:
    return PlainAnswer(
        pk=row_id,
        exam_question_id=item.question.exam_question_id,
        selected_answer_id=None,
        selected_answer_ids=None,
        answer_text=None,
        points=item.points,
        score=ZERO,
        answered_at=None,
        is_correct=False,
        served_at=served_at,
        marked_at=None,
        revision=None,
    )


def _returns_ids() -> bool:
    # MariaDB could, but tells the last id without being asked, as SQLite does.
    return connection.vendor == "postgresql"


@cache
def _columns(model: type[Model], names: tuple[str, ...] | None = None) -> "tuple[Field[Any, Any], ...]":
    """Return fields with a column each: those named, in the model's order, or all but the id."""
    fields = model._meta.local_concrete_fields
    return tuple([each for each in fields if (not each.primary_key if names is None else each.name in names)])


@cache
def _insert(model: type[Model]) -> str:
    places = ", ".join(["%s"] * len(_columns(model)))
    returning = " RETURNING id" if _returns_ids() else ""
    return f"{_insert_into(model)} VALUES ({places}){returning}"


@cache
def _insert_into(model: type[Model]) -> str:
    return f"INSERT INTO {model._meta.db_table} ({', '.join(_names(_columns(model)))})"


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    assignments = ", ".join(f"{name} = %s" for name in _names(_columns(model, names)))
    return f"UPDATE {model._meta.db_table} SET {assignments} WHERE id = %s"  # noqa: S608 - names of our own


def _names(fields: "Iterable[Field[Any, Any]]") -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in fields]


_ANSWERS = StudentAnswer._meta.db_table
_ANSWER_COLUMNS = "session_id, exam_question_id, position, points, score, is_correct"
_ANSWER_IDS = f"SELECT exam_question_id, id FROM {_ANSWERS} WHERE session_id = %s"  # noqa: S608 - names of our own
