"""How passwords are hashed, and how many at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from examhall.domain.errors import Overloaded

_PATIENCE_SECONDS = 5.0
_COME_BACK_SECONDS = 1


class HashingGate:
    """Let ``slots`` threads hash at a time and as many wait for them as make ``places`` together.

    Whoever finds no place is refused at once: a waiting thread answers nobody else, so a school that signs in could
    otherwise take every thread of the server and with it the saves of those who are writing.
    """

    def __init__(self, *, slots: int, places: int, patience: float = _PATIENCE_SECONDS) -> None:
        self._slots = threading.BoundedSemaphore(slots)
        self._places = threading.BoundedSemaphore(places)
        self._patience = patience

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold a slot, waiting ``patience`` seconds for it at most.

        :raises Overloaded: when there is no place to wait, or no slot came free in that time.
        """
        if not self._places.acquire(blocking=False):
            raise Overloaded(retry_after=_COME_BACK_SECONDS)
        try:
            if not self._slots.acquire(timeout=self._patience):
                raise Overloaded(retry_after=_COME_BACK_SECONDS)
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._places.release()


def hashing_places(*, slots: int, threads: int) -> int:
    """Return how many threads of a process may hash or wait for it: the slots' own, and half of the ``threads``.

    Sign-ins come in threads of their own, as many as there are slots, and never wait here. Only what hashes among the
    other requests does, and it leaves them the other half of their threads.
    """
    return slots + threads // 2


@cache
def hashing_gate() -> HashingGate:
    """Return the gate of this process."""
    slots, threads = settings.EXAMHALL_HASHING_SLOTS, settings.EXAMHALL_THREADS
    return HashingGate(slots=slots, places=hashing_places(slots=slots, threads=threads))


class LeanArgon2Hasher(Argon2PasswordHasher):
    """Hash with Argon2id, t=2, m=19 MiB, p=1, and only so many at a time.

    OWASP's Password Storage Cheat Sheet names these as sufficient; Django's own 100 MiB took 200 ms of a login,
    so that a class signing in at once would starve the saves of another that is writing. These take 20 to 34 ms.

    The gate is here because every way to check or set a password, of every door, ends here. Both methods raise
    :class:`Overloaded` when it is full.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Return the hash of a password."""
        with hashing_gate().slot():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Say whether a hash is that of this password."""
        with hashing_gate().slot():
            return super().verify(password, encoded)
