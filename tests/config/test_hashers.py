"""Passwords are hashed as OWASP names sufficient, at a cost that a class signing in at once can bear."""

from examhall.config.hashers import LeanArgon2Hasher


def test_a_password_is_hashed_with_argon2id_and_the_chosen_costs() -> None:
    encoded = LeanArgon2Hasher().encode("correct horse", "somesalt")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hashed_password_is_recognised_and_another_is_not() -> None:
    hasher = LeanArgon2Hasher()
    encoded = hasher.encode("correct horse", "somesalt")
    assert hasher.verify("correct horse", encoded)
    assert not hasher.verify("battery staple", encoded)
