"""Which part of the way of a save a moment belongs to, told from the calls that were under way."""

from collections.abc import Callable, Sequence
from types import CodeType

# (where the code lies, the function's name); innermost call first.
Place = tuple[str, str]
Stack = Sequence[Place]

_DRIVERS = ("/pymysql/", "/psycopg/", "/psycopg_binary/", "/MySQLdb/")
_TRANSACTION = {"_start_transaction_under_autocommit", "_set_autocommit", "set_autocommit"}
_HEALTH = {"is_usable", "close_if_health_check_failed", "close_if_unusable_or_obsolete"}

OTHER = "other"


def layer_of(stack: Sequence[CodeType]) -> str:
    """Return the layer of a moment.

    Some layers are known by a call anywhere in the stack, such as a commit, whoever does the work in it; the others by
    the innermost call that lies in one of the layers' files.
    """
    places = [(code.co_filename, code.co_name) for code in stack]
    for layer, holds in _ANYWHERE:
        if any(holds(place) for place in places):
            return layer
    return next(
        (layer for place in places for layer, parts in _FILES if any(part in place[0] for part in parts)), OTHER
    )


def in_transaction(stack: Sequence[CodeType]) -> bool:
    """Say whether a unit of work was under way: what saves that come together do once for all of them, or most of it."""
    return any("/engine/locking.py" in code.co_filename for code in stack)


def _in(part: str, *names: str) -> Callable[[Place], bool]:
    return lambda place: part in place[0] and place[1] in names


_ANYWHERE: Sequence[tuple[str, Callable[[Place], bool]]] = (
    ("database: commit", _in("/django/db/backends/", "_commit")),
    ("database: is the connection alive", _in("/django/db/backends/", *_HEALTH)),
    ("database: begin, autocommit on and off", _in("/django/db/backends/", *_TRANSACTION)),
    ("database: statements, through the driver", lambda place: any(part in place[0] for part in _DRIVERS)),
    # The driver of SQLite is C code: what is under way then is Django's thin wrapper of its cursor.
    ("database: statements, through the driver", _in("/sqlite3/base.py", "execute", "executemany")),
    ("database: statements, through the driver", _in("/django/db/utils.py", "inner")),
)
_FILES: Sequence[tuple[str, Sequence[str]]] = (
    ("ORM: from a query to SQL and values", ("/django/db/models/sql/", "/django/db/models/lookups", "/django/db/models/expressions", "/django/db/models/fields/", "/django/db/models/functions/", "/django/db/backends/base/operations", "/operations.py")),
    ("ORM: querysets", ("/django/db/models/query", "/django/db/models/manager")),
    ("ORM: rows to instances, save()", ("/django/db/models/",)),
    ("Django: cursors, connections, transactions", ("/django/db/", "/asgiref/")),
    ("token", ("/jwt/", "/rest/authentication.py")),
    ("body in", ("/httpkit/bodies.py",)),
    ("answer out", ("/httpkit/responses.py", "/rest/wire")),
    ("DRF", ("/rest_framework/", "/rest/base.py")),
    ("examhall: view and facade", ("/examhall/facades/",)),
    ("examhall: engine", ("/examhall/engine/",)),
    ("examhall: rules", ("/examhall/domain/",)),
    ("Django: addresses", ("/django/urls/",)),
    ("Django: request, answer, middleware, signals", ("/django/core/", "/django/http/", "/django/dispatch/", "/whitenoise/", "/django/utils/")),
)  # fmt: skip
