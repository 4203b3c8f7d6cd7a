"""JSON bodies: bytes into a msgspec struct, or every fault of them by field."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError

from examhall.facades.httpkit.converters import MAX_ID
from examhall.facades.httpkit.refusals import WHOLE_BODY, BodyRefused
from examhall.facades.httpkit.requests import AnyIncoming
from examhall.facades.httpkit.sentences import UNKNOWN_FIELD, sentence

MAX_BODY = 10 * 1024 * 1024

# A database id and a moment with its time zone, as fields of bodies.
Id = Annotated[int, msgspec.Meta(ge=1, le=MAX_ID)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]

# Years that every database can hold in every time zone.
_FIRST_YEAR, _LAST_YEAR = 1970, 9998
# Numbers with more digits than this mean nothing to a mark and would be expensive to write out.
_MAX_EXPONENT = 30

S = TypeVar("S", bound=msgspec.Struct)

_NOT_JSON = "The body is not valid JSON."
_NOT_AN_OBJECT = "Expected an object."
_NOT_A_LIST = "Expected a list."
_DECODE_FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read_body(request: AnyIncoming, struct: type[S]) -> S:
    """Return the body of a request as ``struct``, a msgspec.Struct with ``forbid_unknown_fields``.

    :raises BodyRefused: with every faulty field when it is not one; 413 when it is too large, 415 when it is not JSON.
    """
    return _decode(_raw_body(request), struct)


def read_list(request: AnyIncoming, struct: type[S], limit: int) -> list[S | BodyRefused]:
    """Return the items of a body that is a list, each read by itself: a faulty item comes back as its refusal.

    :raises BodyRefused: when the body is no list or has more than ``limit`` items.
    """
    body = _raw_body(request)
    try:
        items = _decoder(list[msgspec.Raw]).decode(body)
    except msgspec.ValidationError:
        raise BodyRefused({WHOLE_BODY: [_NOT_A_LIST]}) from None
    except _DECODE_FAULTS:
        raise BodyRefused({WHOLE_BODY: [_NOT_JSON]}) from None
    if len(items) > limit:
        raise BodyRefused({WHOLE_BODY: [f"Expected at most {limit} items."]})
    return [_decode_item(bytes(item), struct) for item in items]


def _raw_body(request: AnyIncoming) -> bytes:
    meta: Mapping[str, Any] = request.META
    if meta.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in ("", "identity"):
        raise BodyRefused({WHOLE_BODY: ["Compressed bodies are not accepted."]})
    if meta.get("HTTP_TRANSFER_ENCODING") and not meta.get("CONTENT_LENGTH"):
        raise BodyRefused({WHOLE_BODY: ["Send the body with a Content-Length."]})
    try:
        body = bytes(request.body)
    except RequestDataTooBig:
        raise _too_large() from None
    except UnreadablePostError:
        raise BodyRefused({WHOLE_BODY: ["The body was cut off."]}) from None
    if len(body) > MAX_BODY:
        raise _too_large()
    if body and not _is_json(str(meta.get("CONTENT_TYPE") or "")):
        raise BodyRefused({WHOLE_BODY: ["Send the body as application/json."]}, status=415)
    return body


def _too_large() -> BodyRefused:
    return BodyRefused({WHOLE_BODY: ["The body is larger than 10 MB."]}, status=413)


def _is_json(content_type: str) -> bool:
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [value.strip("\"' ") for name, _, value in (p.partition("=") for p in parameters) if name == "charset"]
    return kind in ("", "application/json") and all(charset in ("utf-8", "utf8", "us-ascii") for charset in charsets)


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


@lru_cache(maxsize=256)
def _fields(struct: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return a struct's fields; msgspec works them out anew each time, which costs more than reading a body."""
    return msgspec.structs.fields(struct)


def _decode_item(body: bytes, struct: type[S]) -> S | BodyRefused:
    try:
        return _decode(body, struct)
    except BodyRefused as refused:
        return refused


def _decode(body: bytes, struct: type[S]) -> S:
    try:
        value: S = _decoder(struct).decode(body)
    except _DECODE_FAULTS:
        raise BodyRefused(_faults_by_field(body, struct)) from None
    faults = {
        field.encode_name: [fault] for field in _fields(struct) if (fault := _value_fault(getattr(value, field.name)))
    }
    if faults:
        raise BodyRefused(faults)
    return value


def _faults_by_field(body: bytes, struct: type[msgspec.Struct]) -> dict[str, list[str]]:
    """Return what is wrong, field by field: the decoder itself stops at the first fault."""
    try:
        values: dict[str, msgspec.Raw] = _decoder(dict[str, msgspec.Raw]).decode(body)
    except msgspec.ValidationError:
        return {WHOLE_BODY: [_NOT_AN_OBJECT]}
    except _DECODE_FAULTS:
        return {WHOLE_BODY: [_NOT_JSON]}
    fields = {field.encode_name: field for field in _fields(struct)}
    faults = {name: [UNKNOWN_FIELD] for name in values if name not in fields}
    for name, field in fields.items():
        if name in values:
            fault = _field_fault(bytes(values[name]), field.type)
        else:
            fault = "This field is required." if field.required else None
        if fault:
            faults[name] = [fault]
    return faults or {WHOLE_BODY: [_NOT_JSON]}


def _field_fault(raw: bytes, kind: Any) -> str | None:
    try:
        value = _decoder(kind).decode(raw)
    except msgspec.ValidationError as error:
        return sentence(str(error), kind)
    except UnicodeDecodeError:
        # The one thing about a value that the first reading does not look at.
        return "Expected text in UTF-8."
    return _value_fault(value)


def _value_fault(value: object) -> str | None:
    """Return what no type can say: what databases cannot hold, at any depth."""
    match value:
        case str():
            return "Null characters are not allowed." if "\x00" in value else None
        case datetime():
            return None if _is_storable(value) else "This date is out of range."
        case Decimal():
            usable = value.is_finite() and abs(value.adjusted()) <= _MAX_EXPONENT
            return None if usable else "Expected a finite number."
        case list() | tuple():
            return next(filter(None, map(_value_fault, value)), None)
        case msgspec.Struct():
            return next(filter(None, (_value_fault(getattr(value, name)) for name in value.__struct_fields__)), None)
    return None


def _is_storable(moment: datetime) -> bool:
    try:
        return _FIRST_YEAR <= moment.astimezone(UTC).year <= _LAST_YEAR
    except OverflowError:
        return False
