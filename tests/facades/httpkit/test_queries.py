"""Query parameters of lists."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from examhall.engine.paging import PageRequest
from examhall.facades.httpkit.queries import choice_param, int_param, read_page, text_param
from examhall.facades.httpkit.refusals import BodyRefused


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def _request(**query: str) -> HttpRequest:
    request: HttpRequest = RequestFactory().get("/", query)
    return request


def _refusal(call: Callable[[], object]) -> dict[str, list[str]]:
    with pytest.raises(BodyRefused) as caught:
        call()
    assert (caught.value.status, caught.value.message) == (400, "Invalid data")
    return caught.value.errors


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({}, PageRequest(page=1, page_size=20)),
        ({"page": "3", "page_size": "7"}, PageRequest(page=3, page_size=7)),
        ({"page": " 2 "}, PageRequest(page=2, page_size=20)),
        ({"page_size": "100"}, PageRequest(page=1, page_size=100)),
        ({"page_size": "101"}, PageRequest(page=1, page_size=100)),
        ({"page_size": "9" * 30}, PageRequest(page=1, page_size=100)),
        ({"page": "", "page_size": ""}, PageRequest(page=1, page_size=20)),
    ],
)
def test_a_page_is_read(query: dict[str, str], page: PageRequest) -> None:
    assert read_page(_request(**query)) == page


@pytest.mark.parametrize("value", ["0", "-1", "1.0", "one", "+1", "1_0", "0x1", "٣", "9" * 31, "\x00"])
def test_what_is_no_page_is_refused(value: str) -> None:
    for name in ("page", "page_size"):
        errors = _refusal(partial(read_page, _request(**{name: value})))
        assert errors == {name: ["Expected a whole number of at least 1."]}


def test_a_number_beyond_its_bound_is_refused() -> None:
    assert int_param(_request(exam_id=str(2**63 - 1)), "exam_id") == 2**63 - 1
    assert _refusal(lambda: int_param(_request(exam_id=str(2**63)), "exam_id")) == {
        "exam_id": ["This number is too large."]
    }


def test_of_a_repeated_parameter_the_last_counts() -> None:
    assert int_param(RequestFactory().get("/?exam_id=1&exam_id=2"), "exam_id") == 2


def test_a_choice_is_read() -> None:
    assert choice_param(_request(colour="blue"), "colour", Colour) is Colour.BLUE
    assert choice_param(_request(), "colour", Colour) is None
    assert choice_param(_request(colour=" "), "colour", Colour) is None


@pytest.mark.parametrize("value", ["green", "BLUE", "red,blue", "Colour.RED"])
def test_what_is_no_choice_is_refused(value: str) -> None:
    errors = _refusal(lambda: choice_param(_request(colour=value), "colour", Colour))
    assert errors == {"colour": ["Expected one of: red, blue."]}


def test_a_text_is_read_without_the_space_around_it() -> None:
    assert text_param(_request(search="  prime  numbers "), "search") == "prime  numbers"
    assert text_param(_request(search="   "), "search") is None
    assert text_param(_request(), "search") is None


def test_a_text_that_cannot_be_searched_for_is_refused() -> None:
    assert _refusal(lambda: text_param(_request(search="a\x00b"), "search")) == {
        "search": ["Null characters are not allowed."]
    }
    assert text_param(_request(search="a" * 200), "search") == "a" * 200
    assert _refusal(lambda: text_param(_request(search="a" * 201), "search")) == {
        "search": ["Must have at most 200 characters."]
    }
