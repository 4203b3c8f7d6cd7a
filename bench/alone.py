"""One run at a time on a machine: two would measure each other, and drop each other's databases."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# A name in the kernel, not in a file system: it is free again whenever and however its holder ends.
_NAME = "\0examhall-bench"
_AGAIN_SECONDS = 1.0


@contextmanager
def alone(*, say: Callable[[str], None]) -> Iterator[None]:
    """Wait until no other run is under way, then keep others out while the block runs."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as place:
        if not _taken(place):
            say("Another run is measuring on this machine: waiting for its end.")
            while not _taken(place):
                time.sleep(_AGAIN_SECONDS)
        yield


def _taken(place: socket.socket) -> bool:
    try:
        place.bind(_NAME)
    except OSError:
        return False
    return True
