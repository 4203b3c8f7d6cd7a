"""OpenAPI of this door: what a view method declares with ``@documented`` becomes an operation."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import msgspec

from examhall.facades.httpkit.responses import JSON

Schema = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Any])

TAG = "certification"
SESSION, TOKEN = "sessionCookie", "csrfToken"
SAFE_METHODS = frozenset({"get"})

# Both doors have a LoginIn and a UserOut of their own.
_PREFIX = "Examenes"
_REFS = f"#/components/schemas/{_PREFIX}{{name}}"
_MARK = "_examenes_documented"


class ErrorOut(msgspec.Struct, kw_only=True):
    """The body of every refusal."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """What one method of one view takes and answers."""

    summary: str
    body: type[msgspec.Struct] | None
    example: Mapping[str, object] | None
    answer: type[msgspec.Struct]
    status: int
    errors: tuple[int, ...]


def documented(
    *,
    summary: str,
    answer: type[msgspec.Struct],
    body: type[msgspec.Struct] | None = None,
    example: Mapping[str, object] | None = None,
    status: int = 200,
    errors: tuple[int, ...] = (),
) -> Callable[[F], F]:
    """Declare a view method; ``example`` is a body that can be sent.

    ``errors`` lists the statuses of refusals besides those that follow from the rest: 401 where somebody must be signed
    in, 403 where the token is looked at, 400, 413 and 415 where there is a body.
    """
    declared = Documented(summary=summary, body=body, example=example, answer=answer, status=status, errors=errors)

    def mark(method: F) -> F:
        setattr(method, _MARK, declared)
        return method

    return mark


def find_documented(method: object) -> Documented | None:
    """Return what a view method declared, or ``None`` when it declared nothing."""
    found = getattr(method, _MARK, None)
    return found if isinstance(found, Documented) else None


def operation_of(*, path: str, method: str, handler: Callable[..., Any], signed_in: bool) -> Schema:
    """Return the operation of a view method, for somebody who must be ``signed_in`` or for anybody.

    :raises LookupError: when the method is not ``@documented``.
    """
    declared = find_documented(handler)
    if declared is None:
        raise LookupError(f"{method.upper()} {path} is not @documented")  # noqa: EM102 - says which one
    schemes = [*([SESSION] if signed_in else []), *([] if method in SAFE_METHODS else [TOKEN])]
    operation: Schema = {
        "operationId": f"{method}_{path.strip('/')}",
        "summary": declared.summary,
        "description": inspect.getdoc(handler) or "",
        "tags": [TAG],
        "responses": _responses(declared, schemes),
        # All that one entry names is needed together.
        "security": [{scheme: [] for scheme in schemes}] if schemes else [],
    }
    if declared.body is not None:
        content = {JSON: {"schema": _reference(declared.body), "example": declared.example}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def components_of(handlers: list[Callable[..., Any]]) -> Schema:
    """Return the schemas of all that some view methods take and answer, by name."""
    kinds: list[Any] = [ErrorOut]
    for declared in filter(None, map(find_documented, handlers)):
        kinds += [kind for kind in (declared.body, declared.answer) if kind is not None]
    _, components = msgspec.json.schema_components(kinds, ref_template=_REFS)
    return {f"{_PREFIX}{name}": schema for name, schema in components.items()}


def _responses(declared: Documented, schemes: list[str]) -> Schema:
    statuses = set(declared.errors)
    if SESSION in schemes:
        statuses.add(401)
    if TOKEN in schemes:
        statuses.add(403)
    if declared.body is not None:
        statuses |= {400, 413, 415}
    errors = {str(status): _answer(status, ErrorOut) for status in sorted(statuses)}
    return {str(declared.status): _answer(declared.status, declared.answer), **errors}


def _answer(status: int, kind: type[msgspec.Struct]) -> Schema:
    return {"description": HTTPStatus(status).phrase, "content": {JSON: {"schema": _reference(kind)}}}


def _reference(kind: type[msgspec.Struct]) -> Schema:
    return {"$ref": _REFS.format(name=kind.__name__)}
