"""Calling /auth/ as a client does."""

from collections.abc import Mapping

import msgspec

from tests.builders import PASSWORD
from tests.facades.rest.api import Answer, Api

CLASSROOM = "192.0.2.7"
HOME = "198.51.100.20"


def call(
    method: str,
    path: str,
    body: object = msgspec.UNSET,
    *,
    token: str | None = None,
    address: str = CLASSROOM,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Send one request to /auth/."""
    return Api(token=token, address=address).send(method, f"/auth/{path}", body, headers=headers)


def log_in(
    email: str, password: str = PASSWORD, *, address: str = CLASSROOM, headers: Mapping[str, str] | None = None
) -> Answer:
    """Sign in."""
    body = {"email": email, "password": password}
    return call("POST", "login/", body, address=address, headers=headers)


def tokens_of(email: str, password: str = PASSWORD) -> tuple[str, str]:
    """Return the access and the refresh token of a fresh sign-in."""
    data = log_in(email, password).data
    return data["access"], data["refresh"]


def refresh(token: str) -> Answer:
    """Exchange a refresh token."""
    return call("POST", "refresh/", {"refresh": token})
