"""A refused sign-in costs the same whether the e-mail exists or not."""

from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from pytest_django import Settings

from tests.builders import PASSWORD, make_user
from tests.facades.rest.auth.calls import log_in

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """Count the hashes, which are what a sign-in costs."""

    calls: ClassVar[int] = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.calls += 1
        return super().encode(password, salt)


def cost_of(email: str, password: str) -> int:
    before = CountingHasher.calls
    assert log_in(email, password).status == 401
    return CountingHasher.calls - before


def test_unknown_wrong_and_switched_off_cost_one_hash_each(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    alice = make_user("Alice Owner")
    bob = make_user("Bob Member", is_active=False)
    assert cost_of(alice.email, PASSWORD + "!") == 1
    assert cost_of("nobody@school.example", PASSWORD) == 1
    assert cost_of(bob.email, PASSWORD) == 1
    assert cost_of(bob.email, PASSWORD + "!") == 1
