"""GET /user_info/"""

from datetime import timedelta

import time_machine
from django.contrib.auth.hashers import make_password

from examhall.store.models import User
from tests.certification import Certification
from tests.facades.examenes.browser import Browser, browser_of
from tests.queries import assert_queries_at_most


def test_it_shows_what_the_candidate_registered_with(nobody: Browser) -> None:
    candidate = {
        "matricula": "A-00457",
        "nombre": "Alicia",
        "paterno": "Núñez",
        "materno": "Peña",
        "email": "Alicia@Ejemplo.mx",
        "username": "alicia",
    }
    nobody.post("/register/", {**candidate, "contraseña": "correct horse battery"})
    assert nobody.get("/user_info/").body == candidate


def test_who_registered_through_the_other_api_has_the_whole_name_in_nombre(alice: Browser) -> None:
    shown = alice.get("/user_info/").body
    assert {name: shown[name] for name in ("matricula", "nombre", "paterno", "materno", "username")} == {
        "matricula": None,
        "nombre": "Alice Owner",
        "paterno": "",
        "materno": "",
        "username": None,
    }


def test_a_name_changed_through_the_other_api_is_shown_as_it_is_now(world: Certification) -> None:
    User.objects.filter(pk=world.alice.pk).update(
        nombre="Alicia", paterno="Núñez", materno="", full_name="Alicia Núñez", matricula="7"
    )
    alice = browser_of(world.alice)
    assert (alice.get("/user_info/").body["nombre"], alice.get("/user_info/").body["paterno"]) == ("Alicia", "Núñez")
    User.objects.filter(pk=world.alice.pk).update(full_name="Alicia Casada")
    shown = alice.get("/user_info/").body
    assert (shown["nombre"], shown["paterno"], shown["matricula"]) == ("Alicia Casada", "", "7")


def test_nobody_is_told_to_sign_in(nobody: Browser) -> None:
    assert nobody.get("/user_info/").refused(401, "Authentication required.")


def test_a_made_up_session_is_nobodys(nobody: Browser) -> None:
    for key in ("0123456789abcdefghijklmnopqrstuv", "x", "'; --", "\u00f1"):
        nobody.client.cookies["sessionid"] = key
        assert nobody.get("/user_info/").status == 401


def test_a_deactivated_account_is_out_at_its_next_request(world: Certification, alice: Browser) -> None:
    User.objects.filter(pk=world.alice.pk).update(is_active=False)
    assert alice.get("/user_info/").refused(401, "Authentication required.")
    User.objects.filter(pk=world.alice.pk).update(is_active=True)
    assert alice.get("/user_info/").status == 200


def test_a_new_password_ends_every_session(world: Certification, alice: Browser) -> None:
    User.objects.filter(pk=world.alice.pk).update(password=make_password("battery horse correct"))
    assert alice.get("/user_info/").status == 401


def test_a_deleted_account_is_nobodys(world: Certification, alice: Browser) -> None:
    world.alice.delete()
    assert alice.get("/user_info/").status == 401


def test_a_session_lasts_two_weeks(alice: Browser, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=13))
    assert alice.get("/user_info/").status == 200
    clock.shift(timedelta(days=2))
    assert alice.get("/user_info/").status == 401


def test_only_get(alice: Browser) -> None:
    assert alice.post("/user_info/").refused(405, "Method not allowed.")
    assert alice.send("HEAD", "/user_info/", token=None).status == 200
    assert alice.client.options("/user_info/").headers["Allow"] == "GET, HEAD, OPTIONS"


def test_it_takes_three_statements(alice: Browser) -> None:
    with assert_queries_at_most(3):
        alice.get("/user_info/")
