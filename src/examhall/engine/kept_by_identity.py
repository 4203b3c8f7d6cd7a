"""What was made of objects that never change, kept by their identity."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class KeptByIdentity(Generic[T, R]):
    """Make something of an object once; keep it for the next call with the very same object.

    Only for objects that never change and for what depends on nothing else. Two objects share nothing here, however equal
    they are; each that is kept is held, so that no other can come to have its identity. At most ``most`` are kept.
    """

    def __init__(self, make: Callable[[T], R], *, most: int) -> None:
        self._make = make
        self._most = most
        self._kept: dict[int, tuple[T, R]] = {}
        self._guard = threading.Lock()

    def __call__(self, thing: T) -> R:
        """Return what is made of a thing."""
        found = self._kept.get(id(thing))
        if found is not None and found[0] is thing:
            return found[1]
        made = self._make(thing)
        with self._guard:
            self._kept[id(thing)] = (thing, made)
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return made
