"""GET /csrf/, and the token that every POST and PATCH needs."""

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from examhall.facades.examenes.accounts import LoginView
from examhall.store.models import ExamSession, User
from tests.builders import PASSWORD
from tests.certification import Certification
from tests.facades.examenes.browser import Browser, browser_of

CHANGES = [
    ("POST", "/register/"),
    ("POST", "/login/"),
    ("POST", "/logout/"),
    ("POST", "/exam_info/"),
    ("POST", "/exam_result/"),
    ("POST", "/get_exam_questions/"),
    ("POST", "/exam_history/"),
    ("PATCH", "/get_questions_answers/"),
    ("PATCH", "/update_exam_answer/"),
]
START = {"tipo_examen": "prueba"}
FAILED = "CSRF verification failed: "


def test_it_gives_a_token_and_sets_its_cookie(nobody: Browser) -> None:
    answer = nobody.get("/csrf/")
    assert (answer.status, list(answer.body)) == (200, ["csrfToken"])
    assert len(answer.body["csrfToken"]) == 64
    cookie = nobody.client.cookies["csrftoken"]
    assert (cookie["samesite"], cookie["secure"], cookie["path"]) == ("Lax", "", "/")
    assert "sessionid" not in nobody.client.cookies


def test_the_cookie_is_secure_where_the_settings_say_so(nobody: Browser, settings: Settings) -> None:
    settings.CSRF_COOKIE_SECURE = True
    nobody.get("/csrf/")
    assert nobody.client.cookies["csrftoken"]["secure"] is True


def test_every_token_of_one_browser_works(alice: Browser) -> None:
    tokens = {alice.token() for _ in range(3)}
    assert len(tokens) == 3
    assert {alice.send("POST", "/get_exam_questions/", START, token=token).status for token in tokens} == {200}


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_without_a_token_nothing_is_changed(alice: Browser, method: str, path: str) -> None:
    alice.token()
    answer = alice.send(method, path, START, token=None)
    assert answer.refused(403, f"{FAILED}CSRF token missing.")
    assert not ExamSession.objects.exists()
    assert alice.get("/user_info/").status == 200


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_a_wrong_token_is_refused(alice: Browser, method: str, path: str) -> None:
    for wrong, reason in (
        ("x", "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."),
        ("!" * 64, "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters."),
        ("a" * 64, "CSRF token from the 'X-Csrftoken' HTTP header incorrect."),
    ):
        assert alice.send(method, path, START, token=wrong).refused(403, FAILED + reason)
    assert not ExamSession.objects.exists()


def test_without_the_cookie_the_token_is_refused(alice: Browser) -> None:
    token = alice.token()
    del alice.client.cookies["csrftoken"]
    assert alice.send("POST", "/get_exam_questions/", START, token=token).refused(403, f"{FAILED}CSRF cookie not set.")


def test_another_users_token_is_refused(alice: Browser, bob: Browser) -> None:
    answer = alice.send("POST", "/get_exam_questions/", START, token=bob.token())
    assert answer.status == 403
    assert not ExamSession.objects.exists()


def test_the_token_from_before_the_sign_in_is_refused_after_it(world: Certification) -> None:
    browser = Browser()
    before = browser.token()
    browser.send("POST", "/login/", {"email": world.alice.email, "contraseña": PASSWORD}, token=before)
    assert browser.send("POST", "/get_exam_questions/", START, token=before).status == 403
    assert browser.post("/get_exam_questions/", START).status == 200


def test_the_token_of_an_ended_session_is_refused(alice: Browser) -> None:
    token = alice.token()
    alice.get("/logout/")
    assert alice.send("POST", "/get_exam_questions/", START, token=token).status == 403


def test_the_token_and_the_cookie_of_an_ended_session_together_are_nobodys(alice: Browser) -> None:
    token, cookies = alice.token(), {name: morsel.value for name, morsel in alice.client.cookies.items()}
    alice.get("/logout/")
    alice.client.cookies.load(cookies)
    assert alice.send("POST", "/get_exam_questions/", START, token=token).status == 401
    assert not ExamSession.objects.exists()


