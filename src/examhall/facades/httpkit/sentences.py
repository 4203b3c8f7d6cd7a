"""What a body's decoder found wrong, as a sentence for whoever wrote the client."""

import re
from enum import StrEnum
from typing import Any, get_args

UNKNOWN_FIELD = "Unknown field."

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "str": "a string",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "datetime": "a date and time such as 2024-01-15T08:00:00Z",
    "null": "null",
}
_NO_DATE = "Expected a date and time such as 2024-01-15T08:00:00Z."

_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_NAMED = re.compile(r"^Object (?P<what>missing required|contains unknown) field `(?P<name>[^`]*)`$")
_TYPES = re.compile(r"^Expected `(?P<want>[^`]+)`, got `(?P<got>[^`]+)`$")
_BOUND = re.compile(r"^Expected `(?P<kind>[^`]+)` (?P<length>of length )?(?P<sign><=|>=|<|>) (?P<limit>\S+)$")
_DATES = ("Invalid RFC3339", "Invalid date", "Expected `datetime`", "Invalid epoch")


def sentence(fault: str, kind: Any) -> str:
    """Return one sentence for a msgspec ValidationError of a field of type ``kind``; nested faults name their place."""
    place = ""
    if found := _PATH.search(fault):
        place = found["path"].removeprefix(".")
        fault = fault[: found.start()]
    if named := _NAMED.match(fault):
        place = f"{place}.{named['name']}".removeprefix(".")
        text = "This field is required." if named["what"].startswith("missing") else UNKNOWN_FIELD
    else:
        text = _plain(fault, kind)
    return f"{place}: {text}" if place else text


def _plain(fault: str, kind: Any) -> str:
    if types := _TYPES.match(fault):
        wanted = " or ".join(_KINDS.get(part.strip(), part.strip()) for part in types["want"].split("|"))
        return f"Expected {wanted}."
    if bound := _BOUND.match(fault):
        return _bound(bound["sign"], bound["limit"], bound["kind"].split(" |")[0] if bound["length"] else None)
    if fault.startswith("Invalid enum value"):
        values = _enum_values(kind)
        return f"Expected one of: {', '.join(values)}." if values else "This value is not one of the allowed ones."
    if fault.startswith(_DATES):
        return _NO_DATE
    return "This value is not valid."


def _bound(sign: str, limit: str, sized: str | None) -> str:
    unit = {"str": " characters", "array": " items"}.get(sized or "", "")
    verb = "Must have" if unit else "Must be"
    word = {"<=": "at most", ">=": "at least", "<": "less than", ">": "more than"}[sign]
    if sized == "str" and sign == ">=" and limit == "1":
        return "This field may not be blank."
    return f"{verb} {word} {limit}{unit}."


def _enum_values(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return list(kind)
    return next((values for part in get_args(kind) if (values := _enum_values(part))), [])
