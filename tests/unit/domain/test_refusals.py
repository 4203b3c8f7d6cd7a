"""Every refusal has one stable code of its own."""

import re
from collections.abc import Iterator

from examhall.domain.errors import DomainError


def refusals(family: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for refusal in family.__subclasses__():
        yield refusal
        yield from refusals(refusal)


def test_no_two_refusals_share_a_code() -> None:
    codes = [DomainError.code, *(refusal.code for refusal in refusals())]
    assert sorted(codes) == sorted(set(codes))


def test_codes_are_snake_case() -> None:
    assert [refusal for refusal in refusals() if not re.fullmatch(r"[a-z]+(_[a-z]+)*", refusal.code)] == []


def test_a_refusal_keeps_its_field_and_facts() -> None:
    refusal = DomainError(field="exam_id", limit=3)
    assert (refusal.field, refusal.context, str(refusal)) == ("exam_id", {"limit": 3}, "refused")
