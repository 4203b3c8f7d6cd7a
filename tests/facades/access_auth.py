"""Who may call /auth/: registering, signing in and refreshing anybody, the rest whoever is signed in, for themselves."""

from collections.abc import Callable

from examhall.engine.accounts_credentials import record_sign_in
from examhall.facades.rest import tokens
from tests.builders import NOW, PASSWORD, World, make_world
from tests.facades.access_rows import Row, Stage, people_of


def _with(body: Callable[[World], object] | None = None) -> Callable[[], Stage]:
    def stage() -> Stage:
        world = make_world()
        return Stage(people=people_of(world), body=body(world) if body else None)

    return stage


def _teacher_registration(_world: World) -> dict[str, str]:
    """Return what only an admin may send; a student anybody registers."""
    return {
        "email": "dora@example.com",
        "password": PASSWORD,
        "password_confirm": PASSWORD,
        "fullName": "Dora New",
        "role": "teacher",
    }


def _owners_token(world: World) -> dict[str, str]:
    return {"refresh": tokens.mint(record_sign_in(user_id=world.alice.pk, now=NOW), now=NOW).refresh}


def _owners_credentials(world: World) -> dict[str, str]:
    return {"email": world.alice.email, "password": PASSWORD}


def _new_password(_world: World) -> dict[str, str]:
    new = "battery horse correct"
    return {"old_password": PASSWORD, "new_password": new, "new_password_confirm": new}


def _new_name(_world: World) -> dict[str, str]:
    return {"fullName": "Dora New"}


_ANYBODY = (200,) * 7
_ONESELF = (401, 200, 200, 200, 200, 200, 200)

AUTH_ROWS = (
    # nobody, owner, classmate, stranger, class teacher, other teacher, admin
    Row(
        method="POST",
        route="auth/register/",
        statuses=(403, 403, 403, 403, 403, 403, 201),
        stage=_with(_teacher_registration),
    ),
    Row(method="POST", route="auth/login/", statuses=_ANYBODY, stage=_with(_owners_credentials)),
    Row(method="POST", route="auth/refresh/", statuses=_ANYBODY, stage=_with(_owners_token)),
    Row(
        method="POST",
        route="auth/logout/",
        statuses=(401, 200, 400, 400, 400, 400, 400),
        stage=_with(_owners_token),
    ),
    Row(method="GET", route="auth/profile/", statuses=_ONESELF, stage=_with()),
    Row(method="PUT", route="auth/profile/", statuses=_ONESELF, stage=_with(_new_name)),
    Row(method="PUT", route="auth/profile/update/", statuses=_ONESELF, stage=_with(_new_name)),
    Row(method="POST", route="auth/change-password/", statuses=_ONESELF, stage=_with(_new_password)),
)
