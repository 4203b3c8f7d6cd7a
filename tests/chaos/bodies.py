"""Parts of the API's answers that more than one reader needs; fields that nobody looks at are left out."""

import msgspec


class IdBody(msgspec.Struct):
    """Anything that has an id."""

    id: int


class ResultBody(msgspec.Struct):
    """A result; figures that the reveal policy hides are null."""

    id: int
    total_score: str | None
    correct_count: int | None
    wrong_count: int | None
    unanswered_count: int
