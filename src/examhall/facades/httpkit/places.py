"""Places: how many requests may be somewhere at the same time."""


class Places:
    """A number of places that requests may hold; counted in one thread, that of the event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.taken = 0

    @property
    def full(self) -> bool:
        """Say whether there is no place left."""
        return self.taken >= self._most

    def take(self) -> bool:
        """Take a place if there is one; say whether there was."""
        if self.full:
            return False
        self.taken += 1
        return True

    def give_back(self) -> None:
        """Give a place back that was taken."""
        self.taken -= 1
