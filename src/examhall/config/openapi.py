"""What the description of the API says about itself, and how the page that shows it behaves."""

from typing import Any

_DESCRIPTION = """\
A server for online exams: one exam engine behind two documented APIs. Students sit exams, teachers write and follow them, the
server keeps the time, and no acknowledged answer is lost.

**Try it here**, with the demo data of `make run`:

1. Send `POST /auth/login/` as it stands and copy `access` from the answer.
2. Press **Authorize** and paste it as `accessToken`.
3. `POST /sessions/start/` begins the Midterm Exam. The teacher's side: sign in as `teacher@example.com`.

The certification calls need no pasting: `POST /login/` sets a cookie.
"""

_TAGS = [
    ("auth", "Register, sign in and out, one's own profile and password."),
    ("sessions", "Sit an exam: start, save answers, hand in, see the result. For teachers: follow running sessions."),
    ("exams", "Compose exams out of questions, find those that may be sat, read their statistics."),
    ("questions", "The question bank: multiple choice, true or false, fill in the blank, essay."),
    ("classes", "Classes and who is in them."),
    (
        "certification",
        "Practice and final exams of a certification, in the words of the Spanish document: session cookie, and the token "
        "of `/csrf/` in the header `X-CSRFToken` with every POST and PATCH.",
    ),
]

SPECTACULAR: dict[str, Any] = {
    "TITLE": "examhall",
    "DESCRIPTION": _DESCRIPTION,
    "VERSION": "1",
    "LICENSE": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    # No servers: without any it is this one, and the page would put a list of one, without a label, at its top.
    "TAGS": [{"name": name, "description": text} for name, text in _TAGS],
    # msgspec writes JSON Schema 2020-12 ("null" as a type), which OpenAPI 3.0 does not know.
    "OAS_VERSION": "3.1.0",
    "SORT_OPERATIONS": False,
    # The default hook, which names enums, is left out: msgspec has named them, and it fails on enums that state no "type".
    "POSTPROCESSING_HOOKS": [
        "examhall.facades.rest.schema.arrange",
        "examhall.facades.examenes.openapi.add_operations",
    ],
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {
        "deepLinking": True,
        "persistAuthorization": True,
        "tryItOutEnabled": True,
        "displayRequestDuration": True,
        # The list of all schemas below the calls stays closed.
        "defaultModelsExpandDepth": 0,
    },
}
