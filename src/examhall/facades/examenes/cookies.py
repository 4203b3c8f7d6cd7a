"""Cookies: who is signed in, and the token that every change must repeat. Other doors pay nothing for either."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, rotate_token
from django.utils.decorators import decorator_from_middleware

from examhall.domain.access import Actor
from examhall.domain.errors import AccountDisabled
from examhall.facades.examenes.errors import Refusal, refusal_of
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.responses import json_response

View = Callable[..., HttpResponseBase]

_BACKEND = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"


class _CsrfInJson(CsrfViewMiddleware):
    """Django's protection, with its refusal in this door's words."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        return answer_of(Refusal(status=403, error=f"CSRF verification failed: {reason}"))


def guarded(view: View) -> View:
    """Put a view behind session cookie and CSRF token; whatever it or they raise becomes an answer.

    The middlewares are not in the settings: saving an answer through the other door needs neither.
    """
    inner = decorator_from_middleware(SessionMiddleware)(decorator_from_middleware(_CsrfInJson)(view))

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            return inner(request)
        except Exception as error:
            observe.count_refused(error)
            return answer_of(refusal_of(error))

    return answer


def answer_of(refusal: Refusal) -> HttpResponseBase:
    """Return a refusal as an answer."""
    return json_response({"error": refusal.error}, refusal.status, refusal.headers)


def find_signed_in(request: HttpRequest) -> Actor | None:
    """Return whose session this is, ``None`` when it is nobody's.

    A session ends with the account's deactivation and with a new password, whichever door set it.
    """
    user = get_user(request)
    return Actor(user_id=user.pk) if user.is_authenticated else None


def open_session(request: HttpRequest, *, user_id: int) -> None:
    """Sign somebody in: a session with a new key, and a new CSRF token.

    It holds what Django's own sign-in would put there, but sends no signal: :mod:`examhall.facades.httpkit.login` and
    the engine have noted the sign-in already, with the request's own time.

    :raises AccountDisabled: when the account was switched off meanwhile.
    """
    user = ModelBackend().get_user(user_id)
    if user is None:
        raise AccountDisabled
    request.session.flush()
    request.session[SESSION_KEY] = str(user.pk)
    request.session[BACKEND_SESSION_KEY] = _BACKEND
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    rotate_token(request)


def close_session(request: HttpRequest) -> None:
    """Sign out: the session is gone, and the CSRF token that went with it is worth nothing."""
    request.session.flush()
    rotate_token(request)
