"""POST /login/"""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from pytest_django import Settings

from examhall.store.models import User
from tests.builders import NOW, PASSWORD, make_user
from tests.certification import Certification
from tests.facades.examenes.browser import Answer, Browser, browser_of

pytestmark = pytest.mark.django_db

WRONG = PASSWORD + "!"
REFUSED = "Invalid email or password."


def log_in(email: str, password: str = PASSWORD, browser: Browser | None = None) -> Answer:
    return (browser or Browser()).post("/login/", {"email": email, "contraseña": password})


def test_email_and_password_open_a_session() -> None:
    alice, browser = make_user("Alice Owner"), Browser()
    answer = log_in(alice.email, browser=browser)
    assert (answer.status, answer.body) == (200, {"message": "Login successful."})
    assert browser.get("/user_info/").body["email"] == alice.email
    assert User.objects.get(pk=alice.pk).last_login == NOW


def test_the_case_of_the_email_does_not_count() -> None:
    alice = make_user("Alice Owner")
    assert log_in(f" {alice.email.upper()} ").status == 200


def test_staff_sign_in_too(world: Certification) -> None:
    assert browser_of(world.teacher).get("/user_info/").body["nombre"] == "Teresa Teacher"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites() -> None:
    browser = browser_of(make_user("Alice Owner"))
    cookie = browser.client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_the_session_cookie_is_secure_where_the_settings_say_so(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    browser = browser_of(make_user("Alice Owner"))
    assert browser.client.cookies["sessionid"]["secure"] is True


def test_a_key_planted_before_is_not_taken_over() -> None:
    alice, planted = make_user("Alice Owner"), "0123456789abcdefghijklmnopqrstuv"
    browser = Browser()
    browser.client.cookies["sessionid"] = planted
    log_in(alice.email, browser=browser)
    assert browser.client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_in_again_gives_a_new_key_and_ends_the_old_session() -> None:
    alice = make_user("Alice Owner")
    browser = browser_of(alice)
    old = browser.client.cookies["sessionid"].value
    log_in(alice.email, browser=browser)
    assert browser.client.cookies["sessionid"].value != old
    browser.client.cookies["sessionid"] = old
    assert browser.get("/user_info/").status == 401


def test_nothing_of_the_earlier_person_is_left_when_another_signs_in(world: Certification) -> None:
    browser = browser_of(world.alice)
    exam = browser.post("/get_exam_questions/", {"tipo_examen": "prueba"}).body["examen"]
    log_in(world.bob.email, browser=browser)
    assert browser.get("/user_exams/").body == {"examenes": []}
    assert browser.post("/exam_info/", {"examen": exam}).refused(400, "Exam not found.")


def test_unknown_wrong_and_switched_off_are_answered_alike() -> None:
    alice, bob = make_user("Alice Owner"), make_user("Bob Member", is_active=False)
    answers = [
        log_in("nobody@school.example"),
        log_in("x" * 5000),
        log_in(""),
        log_in(alice.email, WRONG),
        log_in(bob.email),
        log_in(bob.email, WRONG),
    ]
    assert all(answer.refused(400, REFUSED) for answer in answers)
    assert not Session.objects.exists()


def test_an_account_tried_too_often_has_to_wait_and_is_told_how_long(clock: time_machine.Traveller) -> None:
    alice = make_user("Alice Owner")
    statuses = [log_in(alice.email, WRONG).status for _ in range(9)]
    assert statuses == [400] * 9
    locked = log_in(alice.email, WRONG)
    assert locked.refused(429, "Too many failed login attempts. Try again later.")
    assert int(locked.headers["Retry-After"]) == 301
    assert log_in(alice.email).status == 429
    clock.shift(timedelta(seconds=302))
    assert log_in(alice.email).status == 200


def test_both_apis_count_the_same_failures() -> None:
    alice, browser = make_user("Alice Owner"), Browser()
    for _ in range(5):
        log_in(alice.email, WRONG)
        browser.client.post("/auth/login/", {"email": alice.email, "password": WRONG}, content_type="application/json")
    assert log_in(alice.email).status == 429


def test_another_account_from_the_same_address_is_not_kept_waiting() -> None:
    alice, bob = make_user("Alice Owner"), make_user("Bob Member")
    for _ in range(12):
        log_in(alice.email, WRONG)
    assert log_in(bob.email).status == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"email": "a@b.example"}, "contraseña: This field is required."),
        ({"contraseña": "ab"}, "email: This field is required."),
        ({"email": 7, "contraseña": "ab"}, "email: Expected a string."),
        ({"email": "a@b.example", "contraseña": None}, "contraseña: Expected a string."),
        ({"email": "a\x00@b.example", "contraseña": "ab"}, "email: Null characters are not allowed."),
        ({"email": "a@b.example", "contraseña": "ab", "password": "ab"}, "password: Unknown field."),
        (b"{", "The body is not valid JSON."),
        (b"", "The body is not valid JSON."),
        (b"[]", "Expected an object."),
    ],
)
def test_an_impossible_body_is_refused(nobody: Browser, body: object, error: str) -> None:
    assert nobody.post("/login/", body).refused(400, error)


def test_all_faults_of_a_body_are_told_at_once(nobody: Browser) -> None:
    error = nobody.post("/login/", {"email": 7, "extra": 1}).error
    for fault in ("email: Expected a string.", "extra: Unknown field.", "contraseña: This field is required."):
        assert fault in error


def test_a_body_too_large_and_a_compressed_one_are_refused(nobody: Browser) -> None:
    token = nobody.token()
    large = b'{"email": "' + b"x" * (10 * 1024 * 1024) + b'"}'
    assert nobody.send("POST", "/login/", large, token=token).refused(413, "The body is larger than 10 MB.")
    squeezed = nobody.send("POST", "/login/", b"{}", token=token, HTTP_CONTENT_ENCODING="gzip")
    assert squeezed.refused(400, "Compressed bodies are not accepted.")


def test_only_post(nobody: Browser) -> None:
    assert nobody.get("/login/").refused(405, "Method not allowed.")
    assert nobody.send("PUT", "/login/", {}, token=nobody.token()).refused(405, "Method not allowed.")
