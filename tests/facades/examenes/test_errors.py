"""The error table of this door is total, and each address answers every error in its words."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import TooManyFieldsSent
from django.urls import get_resolver

from examhall.domain import errors as domain
from examhall.domain.words import AuthoringFault
from examhall.facades.examenes import urls
from examhall.facades.examenes.errors import TABLE, refusal_of
from tests.facades.examenes.browser import Browser

# What some errors must be raised with, for the sentence to have its facts.
CONTEXT: dict[type[domain.DomainError], dict[str, Any]] = {
    domain.ValueInvalid: {"reason": AuthoringFault.BLANK},
    domain.AttemptLimitReached: {"max_attempts": 3},
    domain.NotEnoughQuestions: {"required": 20, "available": 7},
    domain.PasswordWeak: {"messages": ["It is too short.", "It is common."]},
    domain.SignInLocked: {"retry_after": 7},
}
# Refusals of use cases that this door does not have: their family would answer.
OTHER_DOORS = {
    domain.AlreadyEnrolled,
    domain.AlreadyFavorite,
    domain.AnswerNotFound,
    domain.ClassHasSessions,
    domain.ClassNotFound,
    domain.ClassUnknown,
    domain.ExamHasSessions,
    domain.ExamQuestionNotFound,
    domain.FavoriteNotFound,
    domain.InvalidPage,
    domain.InvalidToken,
    domain.NoActiveSession,
    domain.NotOwner,
    domain.OptionNotFound,
    domain.PasswordMismatch,
    domain.QuestionAlreadyInExam,
    domain.QuestionNotFound,
    domain.QuestionUnknown,
    domain.RegistrationClosed,
    domain.ResponseInvalid,
    domain.ResultNotFound,
    domain.RoleForbidden,
    domain.SessionTimeUp,
    domain.StartKeyReused,
    domain.StudentEmailUnknown,
    domain.StudentNotInClass,
    domain.TooManyEvents,
    domain.TooManyItems,
    domain.WrongPassword,
}


def _subclasses(kind: type[domain.DomainError]) -> Iterator[type[domain.DomainError]]:
    for found in kind.__subclasses__():
        yield found
        yield from _subclasses(found)


EVERY_ERROR: list[type[domain.DomainError]] = sorted(
    [domain.DomainError, *_subclasses(domain.DomainError)], key=lambda kind: kind.__name__
)


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
def test_every_error_has_an_answer(kind: type[domain.DomainError]) -> None:
    answer = refusal_of(kind(**CONTEXT.get(kind, {})))
    assert 400 <= answer.status < 500 or answer.status == 503
    assert answer.error.endswith(".")


def test_a_new_error_must_be_placed() -> None:
    assert set(EVERY_ERROR) - set(TABLE) == OTHER_DOORS


@pytest.mark.parametrize(
    ("family", "status"), [(domain.NotFound, 400), (domain.Forbidden, 403), (domain.Unauthenticated, 401)]
)
def test_a_family_shares_its_status_but_for_a_refused_sign_in(family: type[domain.DomainError], status: int) -> None:
    kinds = {family, *_subclasses(family)} - {domain.BadCredentials}
    assert {refusal_of(kind(**CONTEXT.get(kind, {}))).status for kind in kinds} == {status}


def test_a_wait_is_told_in_the_header() -> None:
    assert refusal_of(domain.SignInLocked(retry_after=7)).headers == {"Retry-After": "7"}


@pytest.mark.parametrize(
    ("raised", "status"),
    [(SessionInterrupted(), 401), (TooManyFieldsSent(), 400), (RuntimeError("boom"), 500)],
)
def test_what_others_raise_has_an_answer_too(raised: Exception, status: int) -> None:
    answer = refusal_of(raised)
    assert answer.status == status
    assert "boom" not in answer.error


PATHS = [f"/{pattern.pattern}" for pattern in urls.urlpatterns]


def test_the_addresses_are_the_documents() -> None:
    assert PATHS == [
        "/csrf/",
        "/register/",
        "/login/",
        "/logout/",
        "/user_info/",
        "/user_exams/",
        "/exam_info/",
        "/available_exams/",
        "/exam_result/",
        "/get_exam_questions/",
        "/exam_history/",
        "/get_questions_answers/",
        "/update_exam_answer/",
    ]
    assert all(get_resolver().resolve(path).func.__module__.startswith("examhall.facades.examenes") for path in PATHS)


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_an_address_lacks_is_refused_with_those_it_has(nobody: Browser, path: str) -> None:
    answer = nobody.send("DELETE", path, token=nobody.token())
    assert answer.refused(405, "Method not allowed.")
    assert nobody.client.options(path).headers["Allow"] == answer.headers["Allow"]


def test_nothing_here_is_translated(nobody: Browser) -> None:
    body = {
        "matricula": "1",
        "nombre": "Alicia",
        "paterno": "Núñez",
        "materno": "",
        "email": "a@b.mx",
        "contraseña": "1",
        "username": "a",
    }
    answer = nobody.send("POST", "/register/", body, token=nobody.token(), HTTP_ACCEPT_LANGUAGE="es")
    assert "This password is too short" in answer.error


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_that_protect_it(nobody: Browser, path: str) -> None:
    headers = nobody.get(path).headers
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
