"""Query parameters of lists: pages, numbers, choices and texts."""

import re
from enum import StrEnum
from typing import TypeVar

from examhall.engine.paging import PageRequest
from examhall.facades.httpkit.converters import MAX_ID
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import AnyRequest

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
MAX_TEXT = 200

# OFFSET must fit the databases' signed 64 bits even after multiplying by the largest page size.
_MAX_PAGE = 2**53
_WHOLE_NUMBER = re.compile(r"[0-9]{1,30}", re.ASCII)

E = TypeVar("E", bound=StrEnum)


def read_page(request: AnyRequest) -> PageRequest:
    """Return the page that is asked for; a ``page_size`` above 100 counts as 100.

    :raises BodyRefused: when ``page`` or ``page_size`` is not a whole number of at least 1.
    """
    page = int_param(request, "page", maximum=_MAX_PAGE)
    page_size = int_param(request, "page_size", maximum=None)
    return PageRequest(
        page=1 if page is None else page,
        page_size=PAGE_SIZE if page_size is None else min(page_size, MAX_PAGE_SIZE),
    )


def int_param(request: AnyRequest, name: str, *, maximum: int | None = MAX_ID) -> int | None:
    """Return a parameter that is a whole number from 1 (an id, a page), or ``None`` when it is absent or empty.

    :raises BodyRefused: when it is anything else, or above ``maximum``.
    """
    text = _value(request, name)
    if text is None:
        return None
    number = int(text) if _WHOLE_NUMBER.fullmatch(text) else 0
    if number < 1:
        raise BodyRefused({name: ["Expected a whole number of at least 1."]})
    if maximum is not None and number > maximum:
        raise BodyRefused({name: ["This number is too large."]})
    return number


def choice_param(request: AnyRequest, name: str, choices: type[E]) -> E | None:
    """Return a parameter that is one of an enum's values, or ``None`` when it is absent or empty.

    :raises BodyRefused: when it is anything else.
    """
    text = _value(request, name)
    if text is None:
        return None
    try:
        return choices(text)
    except ValueError:
        allowed = ", ".join(choices)
        raise BodyRefused({name: [f"Expected one of: {allowed}."]}) from None


def text_param(request: AnyRequest, name: str, *, max_length: int = MAX_TEXT) -> str | None:
    """Return a parameter without the white space around it, or ``None`` when it is absent or blank.

    :raises BodyRefused: when it is too long or holds what no database can compare (NUL).
    """
    text = _value(request, name)
    if text is None:
        return None
    if len(text) > max_length:
        raise BodyRefused({name: [f"Must have at most {max_length} characters."]})
    if "\x00" in text:
        raise BodyRefused({name: ["Null characters are not allowed."]})
    return text


def _value(request: AnyRequest, name: str) -> str | None:
    value = request.GET.get(name)
    return (value.strip() or None) if isinstance(value, str) else None
