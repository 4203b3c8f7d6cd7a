"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LeanArgon2Hasher(Argon2PasswordHasher):
    """Hash with Argon2id, t=2, m=19 MiB, p=1.

    OWASP's Password Storage Cheat Sheet names these as sufficient; Django's own 100 MiB took 200 ms of a login,
    so that a class signing in at once would starve the saves of another that is writing. These take 20 to 34 ms.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
