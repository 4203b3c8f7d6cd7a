"""What is wrong with a request before any use case is asked: a body or a query that cannot be read."""

INVALID_DATA = "Invalid data"
WHOLE_BODY = "non_field_errors"


class BodyRefused(Exception):
    """Refuse a body or a query; ``errors`` maps each field, as named on the wire, to its sentences."""

    def __init__(self, errors: dict[str, list[str]], status: int = 400, message: str = INVALID_DATA) -> None:
        super().__init__(message)
        self.errors = errors
        self.status = status
        self.message = message
