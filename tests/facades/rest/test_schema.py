"""OpenAPI: complete, and true to the views."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.request import Request

from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import documented, find_documented

_METHODS = ("get", "post", "put", "patch", "delete")


class Twin(msgspec.Struct):
    """One of two structs of the same name."""

    number: int


TwinA = Twin


class Twin(msgspec.Struct):  # type: ignore[no-redef]  # the point of the test
    """The other one."""

    text: str


class _Twins(RestView):
    @documented(summary="One", answer=TwinA)
    def get(self, _request: Request) -> HttpResponse:
        return self.ok()

    @documented(summary="Two", answer=Twin)
    def delete(self, _request: Request) -> HttpResponse:
        return self.ok()


class _Silent(RestView):
    def get(self, _request: Request) -> HttpResponse:
        return self.ok()


class _Addresses:
    """What stands in for a URLconf."""

    def __init__(self, *patterns: URLPattern) -> None:
        self.urlpatterns = patterns


def _rest_views(patterns: Any = None) -> Iterator[type[RestView]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from _rest_views(pattern.url_patterns)
            continue
        view = getattr(pattern.callback, "cls", None)
        if isinstance(view, type) and issubclass(view, RestView):
            yield view


def _generate() -> dict[str, Any]:
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # drf-spectacular leaves it untyped
    built: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # as above
    return built


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return _generate()


def test_every_method_of_every_view_is_documented() -> None:
    silent = [
        f"{view.__name__}.{method}"
        for view in _rest_views()
        for method in _METHODS
        if hasattr(view, method) and find_documented(getattr(view, method)) is None
    ]
    assert silent == []


def test_the_schema_is_valid_openapi(schema: dict[str, Any]) -> None:
    validate_schema(schema)  # type: ignore[no-untyped-call]  # as above
    assert schema["openapi"] == "3.1.0"


def test_every_reference_leads_to_a_component(schema: dict[str, Any]) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                yield node["$ref"].rpartition("/")[2]
            for child in node.values():
                yield from references(child)
        elif isinstance(node, list):
            for child in node:
                yield from references(child)

    assert set(references(schema)) <= set(schema["components"]["schemas"])


def test_every_operation_has_a_name_of_its_own(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for methods in schema["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_a_private_operation_says_that_it_needs_a_token_and_may_answer_401(schema: dict[str, Any]) -> None:
    start = schema["paths"]["/sessions/start/"]["post"]
    assert start["security"] == [{"accessToken": []}]
    assert set(start["responses"]) == {"201", "400", "401", "403", "404", "413", "415", "422"}


def test_a_public_operation_needs_none(schema: dict[str, Any]) -> None:
    assert schema["paths"]["/auth/login/"]["post"]["security"] == []


def test_ids_in_an_address_are_bounded_numbers(schema: dict[str, Any]) -> None:
    parameters = schema["paths"]["/sessions/{session_id}/answers/{answer_id}/"]["put"]["parameters"]
    assert [(parameter["name"], parameter["schema"]["maximum"]) for parameter in parameters] == [
        ("session_id", 2**63 - 1),
        ("answer_id", 2**63 - 1),
    ]


def test_an_undocumented_method_stops_the_schema() -> None:
    with (
        override_settings(ROOT_URLCONF=_Addresses(path("silent/", _Silent.as_view()))),
        pytest.raises(LookupError, match="GET /silent/"),
    ):
        _generate()


def test_two_structs_of_one_name_stop_the_schema() -> None:
    with (
        override_settings(ROOT_URLCONF=_Addresses(path("twins/", _Twins.as_view()))),
        pytest.raises(LookupError, match="Twin"),
    ):
        _generate()


def test_the_schema_and_its_page_are_served() -> None:
    assert Client().get("/schema/").status_code == 200
    assert b"swagger" in Client().get("/docs/").content
