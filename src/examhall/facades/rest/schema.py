"""OpenAPI from msgspec structs: what a view method declares with ``@documented`` becomes an operation."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Literal, TypeVar

import msgspec
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from examhall.facades.httpkit.converters import MAX_ID
from examhall.facades.httpkit.idempotency import HEADER, MAX_KEY
from examhall.facades.httpkit.queries import MAX_PAGE_SIZE, MAX_TEXT, PAGE_SIZE
from examhall.facades.httpkit.responses import JSON
from examhall.facades.rest.examples import EXAMPLES

Schema = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Any])

_REFS = "#/components/schemas/{name}"
_MARK = "_examhall_documented"


class RefusalOut(msgspec.Struct, kw_only=True):
    """The body of every refusal."""

    success: Literal[False]
    errors: dict[str, list[str]]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryParam:
    """A parameter of a list's address."""

    name: str
    schema: Schema
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderParam:
    """A header that a call looks at."""

    name: str
    schema: Schema
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """What one method of one view takes and answers."""

    summary: str
    body: Any
    answer: Any
    message: str | None
    status: int
    errors: tuple[int, ...]
    query: tuple[QueryParam, ...]
    headers: tuple[HeaderParam, ...]


def documented(
    *,
    summary: str,
    body: Any = None,
    answer: Any = None,
    message: str | None = None,
    status: int = 200,
    errors: tuple[int, ...] = (),
    query: tuple[QueryParam, ...] = (),
    headers: tuple[HeaderParam, ...] = (),
) -> Callable[[F], F]:
    """Declare a view method: ``body`` and ``answer`` (the envelope's ``data``) are types that msgspec knows.

    ``errors`` lists the statuses of refusals besides those that follow from the rest: 401 where a token is needed,
    400, 413 and 415 where there is a body, 400 where there are query parameters, 404 where the address holds an id, 503
    everywhere.
    """
    declared = Documented(
        summary=summary,
        body=body,
        answer=answer,
        message=message,
        status=status,
        errors=errors,
        query=query,
        headers=headers,
    )

    def mark(method: F) -> F:
        setattr(method, _MARK, declared)
        return method

    return mark


def find_documented(method: object) -> Documented | None:
    """Return what a view method declared, or ``None`` when it declared nothing."""
    found = getattr(method, _MARK, None)
    return found if isinstance(found, Documented) else None


def id_param(name: str, description: str) -> QueryParam:
    """Return a parameter that is an id."""
    return QueryParam(name=name, description=description, schema={"type": "integer", "minimum": 1, "maximum": MAX_ID})


def choice_of(name: str, choices: type[StrEnum], description: str) -> QueryParam:
    """Return a parameter that is one of an enum's values."""
    return QueryParam(name=name, description=description, schema={"type": "string", "enum": list(choices)})


def text_of(name: str, description: str) -> QueryParam:
    """Return a parameter that is a text."""
    return QueryParam(name=name, description=description, schema={"type": "string", "maxLength": MAX_TEXT})


PAGE_PARAMS = (
    QueryParam(
        name="page",
        description="Page number, from 1.",
        schema={"type": "integer", "minimum": 1, "maximum": 2**53, "default": 1},
    ),
    QueryParam(
        name="page_size",
        description=f"Items per page; more than {MAX_PAGE_SIZE} counts as {MAX_PAGE_SIZE}.",
        schema={"type": "integer", "minimum": 1, "default": PAGE_SIZE},
    ),
)


IDEMPOTENCY_KEY = HeaderParam(
    name=HEADER,
    description="The client's own name of this request; sent again with the same name, it is not done twice.",
    schema={"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": "^[ -~]+$"},
)


