"""POST /register/"""

from typing import Any

import pytest
from django.contrib.sessions.models import Session

from examhall.store.models import User
from tests.builders import NOW, PASSWORD, make_user
from tests.facades.examenes.browser import Answer, Browser

pytestmark = pytest.mark.django_db

ALICIA: dict[str, Any] = {
    "matricula": "A-00457",
    "nombre": "Alicia",
    "paterno": "Núñez",
    "materno": "de la Peña",
    "email": "Alicia@Ejemplo.mx",
    "contraseña": PASSWORD,
    "username": "alicia",
}


def register(browser: Browser, **changes: Any) -> Answer:
    return browser.post("/register/", {**ALICIA, **changes})


def test_a_candidate_registers_and_is_signed_in(nobody: Browser) -> None:
    answer = register(nobody)
    assert (answer.status, answer.body) == (201, {"message": "User registered successfully."})
    assert nobody.get("/user_info/").body == {
        "matricula": "A-00457",
        "nombre": "Alicia",
        "paterno": "Núñez",
        "materno": "de la Peña",
        "email": "Alicia@Ejemplo.mx",
        "username": "alicia",
    }


def test_the_account_is_a_students_and_serves_both_apis(nobody: Browser) -> None:
    register(nobody)
    row = User.objects.get()
    assert (row.role, row.full_name, row.created_at, row.last_login) == (
        "student",
        "Alicia Núñez de la Peña",
        NOW,
        NOW,
    )
    answer = nobody.client.post(
        "/auth/login/", {"email": "alicia@ejemplo.mx", "password": PASSWORD}, content_type="application/json"
    )
    assert answer.json()["data"]["user"]["fullName"] == "Alicia Núñez de la Peña"


def test_the_session_has_a_new_key_and_a_new_token(nobody: Browser) -> None:
    token = nobody.token()
    nobody.client.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    assert nobody.send("POST", "/register/", ALICIA, token=token).status == 201
    cookie = nobody.client.cookies["sessionid"]
    assert cookie.value != "0123456789abcdefghijklmnopqrstuv"
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert nobody.send("POST", "/logout/", token=token).status == 403


@pytest.mark.parametrize(
    ("same", "error"),
    [
        ({"email": "ALICIA@ejemplo.MX"}, "A user with this email already exists."),
        ({"username": "alicia"}, "A user with this username already exists."),
        ({"matricula": "A-00457"}, "A user with this matricula already exists."),
    ],
)
def test_a_duplicate_is_refused_and_says_which(nobody: Browser, same: dict[str, str], error: str) -> None:
    register(nobody)
    other = {"email": "otra@ejemplo.mx", "username": "otra", "matricula": "B-1"}
    answer = register(Browser(), **{**other, **same})
    assert answer.refused(400, error)
    assert User.objects.count() == 1


def test_the_email_of_an_account_of_the_other_api_is_taken_too(nobody: Browser) -> None:
    make_user("Alice Owner", email="alicia@ejemplo.mx")
    assert register(nobody).refused(400, "A user with this email already exists.")


def test_a_refused_registration_signs_nobody_in(nobody: Browser) -> None:
    register(nobody, email="nobody")
    assert nobody.get("/user_info/").status == 401
    assert not Session.objects.exists()


@pytest.mark.parametrize("field", list(ALICIA))
def test_every_field_is_required(nobody: Browser, field: str) -> None:
    answer = nobody.post("/register/", {name: value for name, value in ALICIA.items() if name != field})
    assert answer.refused(400, f"{field}: This field is required.")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"email": "nobody"}, "email: Enter a valid email address."),
        ({"email": "  "}, "email: This field may not be blank."),
        ({"nombre": " "}, "nombre: This field may not be blank."),
        ({"paterno": ""}, "paterno: This field may not be blank."),
        ({"matricula": ""}, "matricula: This field may not be blank."),
        ({"matricula": 123456789}, "matricula: Expected a string."),
        ({"username": "u" * 151}, "username: This value is too long."),
        ({"username": None}, "username: Expected a string."),
        ({"nombre": "Ali\x00cia"}, "nombre: Null characters are not allowed."),
        ({"contraseña": "p" * 5000}, "contraseña: Must have at most 4096 characters."),
        ({"role": "admin"}, "role: Unknown field."),
        ({"contrasena": PASSWORD}, "contrasena: Unknown field."),
    ],
)
def test_an_impossible_value_is_refused_by_its_field(nobody: Browser, changes: dict[str, Any], error: str) -> None:
    assert register(nobody, **changes).refused(400, error)
    assert not User.objects.exists()


def test_a_weak_password_is_refused_with_every_reason(nobody: Browser) -> None:
    answer = register(nobody, contraseña="12345")
    assert answer.status == 400
    assert answer.error.startswith("contraseña: This password is too short.")
    assert "entirely numeric" in answer.error


def test_a_person_with_one_surname_registers(nobody: Browser) -> None:
    assert register(nobody, materno="").status == 201
    assert nobody.get("/user_info/").body["materno"] == ""


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"email": "\\ud800"}', b"\xff"])
def test_a_body_that_is_no_object_is_refused(nobody: Browser, body: bytes) -> None:
    assert nobody.post("/register/", body).status == 400


def test_who_is_signed_in_and_registers_somebody_is_that_person_from_then_on(nobody: Browser) -> None:
    register(nobody)
    key = nobody.client.cookies["sessionid"].value
    answer = register(nobody, email="otra@ejemplo.mx", username="otra", matricula="B-1", nombre="Olga")
    assert answer.status == 201
    assert nobody.get("/user_info/").body["nombre"] == "Olga"
    assert not Session.objects.filter(session_key=key).exists()


def test_only_post(nobody: Browser) -> None:
    assert nobody.get("/register/").refused(405, "Method not allowed.")
