"""Bodies: bytes into a struct, or every fault by field."""

import gzip
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec
import pytest
from django.http import HttpRequest, UnreadablePostError
from django.test import RequestFactory

from examhall.facades.httpkit.bodies import MAX_BODY, Id, Moment, read_body, read_list
from examhall.facades.httpkit.refusals import BodyRefused


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Line(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    number: Id
    text: str = ""


class Form(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    number: Id
    full_name: Annotated[str, msgspec.Meta(min_length=1, max_length=5)] = msgspec.field(name="fullName", default="Ada")
    share: Decimal | None = None
    start_time: Moment | None = None
    colour: Colour | None = None
    flag: bool | None = None
    lines: Annotated[list[Line], msgspec.Meta(max_length=2)] | None = None


def _request(body: bytes, content_type: str = "application/json", **extra: str) -> HttpRequest:
    request: HttpRequest = RequestFactory().generic("POST", "/", body, content_type=content_type, headers=extra)
    return request


def _refusal(body: bytes, content_type: str = "application/json", **extra: str) -> BodyRefused:
    with pytest.raises(BodyRefused) as caught:
        read_body(_request(body, content_type, **extra), Form)
    return caught.value


def test_a_good_body_is_a_struct() -> None:
    body = b'{"number": 7, "fullName": "Eve", "share": "1.50", "start_time": "2026-03-29T02:30:00+01:00", "colour": "blue"}'
    form = read_body(_request(body), Form)
    assert (form.number, form.full_name, form.share, form.colour) == (7, "Eve", Decimal("1.50"), Colour.BLUE)
    assert form.start_time == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_field_that_is_left_out_has_its_default() -> None:
    assert read_body(_request(b'{"number": 1}'), Form) == Form(number=1)


def test_the_same_name_twice_means_the_last_one() -> None:
    assert read_body(_request(b'{"number": 1, "number": 2}'), Form).number == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", '"7"', "Expected a whole number."),
        ("number", "1.0", "Expected a whole number."),
        ("number", "true", "Expected a whole number."),
        ("number", "null", "Expected a whole number."),
        ("number", "0", "Must be at least 1."),
        ("number", "9223372036854775808", "Must be at most 9223372036854775807."),
        ("number", "1" + "0" * 400, "Must be at most 9223372036854775807."),
        ("fullName", '""', "This field may not be blank."),
        ("fullName", '"abcdef"', "Must have at most 5 characters."),
        ("fullName", "5", "Expected a string."),
        ("fullName", '"a\\u0000b"', "Null characters are not allowed."),
        ("share", '"many"', "This value is not valid."),
        ("share", '"NaN"', "Expected a finite number."),
        ("share", '"-Infinity"', "Expected a finite number."),
        ("share", '"1e999999"', "Expected a finite number."),
        ("share", "[1]", "Expected a number or null."),
        ("start_time", '"2026-03-29"', "Expected a date and time such as 2024-01-15T08:00:00Z."),
        ("start_time", '"2026-02-30T00:00:00Z"', "Expected a date and time such as 2024-01-15T08:00:00Z."),
        ("start_time", '"2026-03-29T02:30:00"', "Expected a date and time such as 2024-01-15T08:00:00Z."),
        ("start_time", "5", "Expected a date and time such as 2024-01-15T08:00:00Z or null."),
        ("start_time", '"0001-01-01T00:00:00+14:00"', "This date is out of range."),
        ("start_time", '"9999-12-31T23:59:59-14:00"', "This date is out of range."),
        ("colour", '"green"', "Expected one of: red, blue."),
        ("colour", "1", "Expected a string or null."),
        ("flag", '"yes"', "Expected true or false or null."),
        ("lines", "{}", "Expected a list or null."),
        ("lines", "[{}]", "[0].number: This field is required."),
        ("lines", '[{"number": 1, "colour": 2}]', "[0].colour: Unknown field."),
        ("lines", '[{"number": 1}, {"number": "x"}]', "[1].number: Expected a whole number."),
        ("lines", '[{"number": 1, "text": "\\u0000"}]', "Null characters are not allowed."),
        ("lines", '[{"number": 1}, {"number": 2}, {"number": 3}]', "Must have at most 2 items."),
        ("other", "1", "Unknown field."),
    ],
)
def test_a_faulty_field_is_told_in_a_sentence(field: str, value: str, sentence: str) -> None:
    number = "" if field == "number" else '"number": 1, '
    refused = _refusal(f'{{{number}"{field}": {value}}}'.encode())
    assert (refused.status, refused.message) == (400, "Invalid data")
    assert refused.errors == {field: [sentence]}


