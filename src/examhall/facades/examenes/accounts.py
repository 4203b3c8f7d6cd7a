"""/csrf/, /register/, /login/, /logout/, /user_info/ (certification-api.es.md, "Autenticación" and "Usuario")."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from examhall.engine import accounts, accounts_credentials
from examhall.facades.examenes.base import PublicView, SignedInView
from examhall.facades.examenes.cookies import close_session, open_session
from examhall.facades.examenes.schema import documented
from examhall.facades.examenes.wire import LoginIn, MessageOut, RegisterIn, TokenOut, UserOut, user_out
from examhall.facades.httpkit import login
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.httpkit.responses import json_response


class CsrfView(PublicView):
    """``/csrf/``."""

    @documented(summary="Get the CSRF token", answer=TokenOut)
    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the CSRF token and set its cookie."""
        return json_response(TokenOut(token=get_token(request)))


class RegisterView(PublicView):
    """``/register/``."""

    @documented(
        summary="Register and be signed in",
        body=RegisterIn,
        example={
            "matricula": "123456789",
            "nombre": "Lucía",
            "paterno": "Herrera",
            "materno": "Campos",
            "email": "lucia.herrera@example.com",
            "contraseña": "tres gatos en el tejado",
            "username": "lucia.herrera",
        },
        answer=MessageOut,
        status=201,
        errors=(503,),
    )
    def post(self, request: HttpRequest) -> HttpResponse:
        """Open an account for a candidate, who is signed in from then on."""
        body, now = read_body(request, RegisterIn), request_now(request)
        user = accounts.register_candidate(
            matricula=body.matricula,
            nombre=body.nombre,
            paterno=body.paterno,
            materno=body.materno,
            email=body.email,
            password=body.password,
            username=body.username,
            now=now,
        )
        accounts_credentials.record_sign_in(user_id=user.id, now=now)
        open_session(request, user_id=user.id)
        return json_response(MessageOut(message="User registered successfully."), 201)


class LoginView(PublicView):
    """``/login/``."""

    @documented(
        summary="Sign in",
        body=LoginIn,
        example={"email": "candidato@example.com", "contraseña": "examhall-demo"},
        answer=MessageOut,
        errors=(429, 503),
    )
    def post(self, request: HttpRequest) -> HttpResponse:
        """Exchange an e-mail and a password for a session."""
        body = read_body(request, LoginIn)
        signed_in = login.sign_in(request, email=body.email, password=body.password)
        open_session(request, user_id=signed_in.user.id)
        return json_response(MessageOut(message="Login successful."))


class LogoutView(SignedInView):
    """``/logout/``: the document says GET, clients that know better use POST."""

    @documented(summary="Sign out", answer=MessageOut)
    def get(self, request: HttpRequest) -> HttpResponse:
        """End the session."""
        close_session(request)
        return json_response(MessageOut(message="Logout successful."))

    post = get


class UserInfoView(SignedInView):
    """``/user_info/``."""

    @documented(summary="One's own data", answer=UserOut)
    def get(self, request: HttpRequest) -> HttpResponse:
        """Return one's own data."""
        return json_response(user_out(accounts.get_candidate(actor=actor_of(request))))
