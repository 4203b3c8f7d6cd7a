"""A client of the JWT door that holds the law of the envelope against every answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt
import msgspec
from django.conf import settings
from django.test import Client

from examhall.store.models import User
from tests.builders import NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; ``body`` is the decoded JSON."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def data(self) -> Any:
        """Return the data of a success."""
        assert self.status < 400, self.body
        return self.body["data"]

    @property
    def message(self) -> str | None:
        return self.body.get("message")

    @property
    def errors(self) -> dict[str, list[str]]:
        """Return the errors of a refusal by field."""
        assert self.status >= 400, self.body
        errors: dict[str, list[str]] = self.body["errors"]
        return errors

    def refused(self, status: int, message: str | None = None) -> bool:
        """Say whether this is that refusal."""
        return self.status == status and (message is None or self.message == message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """Somebody's requests; without a token they are nobody's."""

    token: str | None = None
    address: str = "127.0.0.1"

    def get(self, path: str, **query: object) -> Answer:
        return self.send("GET", path, query=query)

    def post(self, path: str, body: object = msgspec.UNSET, **headers: str) -> Answer:
        return self.send("POST", path, body, headers=headers)

    def put(self, path: str, body: object = msgspec.UNSET, **headers: str) -> Answer:
        return self.send("PUT", path, body, headers=headers)

    def delete(self, path: str) -> Answer:
        return self.send("DELETE", path)

    def send(
        self,
        method: str,
        path: str,
        body: object = msgspec.UNSET,
        *,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Answer:
        """Send one request; ``body`` is encoded as JSON unless it is bytes already."""
        extra = {"Authorization": f"Bearer {self.token}"} if self.token is not None else {}
        payload = b"" if body is msgspec.UNSET else body if isinstance(body, bytes) else msgspec.json.encode(body)
        response = Client(REMOTE_ADDR=self.address).generic(
            method,
            path,
            payload,
            content_type=content_type if payload else "",
            query_params=dict(query) if query else None,
            headers={**extra, **(headers or {})},
        )
        return _answer(method, response.status_code, response.content, response.headers)


def _answer(method: str, status: int, content: bytes, headers: Mapping[str, str]) -> Answer:
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "no-store"
    if method == "HEAD":
        return Answer(status=status, body={}, headers=headers)
    body = msgspec.json.decode(content)
    assert body["success"] is (status < 400), body
    if status >= 400:
        assert set(body) == {"success", "errors", "message"}, body
        assert isinstance(body["message"], str)
        assert isinstance(body["errors"], dict)
        assert body["message"]
        assert all(sentences and all(map(len, sentences)) for sentences in body["errors"].values()), body
    else:
        assert set(body) <= {"success", "data", "message"}, body
    assert ("WWW-Authenticate" in headers) is (status == 401)
    return Answer(status=status, body=body, headers=headers)


def claims_of(user: User, **changes: object) -> dict[str, object]:
    """Return the claims of a good access token, or of one that is bad by its changes; ``None`` leaves a claim out."""
    good: dict[str, object] = {
        "token_type": "access",
        # Longer than the server's own, so that tests may move the clock within a day.
        "exp": int((NOW + timedelta(days=1)).timestamp()),
        "iat": int(NOW.timestamp()),
        "jti": "4f2a9c",
        "user_id": str(user.pk),
    }
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def token_for(user: User, **changes: object) -> str:
    """Return an access token of a user, signed as the server signs."""
    return jwt.encode(claims_of(user, **changes), settings.SECRET_KEY, algorithm="HS256")


def api_of(user: User | None) -> Api:
    """Return somebody's requests, or nobody's."""
    return Api(token=None if user is None else token_for(user))
