"""Access tokens on requests: which ones open the door."""

import base64
import json
from datetime import timedelta

import jwt
import pytest
import time_machine
from django.conf import settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from tests.builders import NOW, World
from tests.facades.rest.api import Api, claims_of, token_for

# It asks for a person and for nothing else.
OPEN_TO_ALL = "/sessions/my-sessions/"
INVALID = "Token is invalid or expired"


def _unsigned(claims: dict[str, object]) -> str:
    def part(value: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims)}."


@pytest.mark.parametrize("user_id", [str, int])
def test_a_good_token_opens_the_door(world: World, user_id: type) -> None:
    token = token_for(world.alice, user_id=user_id(world.alice.pk))
    assert Api(token=token).get(OPEN_TO_ALL).status == 200


def test_a_token_of_simplejwt_opens_the_door(world: World) -> None:
    token = AccessToken()
    token["user_id"] = str(world.alice.pk)
    assert Api(token=str(token)).get(OPEN_TO_ALL).status == 200


def test_the_scheme_may_be_written_in_any_case(world: World) -> None:
    headers = {"Authorization": f"bEARER  {token_for(world.alice)} "}
    assert Api().send("GET", OPEN_TO_ALL, headers=headers).status == 200


def test_a_token_lives_until_the_second_it_names(world: World, clock: time_machine.Traveller) -> None:
    ends_at = NOW.replace(microsecond=0) + timedelta(minutes=60)
    api = Api(token=token_for(world.alice, exp=int(ends_at.timestamp())))
    clock.move_to(ends_at - timedelta(microseconds=1))
    assert api.get(OPEN_TO_ALL).status == 200
    clock.move_to(ends_at)
    assert api.get(OPEN_TO_ALL).refused(401, INVALID)


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": int((NOW - timedelta(seconds=1)).timestamp())},
        {"exp": None},
        {"exp": "2027-01-01"},
        {"exp": 1e12},
        {"token_type": "refresh"},
        {"token_type": None},
        {"user_id": None},
        {"user_id": "0"},
        {"user_id": 0},
        {"user_id": -1},
        {"user_id": True},
        {"user_id": 1.0},
        {"user_id": "٣"},
        {"user_id": "1; DROP TABLE"},
        {"user_id": [1]},
        {"user_id": 2**63},
        {"user_id": "9" * 400},
        {"aud": "another service"},
    ],
    ids=str,
)
def test_a_token_with_bad_claims_is_refused(world: World, changes: dict[str, object]) -> None:
    answer = Api(token=token_for(world.alice, **changes)).get(OPEN_TO_ALL)
    assert answer.refused(401, INVALID)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_token_of_nobody_is_refused(world: World) -> None:
    assert Api(token=token_for(world.alice, user_id=999999)).get(OPEN_TO_ALL).refused(401, "User account is disabled")


def test_a_refresh_token_is_no_access_token(world: World) -> None:
    token = RefreshToken()
    token["user_id"] = str(world.alice.pk)
    assert Api(token=str(token)).get(OPEN_TO_ALL).refused(401, INVALID)


def test_a_token_signed_with_another_key_is_refused(world: World) -> None:
    token = jwt.encode(claims_of(world.alice), "another key of at least 32 bytes!", algorithm="HS256")
    assert Api(token=token).get(OPEN_TO_ALL).refused(401, INVALID)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_the_algorithm_is_pinned(world: World, algorithm: str) -> None:
    token = jwt.encode(claims_of(world.alice), settings.SECRET_KEY, algorithm=algorithm)
    assert Api(token=token).get(OPEN_TO_ALL).refused(401, INVALID)


def test_an_unsigned_token_is_refused(world: World) -> None:
    assert Api(token=_unsigned(claims_of(world.alice))).get(OPEN_TO_ALL).refused(401, INVALID)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "..", "é.é.é", "null", "x" * 5000, "[" * 3000])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert Api(token=token).get(OPEN_TO_ALL).refused(401, INVALID)


def test_a_token_with_a_changed_payload_is_refused(world: World) -> None:
    head, _, signature = token_for(world.alice).split(".")
    payload = token_for(world.bob).split(".")[1]
    assert Api(token=f"{head}.{payload}.{signature}").get(OPEN_TO_ALL).refused(401, INVALID)


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["", "Bearer", "Basic YTpi", "Token abc", "Bearerabc"])
def test_another_scheme_is_no_credential(header: str) -> None:
    answer = Api().send("GET", OPEN_TO_ALL, headers={"Authorization": header})
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_no_token_is_said_so(db: None) -> None:
    assert Api().get(OPEN_TO_ALL).refused(401, "Authentication required")


def test_a_deactivated_user_is_refused_at_the_next_request(world: World, alice: Api) -> None:
    assert alice.get(OPEN_TO_ALL).status == 200
    world.alice.is_active = False
    world.alice.save(update_fields=["is_active"])
    assert alice.get(OPEN_TO_ALL).refused(401, "User account is disabled")
