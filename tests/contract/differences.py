"""Comparing an answer with an example of a contract: keys in their order, types, and values."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> Any:
    """Return the examples of ``golden/<name>.json``."""
    return json.loads((_GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def differences(example: object, answer: object, *, free: frozenset[str], at: str = "$") -> list[str]:
    """Return where an answer departs from the example.

    ``free`` names the keys whose values follow from ids, times and tokens: their types are compared, their values not.
    """
    return list(_walk(example, answer, free, at, is_free=False))


def _walk(example: object, answer: object, free: frozenset[str], at: str, *, is_free: bool) -> Iterator[str]:
    if type(example) is not type(answer):
        yield f"{at}: {answer!r} instead of {example!r}"
    elif isinstance(example, dict) and isinstance(answer, dict):
        if list(example) != list(answer):
            yield f"{at}: keys {list(answer)} instead of {list(example)}"
        for key in example.keys() & answer.keys():
            yield from _walk(example[key], answer[key], free, f"{at}.{key}", is_free=key in free)
    elif isinstance(example, list) and isinstance(answer, list):
        if len(example) != len(answer):
            yield f"{at}: {len(answer)} items instead of {len(example)}"
        for index, (one, other) in enumerate(zip(example, answer, strict=False)):
            yield from _walk(one, other, free, f"{at}[{index}]", is_free=is_free)
    elif example != answer and not is_free:
        yield f"{at}: {answer!r} instead of {example!r}"