def test_every_faulty_field_is_told_at_once() -> None:
    refused = _refusal(b'{"fullName": 1, "share": [], "flag": 3, "x": 1, "y": 2}')
    assert set(refused.errors) == {"number", "fullName", "share", "flag", "x", "y"}
    assert refused.errors["number"] == ["This field is required."]


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"text"', b"true"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    assert _refusal(body).errors == {"non_field_errors": ["Expected an object."]}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b'{"number": 1}{}',
        b'{"number": 1,}',
        b"{'number': 1}",
        b'{"number": NaN}',
        b'{"number": Infinity}',
        b'{"number": 01}',
        b'{"fullName": "\\ud800"}',
        b'{"fullName": "\\udc00x"}',
        b'{"fullName": "\x00"}',
        b'{"na\xffme": 1}',
        b"\xef\xbb\xbf{}",
        '{"number": 1}'.encode("utf-16"),
        b'{"lines": ' + b"[" * 100_000,
        b'{"x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    ],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    refused = _refusal(body)
    assert (refused.status, refused.errors) == (400, {"non_field_errors": ["The body is not valid JSON."]})


def test_text_that_is_no_utf8_is_refused_by_field() -> None:
    assert _refusal(b'{"number": 1, "fullName": "\xed\xa0\x80"}').errors == {"fullName": ["Expected text in UTF-8."]}


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=UTF-8", "APPLICATION/JSON", ""]
)
def test_json_is_accepted_under_its_name_or_none(content_type: str) -> None:
    assert read_body(_request(b'{"number": 1}', content_type), Form).number == 1


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ],
)
def test_another_content_type_is_refused(content_type: str) -> None:
    refused = _refusal(b'{"number": 1}', content_type)
    assert (refused.status, refused.errors) == (415, {"non_field_errors": ["Send the body as application/json."]})


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, identity"])
def test_a_compressed_body_is_refused(encoding: str) -> None:
    refused = _refusal(gzip.compress(b'{"number": 1}'), **{"Content-Encoding": encoding})
    assert (refused.status, refused.errors) == (400, {"non_field_errors": ["Compressed bodies are not accepted."]})


def test_a_body_of_ten_megabytes_is_read() -> None:
    body = b'{"number": 1}'
    assert read_body(_request(body + b" " * (MAX_BODY - len(body))), Form).number == 1


def test_a_larger_body_is_refused() -> None:
    body = b'{"number": 1}'
    refused = _refusal(body + b" " * (MAX_BODY - len(body) + 1))
    assert (refused.status, refused.errors) == (413, {"non_field_errors": ["The body is larger than 10 MB."]})


def test_a_body_without_its_length_is_refused() -> None:
    request = _request(b'{"number": 1}', **{"Transfer-Encoding": "chunked"})
    request.META["CONTENT_LENGTH"] = ""
    with pytest.raises(BodyRefused) as caught:
        read_body(request, Form)
    assert caught.value.errors == {"non_field_errors": ["Send the body with a Content-Length."]}


def test_a_body_that_breaks_off_is_refused() -> None:
    class Broken(HttpRequest):
        @property
        def body(self) -> bytes:
            raise UnreadablePostError("gone")

    with pytest.raises(BodyRefused) as caught:
        read_body(Broken(), Form)
    assert caught.value.errors == {"non_field_errors": ["The body was cut off."]}


def test_each_item_of_a_list_is_read_by_itself() -> None:
    first, second, third = read_list(_request(b'[{"number": 1}, {"number": "x"}, 5]'), Line, 3)
    assert first == Line(number=1)
    assert isinstance(second, BodyRefused)
    assert second.errors == {"number": ["Expected a whole number."]}
    assert isinstance(third, BodyRefused)
    assert third.errors == {"non_field_errors": ["Expected an object."]}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{}", "Expected a list."),
        (b"null", "Expected a list."),
        (b"[1,", "The body is not valid JSON."),
        (b"", "The body is not valid JSON."),
        (b"[1, 2, 3]", "Expected at most 2 items."),
    ],
)
def test_a_body_that_is_no_short_list_is_refused(body: bytes, sentence: str) -> None:
    with pytest.raises(BodyRefused) as caught:
        read_list(_request(body), Line, 2)
    assert caught.value.errors == {"non_field_errors": [sentence]}
