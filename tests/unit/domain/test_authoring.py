"""The bounds of what an author may set, just inside and just outside."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from examhall.domain import authoring
from examhall.domain.authoring import ExamValues
from examhall.domain.errors import ValueInvalid
from examhall.domain.words import AuthoringFault

START = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
GOOD = ExamValues(
    title="Primes", total_score=80, minutes=45, start_time=START, end_time=START + timedelta(hours=2), pass_mark=70
)


def fault(**changes: Any) -> tuple[str | None, AuthoringFault]:
    with pytest.raises(ValueInvalid) as refused:
        authoring.check_exam(replace(GOOD, **changes))
    return refused.value.field, refused.value.context["reason"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "T" * 255},
        {"description": "d" * 10_000},
        {"minutes": 1},
        {"minutes": 10_080},
        {"total_score": 1},
        {"total_score": 999_999},
        {"max_attempts": 1},
        {"max_attempts": 10_000},
        {"draw_count": 1},
        {"question_seconds": 1},
        {"pass_mark": 0},
        {"pass_mark": 100},
        {"end_time": START + timedelta(microseconds=1)},
        {"start_time": authoring.EARLIEST_AT, "end_time": authoring.LATEST_AT},
    ],
)
def test_values_within_the_bounds_make_an_exam(changes: dict[str, Any]) -> None:
    authoring.check_exam(replace(GOOD, **changes))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "", AuthoringFault.BLANK),
        ("title", " \t\n", AuthoringFault.BLANK),
        ("title", "T" * 256, AuthoringFault.TOO_LONG),
        ("description", "d" * 10_001, AuthoringFault.TOO_LONG),
        ("minutes", 0, AuthoringFault.TOO_SMALL),
        ("minutes", 10_081, AuthoringFault.TOO_LARGE),
        ("total_score", 0, AuthoringFault.TOO_SMALL),
        ("total_score", 1_000_000, AuthoringFault.TOO_LARGE),
        ("max_attempts", 0, AuthoringFault.TOO_SMALL),
        ("max_attempts", 10_001, AuthoringFault.TOO_LARGE),
        ("draw_count", 0, AuthoringFault.TOO_SMALL),
        ("draw_count", 1_001, AuthoringFault.TOO_LARGE),
        ("question_seconds", 0, AuthoringFault.TOO_SMALL),
        ("question_seconds", 86_401, AuthoringFault.TOO_LARGE),
        ("pass_mark", -1, AuthoringFault.TOO_SMALL),
        ("pass_mark", 101, AuthoringFault.TOO_LARGE),
        ("end_time", START, AuthoringFault.END_BEFORE_START),
        ("end_time", START - timedelta(days=1), AuthoringFault.END_BEFORE_START),
        ("start_time", authoring.EARLIEST_AT - timedelta(seconds=1), AuthoringFault.TOO_SMALL),
        ("end_time", authoring.LATEST_AT + timedelta(seconds=1), AuthoringFault.TOO_LARGE),
    ],
)
def test_values_outside_the_bounds_are_refused_by_field(field: str, value: Any, reason: AuthoringFault) -> None:
    assert fault(**{field: value}) == (field, reason)


def test_start_and_end_are_compared_as_instants() -> None:
    tokyo = timezone(timedelta(hours=9))
    # 16:30 in Tokyo is 07:30 in UTC, half an hour before the start.
    assert fault(end_time=datetime(2026, 3, 10, 16, 30, tzinfo=tokyo)) == (
        "end_time",
        AuthoringFault.END_BEFORE_START,
    )


@pytest.mark.parametrize(
    ("draw_count", "question_count", "allowed"),
    [(None, 0, True), (3, 3, True), (2, 3, True), (4, 3, False), (1, 0, True), (5, 0, True)],
)
def test_an_exam_cannot_draw_more_than_it_has(draw_count: int | None, question_count: int, allowed: bool) -> None:
    if allowed:
        authoring.check_draw(draw_count=draw_count, question_count=question_count)
        return
    with pytest.raises(ValueInvalid) as refused:
        authoring.check_draw(draw_count=draw_count, question_count=question_count)
    assert (refused.value.field, refused.value.context["limit"]) == ("draw_count", question_count)


@pytest.mark.parametrize(
    ("points", "draw_count", "allowed"),
    [
        ((), None, True),
        ((None, None), None, True),
        (("4", "6"), None, True),
        (("4", "6.01"), None, False),
        (("4", None, "6"), None, True),
        (("10", None), None, True),
        # Whichever two are drawn, they fit; whichever three, they do not.
        (("5", "5", "5"), 2, True),
        (("5", "5", "5"), 3, False),
        (("1", "9", "2"), 2, False),
    ],
)
def test_explicit_points_fit_into_the_total(
    points: tuple[str | None, ...], draw_count: int | None, allowed: bool
) -> None:
    values = [None if value is None else Decimal(value) for value in points]
    if allowed:
        authoring.check_points(values, total_score=10, draw_count=draw_count, field="questions")
        return
    with pytest.raises(ValueInvalid) as refused:
        authoring.check_points(values, total_score=10, draw_count=draw_count, field="questions")
    assert (refused.value.field, refused.value.context["reason"]) == ("questions", AuthoringFault.POINTS_EXCEED_TOTAL)


@pytest.mark.parametrize("points", [None, "0", "0.01", "12.50", "999999", "1e2"])
def test_a_place_with_good_points_is_fine(points: str | None) -> None:
    authoring.check_place(order=0, code="Q1", points=None if points is None else Decimal(points))


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"order": -1}, "order", AuthoringFault.TOO_SMALL),
        ({"order": 1_000_001}, "order", AuthoringFault.TOO_LARGE),
        ({"code": " "}, "code", AuthoringFault.BLANK),
        ({"code": "Q" * 51}, "code", AuthoringFault.TOO_LONG),
        ({"points": Decimal("-0.01")}, "points", AuthoringFault.TOO_SMALL),
        ({"points": Decimal("NaN")}, "points", AuthoringFault.TOO_SMALL),
        ({"points": Decimal("Infinity")}, "points", AuthoringFault.TOO_SMALL),
        ({"points": Decimal("999999.01")}, "points", AuthoringFault.TOO_LARGE),
        ({"points": Decimal("0.001")}, "points", AuthoringFault.TOO_MANY_DECIMALS),
    ],
)
def test_a_place_that_cannot_be_marked_is_refused(changes: dict[str, Any], field: str, reason: AuthoringFault) -> None:
    good: dict[str, Any] = {"order": 1, "code": "Q1", "points": None}
    for blamed, expected in ((None, field), ("questions", "questions")):
        with pytest.raises(ValueInvalid) as refused:
            authoring.check_place(**{**good, **changes}, field=blamed)
        assert (refused.value.field, refused.value.context["reason"]) == (expected, reason)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "https://images.example/a.png",
        "HTTP://images.example/a.png?size=2#top",
        "http://[2001:db8::1]:8080/a.png",
        "/media/axes.svg",
        "/media/2026/03/axes.svg",
        "https://images.example/" + "a" * 477,
    ],
)
def test_an_image_is_on_the_web_or_among_our_own_media(url: str | None) -> None:
    authoring.check_image_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:image/svg+xml,<svg/>",
        "//evil.example/a.png",
        "/\\evil.example/a.png",
        "\\\\evil.example/a.png",
        "/media/../admin/",
        "/media/%2e%2e/admin/",
        "/media/",
        "/mediate/a.png",
        "/static/a.png",
        "media/a.png",
        "ftp://images.example/a.png",
        "file:///etc/passwd",
        "https://",
        "https:///a.png",
        "https:a.png",
        "http://[half",
        "https://images.example/a b.png",
        "https://images.example/a\n.png",
        " https://images.example/a.png",
        "java\tscript:alert(1)",
        "",
    ],
)
def test_any_other_address_of_an_image_is_refused(url: str) -> None:
    with pytest.raises(ValueInvalid) as refused:
        authoring.check_image_url(url)
    assert (refused.value.field, refused.value.context["reason"]) == ("image_url", AuthoringFault.BAD_IMAGE_URL)


def test_an_address_longer_than_its_column_is_refused() -> None:
    with pytest.raises(ValueInvalid) as refused:
        authoring.check_image_url("https://images.example/" + "a" * 478)
    assert refused.value.context["reason"] is AuthoringFault.TOO_LONG
