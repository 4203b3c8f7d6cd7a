"""A client of the certification API that keeps cookies and sends the CSRF token, as the document asks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from examhall.store.models import User
from tests.builders import PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def error(self) -> str:
        """Return the sentence of a refusal."""
        assert self.status >= 400, self.body
        error: str = self.body["error"]
        return error

    def refused(self, status: int, error: str) -> bool:
        """Say whether this is that refusal."""
        return (self.status, self.body) == (status, {"error": error})


def _client() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """Somebody's browser: one cookie jar."""

    client: Client = field(default_factory=_client)

    def token(self) -> str:
        """Fetch a CSRF token."""
        token: str = self.get("/csrf/").body["csrfToken"]
        return token

    def get(self, path: str) -> Answer:
        return self.send("GET", path, token=None)

    def post(self, path: str, body: object = None) -> Answer:
        return self.send("POST", path, body, token=self.token())

    def patch(self, path: str, body: object = None) -> Answer:
        return self.send("PATCH", path, body, token=self.token())

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None,
        content_type: str = "application/json",
        **extra: Any,
    ) -> Answer:
        """Send one request; ``body`` is JSON unless it is bytes already."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        if token is not None:
            extra["HTTP_X_CSRFTOKEN"] = token
        response = self.client.generic(method, path, content, content_type=content_type, **extra)
        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Cache-Control"] == "no-store"
        answer = Answer(
            status=response.status_code,
            body=json.loads(response.content) if response.content else None,
            headers=response.headers,
        )
        if answer.status >= 400 and method != "HEAD":
            assert list(answer.body) == ["error"]
            assert answer.error.strip()
        return answer

    def sign_in(self, user: User, password: str = PASSWORD) -> "Browser":
        """Sign in."""
        answer = self.post("/login/", {"email": user.email, "contraseña": password})
        assert answer.status == 200, answer.body
        return self


def browser_of(user: User) -> Browser:
    """Return the browser of somebody who has signed in."""
    return Browser().sign_in(user)