def test_a_page_of_another_origin_is_refused_even_with_the_token(alice: Browser) -> None:
    token = alice.token()
    for origin in ("http://evil.example", "https://testserver", "null"):
        answer = alice.send("POST", "/get_exam_questions/", START, token=token, HTTP_ORIGIN=origin)
        assert answer.refused(403, f"{FAILED}Origin checking failed - {origin} does not match any trusted origins.")
    assert alice.send("POST", "/get_exam_questions/", START, token=token, HTTP_ORIGIN="http://testserver").status == 200


def test_a_trusted_origin_is_let_in(rf: RequestFactory, settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://exams.example"]
    # A view of its own: the list of trusted origins is read once.
    view, token = LoginView.as_view(), "a" * 32
    statuses = []
    for origin in ("https://exams.example", "https://evil.example"):
        headers = {"Origin": origin, "X-CSRFToken": token}
        request = rf.post("/login/", b"{}", content_type="application/json", headers=headers)
        request.COOKIES["csrftoken"] = token
        statuses.append(view(request).status_code)
    assert statuses == [400, 403]


def test_over_https_the_referer_is_checked_where_no_origin_is_given(alice: Browser) -> None:
    token = alice.token()
    missing = alice.send("POST", "/get_exam_questions/", START, token=token, secure=True)
    assert missing.refused(403, f"{FAILED}Referer checking failed - no Referer.")
    good = alice.send(
        "POST", "/get_exam_questions/", START, token=token, HTTP_REFERER="https://testserver/exams", secure=True
    )
    assert good.status == 200


def test_a_form_is_refused_with_or_without_the_token(alice: Browser) -> None:
    boundary = "----form"
    form = f'--{boundary}\r\nContent-Disposition: form-data; name="tipo_examen"\r\n\r\nprueba\r\n--{boundary}--\r\n'
    for content, kind in (
        (form.encode(), f"multipart/form-data; boundary={boundary}"),
        (b"--broken", "multipart/form-data; boundary="),
        (b"tipo_examen=prueba", "application/x-www-form-urlencoded"),
        (b'{"tipo_examen": "prueba"}', "text/plain"),
    ):
        for token, status in ((None, {403, 415}), (alice.token(), {415})):
            assert alice.send("POST", "/get_exam_questions/", content, token=token, content_type=kind).status in status
    assert not ExamSession.objects.exists()


def test_reading_needs_no_token(alice: Browser) -> None:
    assert {alice.get(path).status for path in ("/user_info/", "/user_exams/", "/available_exams/")} == {200}


def test_the_other_api_needs_no_token_and_sets_no_cookie(world: Certification) -> None:
    client = Client(enforce_csrf_checks=True)
    body = {"email": world.alice.email, "password": PASSWORD}
    answer = client.post("/auth/login/", body, content_type="application/json")
    assert (answer.status_code, dict(client.cookies)) == (200, {})


def test_a_token_of_the_other_api_does_not_sign_in_here(world: Certification) -> None:
    client = Client()
    body = {"email": world.alice.email, "password": PASSWORD}
    access = client.post("/auth/login/", body, content_type="application/json").json()["data"]["access"]
    assert client.get("/user_info/", headers={"Authorization": f"Bearer {access}"}).status_code == 401


def test_only_get(nobody: Browser) -> None:
    answer = nobody.post("/csrf/")
    assert answer.refused(405, "Method not allowed.")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_two_people_in_two_browsers_do_not_mix(world: Certification) -> None:
    alice, bob = browser_of(world.alice), browser_of(world.bob)
    shown = [browser.get("/user_info/").body["email"] for browser in (alice, bob, alice)]
    assert shown == [world.alice.email, world.bob.email, world.alice.email]
    assert User.objects.filter(last_login=None).count() == 0
