"""People who come through the front doors: they register themselves and sign in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from tests.concurrency.http.client import Line

_PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in: ``headers`` is what each of their calls carries; only the JWT door gives ``refresh``."""

    email: str
    headers: dict[str, str]
    refresh: str = ""


def sign_up_student(line: Line) -> Person:
    """Register and sign in through the JWT door."""
    email = f"alice.{secrets.token_hex(6)}@example.org"
    account = {"email": email, "fullName": "Alice Owner", "role": "student"}
    registered = line.call("POST", "/auth/register/", account | {"password": _PASSWORD, "password_confirm": _PASSWORD})
    assert registered.status == 201, registered.body
    tokens = line.call("POST", "/auth/login/", {"email": email, "password": _PASSWORD}).data
    return Person(email=email, headers={"Authorization": f"Bearer {tokens['access']}"}, refresh=tokens["refresh"])


def sign_up_candidate(line: Line) -> Person:
    """Register through the cookie door, which signs in as well."""
    name = f"alicia{secrets.token_hex(6)}"
    email = f"{name}@example.org"
    account = {"matricula": name, "nombre": "Alicia", "paterno": "Luna", "materno": "Paz", "username": name}
    first = line.call("GET", "/csrf/")
    line.headers = _headers(first.cookies, first.body["csrfToken"])
    registered = line.call("POST", "/register/", account | {"email": email, "contraseña": _PASSWORD})
    assert registered.status == 201, registered.body
    line.headers = _headers(registered.cookies, "")
    token = line.call("GET", "/csrf/").body["csrfToken"]
    return Person(email=email, headers=_headers(registered.cookies, token))


def _headers(cookies: Mapping[str, str], token: str) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": token}
