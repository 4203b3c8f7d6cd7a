"""The access table holds, and no endpoint is missing from it."""

import json
from collections.abc import Iterator, Sequence

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.builders import NOW
from tests.facades.access_rows import Row, Who
from tests.facades.access_table import ROWS

_METHODS = ("get", "post", "put", "patch", "delete")


@pytest.mark.django_db
@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route}")
def test_each_person_gets_the_status_of_the_table(row: Row, who: Who) -> None:
    with time_machine.travel(NOW, tick=False):
        stage = row.stage()
        client = Client()
        if (user := stage.people[who]) is not None:
            row.sign_in(client, user)
        answer = client.generic(
            row.method,
            row.path(stage),
            b"" if stage.body is None else _json(stage.body),
            content_type="application/json",
        )
    expected = row.statuses[list(Who).index(who)]
    assert answer.status_code == expected, answer.content[:500]


def test_no_endpoint_is_missing_from_the_table() -> None:
    missing = _endpoints() - {row.endpoint for row in ROWS}
    assert not missing, f"add rows for {sorted(missing)}"


def test_the_table_names_no_endpoint_that_does_not_exist() -> None:
    assert {row.endpoint for row in ROWS} <= _endpoints()


def test_no_endpoint_is_in_the_table_twice() -> None:
    named = [row.endpoint for row in ROWS]
    assert len(named) == len(set(named))


def _json(body: object) -> bytes:
    return json.dumps(body).encode()


def _endpoints() -> set[tuple[str, str]]:
    return set(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: Sequence[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield from ((method, route) for method in _methods(pattern))


def _methods(pattern: URLPattern) -> list[str]:
    """Return the methods of a view; one that is a function names them in ``http_methods``."""
    view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
    if view is None:
        named: Sequence[str] = getattr(pattern.callback, "http_methods", ())
        assert named, f"the view of {pattern.pattern} is a function and does not say its http_methods"
        return list(named)
    allowed = getattr(pattern.callback, "view_initkwargs", {}).get("http_method_names", view.http_method_names)
    return [method.upper() for method in _METHODS if method in allowed and hasattr(view, method)]
