"""companion-apis.md, "Auth": the calls of one person's day, in their order, answered as the contract says."""

import re
from typing import Any

import pytest

from tests.contract.differences import differences, golden
from tests.facades.rest.api import Answer, Api

FREE = frozenset({"id", "created_at", "last_login", "access", "refresh"})
UTC_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
ORDER = (
    "register",
    "error",
    "login",
    "refresh",
    "profile",
    "profile_put",
    "profile_update",
    "logout",
    "change_password",
)

pytestmark = pytest.mark.django_db


def send(example: dict[str, Any], access: str | None, refresh: str) -> Answer:
    request = example["request"]
    if request is None:
        return Api(token=access).send(example["method"], example["path"])
    body = {key: refresh if value == "REFRESH_TOKEN" else value for key, value in request.items()}
    return Api(token=access).send(example["method"], example["path"], body)


def test_every_call_answers_as_its_example() -> None:
    examples = golden("companion-apis-auth")
    assert set(examples) == set(ORDER)
    access, refresh = None, ""
    for name in ORDER:
        example = examples[name]
        answer = send(example, access, refresh)
        assert answer.status == example["status"], (name, answer.body)
        assert not differences(example["answer"], answer.body, free=FREE), name
        data = answer.body.get("data", {})
        access, refresh = data.get("access", access), data.get("refresh", refresh)
        person = data.get("user", data)
        times = [person[key] for key in ("created_at", "last_login") if person.get(key)]
        assert all(UTC_TIME.fullmatch(time) for time in times), name


def test_the_comparison_sees_keys_types_order_and_values() -> None:
    example = {"id": 1, "name": "Ada", "tags": [1, 2], "at": None}
    assert not differences(example, {"id": 9, "name": "Ada", "tags": [1, 2], "at": None}, free=FREE)
    for wrong in (
        {"id": "1", "name": "Ada", "tags": [1, 2], "at": None},
        {"id": True, "name": "Ada", "tags": [1, 2], "at": None},
        {"id": 1, "name": "Bob", "tags": [1, 2], "at": None},
        {"id": 1, "name": "Ada", "tags": [1], "at": None},
        {"id": 1, "name": "Ada", "tags": [1, 3], "at": None},
        {"id": 1, "name": "Ada", "tags": [1, 2]},
        {"id": 1, "name": "Ada", "tags": [1, 2], "at": None, "more": 1},
        {"name": "Ada", "id": 1, "tags": [1, 2], "at": None},
        {"id": 1, "name": "Ada", "tags": [1, 2], "at": 0},
    ):
        assert differences(example, wrong, free=FREE), wrong
