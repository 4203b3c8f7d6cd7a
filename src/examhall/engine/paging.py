"""Pages of a list: two statements, whatever the rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from examhall.domain.errors import InvalidPage

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page is wanted: ``page`` counts from 1, ``page_size`` is at least 1."""

    page: int = 1
    page_size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page: its items, how many there are in all, and where it stands."""

    items: tuple[T, ...]
    count: int
    page: int
    page_size: int

    @property
    def total_pages(self) -> int:
        """Return the number of pages; an empty list has one, empty, page."""
        return max(1, -(-self.count // self.page_size))


def paginate(rows: QuerySet[M], *, page: PageRequest, build: Callable[[Iterable[M]], Iterable[T]]) -> Page[T]:
    """Return one page of an ordered queryset, its rows turned into items by ``build``.

    :raises InvalidPage: when the page lies beyond the last one.
    """
    count = rows.count()
    start = (page.page - 1) * page.page_size
    if start >= count and page.page > 1:
        raise InvalidPage(field="page")
    found = rows[start : start + page.page_size] if count else ()
    return Page(items=tuple(build(found)), count=count, page=page.page, page_size=page.page_size)
