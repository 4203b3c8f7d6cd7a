"""The path converter ``id``: a database id in an address."""

from django.urls import register_converter

MAX_ID = 2**63 - 1


class IdConverter:
    """Match 1 … 2^63 - 1, the ids that a database can hold; any other path simply does not exist."""

    regex = "[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        """Return the id.

        :raises ValueError: when no database could hold it, which Django reads as "does not match".
        """
        number = int(value)
        if number > MAX_ID:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        """Return the id as it stands in an address."""
        return str(value)


register_converter(IdConverter, "id")
