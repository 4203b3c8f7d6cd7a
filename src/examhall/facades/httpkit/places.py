"""Places: how many requests may be somewhere at the same time."""

import threading


class Places:
    """A number of places that requests may hold at the same time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = threading.Lock()
        self.taken = 0

    def take(self) -> bool:
        """Take a place if there is one; say whether there was."""
        with self._guard:
            free = self.taken < self._most
            self.taken += free
        return free

    def give_back(self) -> None:
        """Give a place back that was taken."""
        with self._guard:
            self.taken -= 1
