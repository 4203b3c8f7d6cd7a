"""Answers in JSON and the links between pages."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpResponse

from examhall.engine.paging import Page
from examhall.facades.httpkit.requests import AnyRequest

JSON = "application/json"

_encoder = msgspec.json.Encoder(decimal_format="string")


def to_json(data: object) -> bytes:
    """Return ``data`` as JSON: structs, dicts and lists; decimals as strings, UTC datetimes ending in Z."""
    return _encoder.encode(data)


def json_response(data: object, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return an answer whose body is ``data``, as :func:`to_json` writes it."""
    return HttpResponse(to_json(data), status=status, content_type=JSON, headers=headers)


def page_links(request: AnyRequest, page: Page[Any]) -> tuple[str | None, str | None]:
    """Return the absolute addresses of the next and the previous page, ``None`` where there is none."""
    after = _page_address(request, page.page + 1) if page.page < page.total_pages else None
    before = _page_address(request, page.page - 1) if page.page > 1 else None
    return after, before


def _page_address(request: AnyRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
