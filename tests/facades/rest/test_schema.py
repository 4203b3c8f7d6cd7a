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

from examhall.facades.examenes.schema import find_documented as find_certification_documented
from examhall.facades.examenes.urls import urlpatterns as certification_urls
from examhall.facades.rest.base import RestView
from examhall.facades.rest.examples import EXAMPLES
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
    assert set(start["responses"]) == {"201", "400", "401", "403", "404", "413", "415", "422", "503"}


def test_a_public_operation_needs_none(schema: dict[str, Any]) -> None:
    assert schema["paths"]["/auth/login/"]["post"]["security"] == []


def test_a_certification_operation_wants_the_cookie_and_with_a_change_the_token(schema: dict[str, Any]) -> None:
    wanted = {
        f"{method} {path}": operation["security"]
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if operation["tags"] == ["certification"]
    }
    assert len(wanted) == 14
    assert wanted["get /csrf/"] == []
    assert wanted["post /login/"] == wanted["post /register/"] == [{"csrfToken": []}]
    assert wanted["get /user_info/"] == [{"sessionCookie": []}]
    assert wanted["patch /update_exam_answer/"] == [{"sessionCookie": [], "csrfToken": []}]
    schemes = schema["components"]["securitySchemes"]
    assert {name: (scheme["type"], scheme.get("in"), scheme.get("name")) for name, scheme in schemes.items()} == {
        "accessToken": ("http", None, None),
        "sessionCookie": ("apiKey", "cookie", "sessionid"),
        "csrfToken": ("apiKey", "header", "X-CSRFToken"),
    }


def test_every_tag_is_described(schema: dict[str, Any]) -> None:
    used = {tag for methods in schema["paths"].values() for call in methods.values() for tag in call["tags"]}
    assert {tag["name"] for tag in schema["tags"] if tag["description"]} == used


def test_every_body_has_an_example_that_can_be_sent() -> None:
    methods = [getattr(view, name) for view in _rest_views() for name in _METHODS if hasattr(view, name)]
    bodies = {declared.body for method in methods if (declared := find_documented(method)) and declared.body}
    assert bodies == set(EXAMPLES)
    for body, example in EXAMPLES.items():
        msgspec.json.decode(msgspec.json.encode(example), type=body)


def test_every_certification_body_has_an_example_that_can_be_sent() -> None:
    views = [vars(pattern.callback)["view_class"] for pattern in certification_urls]
    declared = [
        found
        for view in views
        for name in _METHODS
        if (found := find_certification_documented(getattr(view, name, None))) and found.body
    ]
    assert len(declared) == 8
    for call in declared:
        msgspec.json.decode(msgspec.json.encode(call.example), type=call.body)


def test_an_address_follows_those_that_are_part_of_it(schema: dict[str, Any]) -> None:
    paths = [path for path in schema["paths"] if path.startswith("/sessions/")]
    assert paths[:3] == ["/sessions/start/", "/sessions/active/", "/sessions/my-sessions/"]
    assert paths[3] == "/sessions/{session_id}/"


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
