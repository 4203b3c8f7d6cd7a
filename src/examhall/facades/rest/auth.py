"""/auth/: registering, signing in and out, one's own profile and password (companion-apis.md, "Auth")."""

from django.http import HttpResponse
from rest_framework.request import Request

from examhall.domain.access import Actor
from examhall.domain.errors import InvalidToken, PasswordMismatch
from examhall.domain.words import Role
from examhall.engine import accounts, accounts_credentials
from examhall.facades.httpkit import login
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest import tokens
from examhall.facades.rest.authentication import INVALID_TOKEN, AccessTokenAuthentication
from examhall.facades.rest.base import PublicView, RestView
from examhall.facades.rest.schema import documented
from examhall.facades.rest.wire import UserOut, user_out
from examhall.facades.rest.wire_auth import (
    ChangePasswordIn,
    LoginIn,
    LoginOut,
    ProfileIn,
    RefreshIn,
    RegisteredOut,
    RegisterIn,
    TokensOut,
    given,
    registered_out,
    tokens_out,
)

_REGISTERED = "User registered successfully"
_LOGGED_IN = "Login successful"
_REFRESHED = "Token refreshed successfully"
_LOGGED_OUT = "Logout successful"
_PROFILE_UPDATED = "Profile updated successfully"
_PASSWORD_CHANGED = "Password changed successfully"  # noqa: S105 - a sentence, not a secret


class RegisterView(PublicView):
    """``/auth/register/``."""

    @documented(
        summary="Register; an admin's token lets them register a teacher",
        body=RegisterIn,
        answer=RegisteredOut,
        message=_REGISTERED,
        status=201,
        errors=(401, 403),
    )
    def post(self, request: Request) -> HttpResponse:
        """Open an account."""
        body = read_body(request, RegisterIn)
        if body.password != body.password_confirm:
            raise PasswordMismatch(field="password_confirm")
        user = accounts.register(
            registrar=_registrar(request, body.role),
            email=body.email,
            password=body.password,
            full_name=body.full_name,
            role=body.role,
            now=request_now(request),
        )
        return self.ok(registered_out(user), _REGISTERED, 201)


class LoginView(PublicView):
    """``/auth/login/``."""

    @documented(summary="Sign in", body=LoginIn, answer=LoginOut, message=_LOGGED_IN, errors=(401, 429))
    def post(self, request: Request) -> HttpResponse:
        """Exchange an e-mail and a password for tokens."""
        body = read_body(request, LoginIn)
        signed_in = login.sign_in(request, email=body.email, password=body.password)
        pair = tokens.mint(signed_in, now=request_now(request))
        return self.ok(LoginOut(access=pair.access, refresh=pair.refresh, user=user_out(signed_in.user)), _LOGGED_IN)


class RefreshView(PublicView):
    """``/auth/refresh/``."""

    @documented(
        summary="Exchange a refresh token for new tokens",
        body=RefreshIn,
        answer=TokensOut,
        message=_REFRESHED,
        errors=(401,),
    )
    def post(self, request: Request) -> HttpResponse:
        """Rotate a refresh token; the old one is dead."""
        body = read_body(request, RefreshIn)
        return self.ok(tokens_out(tokens.rotate(body.refresh, now=request_now(request))), _REFRESHED)


class LogoutView(RestView):
    """``/auth/logout/``."""

    @documented(summary="Sign out: the refresh token is dead", body=RefreshIn, message=_LOGGED_OUT)
    def post(self, request: Request) -> HttpResponse:
        """Kill a refresh token of one's own."""
        body = read_body(request, RefreshIn)
        try:
            tokens.revoke(body.refresh, owner=actor_of(request), now=request_now(request))
        except InvalidToken:
            # Not 401: the token that carries this call is good, and the client must not throw it away.
            raise BodyRefused({"refresh": [INVALID_TOKEN]}) from None
        return self.ok(message=_LOGGED_OUT)


class ProfileUpdateView(RestView):
    """``/auth/profile/update/``."""

    @documented(summary="Change one's own name or e-mail", body=ProfileIn, answer=UserOut, message=_PROFILE_UPDATED)
    def put(self, request: Request) -> HttpResponse:
        """Change what is given, leave the rest."""
        body = read_body(request, ProfileIn)
        user = accounts.update_profile(
            actor=actor_of(request), full_name=given(body.full_name), email=given(body.email)
        )
        return self.ok(user_out(user), _PROFILE_UPDATED)


class ProfileView(ProfileUpdateView):
    """``/auth/profile/``."""

    @documented(summary="One's own account", answer=UserOut)
    def get(self, request: Request) -> HttpResponse:
        """Return one's own account."""
        return self.ok(user_out(accounts.get_profile(actor=actor_of(request))))


class ChangePasswordView(RestView):
    """``/auth/change-password/``."""

    @documented(
        summary="Change one's own password; every earlier refresh token is dead",
        body=ChangePasswordIn,
        message=_PASSWORD_CHANGED,
        errors=(429,),
    )
    def post(self, request: Request) -> HttpResponse:
        """Set a new password."""
        body = read_body(request, ChangePasswordIn)
        if body.new_password != body.new_password_confirm:
            raise PasswordMismatch(field="new_password_confirm")
        actor = actor_of(request)
        with login.counting_wrong_passwords(request, user_id=actor.user_id):
            accounts_credentials.change_password(
                actor=actor, old_password=body.old_password, new_password=body.new_password
            )
        return self.ok(message=_PASSWORD_CHANGED)


def _registrar(request: Request, role: Role) -> Actor | None:
    """Return who is signed in; nobody needs to be, or is looked for, to register a student."""
    if role is Role.STUDENT:
        return None
    found = AccessTokenAuthentication().authenticate(request)
    return found[0] if found else None
