"""Partial bodies: which fields a client gave."""

from collections.abc import Collection
from typing import Any

import msgspec


def given_fields(body: msgspec.Struct, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Return the fields of a body that were given, by the names of the struct; those of ``without`` are left out."""
    fields = ((name, getattr(body, name)) for name in body.__struct_fields__ if name not in without)
    return {name: value for name, value in fields if value is not msgspec.UNSET}
