"""Answers in JSON and the links between pages."""

from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import RequestFactory

from examhall.engine.paging import Page
from examhall.facades.httpkit.responses import json_response, page_links


def test_decimals_are_texts_and_times_end_in_z() -> None:
    answer = json_response({"score": Decimal("1.50"), "at": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "rate": 100.0})
    assert answer.content == b'{"score":"1.50","at":"2026-01-02T03:04:05Z","rate":100.0}'
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize(("page", "after", "before"), [(1, ["2"], None), (2, ["3"], ["1"]), (3, None, ["2"])])
def test_a_page_links_to_its_neighbours(page: int, after: list[str] | None, before: list[str] | None) -> None:
    request = RequestFactory().get("/exams/", {"search": "á & b", "page": str(page)})
    links = page_links(request, Page(items=(), count=25, page=page, page_size=10))
    numbers = [parse_qs(urlsplit(link).query)["page"] if link else None for link in links]
    assert numbers == [after, before]
    for link in filter(None, links):
        assert link.startswith("http://testserver/exams/?")
        assert parse_qs(urlsplit(link).query)["search"] == ["á & b"]
