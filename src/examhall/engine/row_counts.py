"""Counts beside a row, as correlated subqueries: several joins would multiply each other's rows."""

from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Model, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], *, by: str) -> Coalesce:
    """Return how many of ``rows``, already narrowed by an ``OuterRef`` on the field ``by``, belong to the outer row."""
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def annotated(row: Model, name: str) -> int:
    """Return a count that a queryset added to a row."""
    value: int = getattr(row, name)
    return value


def annotated_moment(row: Model, name: str) -> datetime | None:
    """Return a moment that a queryset added to a row."""
    value: datetime | None = getattr(row, name)
    return value