class RestSchema(AutoSchema):
    """Build the operations of this door; only names, tags and security come from drf-spectacular's inspection."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry
    ) -> Schema:
        """Return one operation.

        :raises LookupError: when the view method is not ``@documented``.
        """
        self.registry, self.path, self.path_regex = registry, path, path_regex
        self.path_prefix, self.method = path_prefix, method.upper()
        handler = getattr(self.view, method.lower(), None)
        declared = find_documented(handler)
        if declared is None:
            raise LookupError(f"{method.upper()} {path} is not @documented")  # noqa: EM102 - says which one
        ids = _names_in(path)
        operation: Schema = {
            "operationId": f"{method.lower()}_{'_'.join(_words_of(path))}",
            "summary": declared.summary,
            "description": _description(handler),
            "tags": [_words_of(path)[0]],
            "parameters": [
                *map(_path_parameter, ids),
                *map(_parameter, declared.query),
                *map(_parameter, declared.headers),
            ],
            "responses": self._responses(declared, has_ids=bool(ids)),
            "security": self.get_auth() if self.view.authentication_classes else [],
        }
        if declared.body is not None:
            content = {JSON: {"schema": self._schema_of(declared.body), "example": EXAMPLES[declared.body]}}
            operation["requestBody"] = {"required": True, "content": content}
        return operation

    def _responses(self, declared: Documented, *, has_ids: bool) -> Schema:
        # 503: any request may be one too many.
        statuses = {503, *declared.errors}
        if self.view.authentication_classes:
            statuses.add(401)
        if declared.body is not None:
            statuses |= {400, 413, 415}
        if declared.query:
            statuses.add(400)
        if has_ids:
            statuses.add(404)
        refusal = self._schema_of(RefusalOut)
        answers = {str(status): _answer(HTTPStatus(status).phrase, refusal) for status in sorted(statuses)}
        return {str(declared.status): _answer(HTTPStatus(declared.status).phrase, self._envelope(declared)), **answers}

    def _envelope(self, declared: Documented) -> Schema:
        properties: Schema = {"success": {"type": "boolean", "const": True}}
        if declared.answer is not None:
            properties["data"] = self._schema_of(declared.answer)
        if declared.message is not None:
            properties["message"] = {"type": "string", "const": declared.message}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def _schema_of(self, kind: Any) -> Schema:
        (schema,), components = msgspec.json.schema_components([kind], ref_template=_REFS)
        for name, component in components.items():
            self._register(name, component)
        return schema

    def _register(self, name: str, schema: Schema) -> None:
        component = ResolvedComponent(  # type: ignore[no-untyped-call]  # drf-spectacular leaves it untyped
            name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name
        )
        self.registry.register_on_missing(component)
        if self.registry[component].schema != schema:
            raise LookupError(f"two different structs are called {name}")  # noqa: EM102 - says which one


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # as above
    """Tell OpenAPI about access tokens."""

    target_class = "examhall.facades.rest.authentication.AccessTokenAuthentication"
    name = "accessToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> Schema:  # noqa: ARG002 - the signature is given
        """Return the scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


def arrange(result: Schema, generator: object, request: object, public: bool) -> Schema:  # noqa: ARG001
    """Put the addresses of a finished description into an order for readers (a hook of drf-spectacular).

    The routes stand as the server looks them through; here those without an id come first, then the shorter ones.
    """
    result["paths"] = dict(sorted(result["paths"].items(), key=lambda item: ("{" in item[0], item[0].count("/"))))
    return result


def _description(handler: object) -> str:
    """Return a view method's docstring without what it raises: the statuses say that."""
    return (inspect.getdoc(handler) or "").partition("\n\n:raises")[0]


def _names_in(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _words_of(path: str) -> list[str]:
    """Return the words of an address for names: ``/sessions/{session_id}/logs/`` gives sessions, session_id, logs."""
    return [part.strip("{}").replace("-", "_") for part in path.split("/") if part]


def _path_parameter(name: str) -> Schema:
    schema = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(param: QueryParam | HeaderParam) -> Schema:
    place = "query" if isinstance(param, QueryParam) else "header"
    return {"name": param.name, "in": place, "schema": param.schema, "description": param.description}


def _answer(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {JSON: {"schema": schema}}}
