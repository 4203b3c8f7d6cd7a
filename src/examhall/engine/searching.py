"""Search texts without regard to case, alike on all three databases."""

import re
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Contains


def containing(text: str, *fields: str) -> Q:
    """Return the condition that at least one of the fields contains the text, in whatever case."""
    return reduce(or_, (_contains(field, text) for field in fields))


def _contains(field: str, text: str) -> Q:
    match connection.vendor:
        case "sqlite":
            # SQLite's own LIKE folds ASCII letters only; its REGEXP is Python's.
            return Q(**{f"{field}__iregex": re.escape(text)})
        case "mysql":
            # The collation compares byte by byte (config.databases), so LIKE alone would tell É from é.
            return Q(Contains(Lower(F(field)), text.lower()))
        case _:
            return Q(**{f"{field}__icontains": text})
