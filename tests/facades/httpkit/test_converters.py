"""Ids in addresses."""

import pytest

from examhall.facades.httpkit.converters import IdConverter


@pytest.mark.parametrize("number", [1, 42, 2**63 - 1])
def test_an_id_goes_into_an_address_and_comes_back(number: int) -> None:
    converter = IdConverter()
    assert converter.to_python(converter.to_url(number)) == number


def test_an_id_that_no_database_holds_does_not_match() -> None:
    with pytest.raises(ValueError, match="9223372036854775808"):
        IdConverter().to_python("9223372036854775808")
