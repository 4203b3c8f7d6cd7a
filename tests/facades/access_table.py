"""Who may call what: one row for each endpoint and method, one status for each kind of person.

Every noun keeps its rows in a module of its own, ``access_<noun>.py``, and is listed here. ``test_access.py`` sends every
row as every person, and walks the addresses of the server for a method without a row.
"""

from tests.facades.access_auth import AUTH_ROWS
from tests.facades.access_certification import CERTIFICATION_ROWS
from tests.facades.access_classes import CLASS_ROWS
from tests.facades.access_exams import EXAM_ROWS
from tests.facades.access_questions import QUESTION_ROWS
from tests.facades.access_rows import Row
from tests.facades.access_sessions import SESSION_ROWS
from tests.facades.access_site import SITE_ROWS

ROWS: tuple[Row, ...] = (
    *SITE_ROWS,
    *AUTH_ROWS,
    *CLASS_ROWS,
    *QUESTION_ROWS,
    *EXAM_ROWS,
    *SESSION_ROWS,
    *CERTIFICATION_ROWS,
)
