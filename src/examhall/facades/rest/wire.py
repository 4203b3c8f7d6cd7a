"""The recurring shapes of the contracts and how snapshots become them."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

import msgspec

from examhall.domain.words import Role
from examhall.engine.paging import Page
from examhall.engine.snapshots import ClassSnapshot, ExamSnapshot, OptionSnapshot, UserSnapshot
from examhall.facades.httpkit.requests import AnyRequest
from examhall.facades.httpkit.responses import page_links

T = TypeVar("T")
R = TypeVar("R")

# A moment in UTC, written with a Z; the constraint exists for the schema's sake.
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
# A number of points or a percentage as the contract writes it: text with two places.
Fixed = Annotated[Decimal, msgspec.Meta(extra_json_schema={"examples": ["87.50"]})]

_CENT = Decimal("0.01")


class UserOut(msgspec.Struct, kw_only=True):
    """User."""

    id: int
    email: str
    full_name: str = msgspec.field(name="fullName")
    role: Role
    created_at: Moment
    last_login: Moment | None
    is_active: bool
    is_staff: bool
    is_superuser: bool


class ClassOut(msgspec.Struct, kw_only=True):
    """Class."""

    id: int
    class_name: str = msgspec.field(name="className")
    teacher: UserOut
    created_at: Moment


class ClassNameOut(msgspec.Struct, kw_only=True):
    """A class by its name only."""

    id: int
    class_name: str = msgspec.field(name="className")


class ExamOut(msgspec.Struct, kw_only=True):
    """Exam with its class, as sessions and results show it."""

    id: int
    title: str
    description: str
    total_score: int
    minutes: int
    start_time: Moment
    end_time: Moment
    class_obj: ClassOut
    created_by: UserOut


class OptionOut(msgspec.Struct, kw_only=True):
    """Answer option; ``is_correct`` is null while the viewer may not know it."""

    id: int
    text: str
    is_correct: bool | None


class PageOut(msgspec.Struct, Generic[T], kw_only=True):
    """One page of a list."""

    results: list[T]
    count: int
    next: str | None
    previous: str | None
    page: int
    total_pages: int


def fixed(value: Decimal) -> Decimal:
    """Return a number with exactly two places, as the contract writes points and percentages."""
    return value.quantize(_CENT)


def fixed_or_none(value: Decimal | None) -> Decimal | None:
    """Return a number with exactly two places, or ``None`` while it is hidden."""
    return None if value is None else fixed(value)


def user_out(user: UserSnapshot) -> UserOut:
    """Return a person as the contract shows one."""
    return UserOut(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=user.role,
        created_at=user.created_at,
        last_login=user.last_login,
        is_active=user.is_active,
        is_staff=user.is_staff,
        is_superuser=user.is_superuser,
    )


def class_out(school_class: ClassSnapshot) -> ClassOut:
    """Return a class as the contract shows one."""
    return ClassOut(
        id=school_class.id,
        class_name=school_class.class_name,
        teacher=user_out(school_class.teacher),
        created_at=school_class.created_at,
    )


def exam_out(exam: ExamSnapshot) -> ExamOut:
    """Return an exam as sessions and results show it."""
    return ExamOut(
        id=exam.id,
        title=exam.title,
        description=exam.description,
        total_score=exam.total_score,
        minutes=exam.minutes,
        start_time=exam.start_time,
        end_time=exam.end_time,
        class_obj=class_out(exam.class_obj),
        created_by=user_out(exam.created_by),
    )


def option_out(option: OptionSnapshot) -> OptionOut:
    """Return an answer option."""
    return OptionOut(id=option.id, text=option.text, is_correct=option.is_correct)


def page_out(request: AnyRequest, page: Page[R], build: Callable[[R], T]) -> PageOut[T]:
    """Return a page with the links to its neighbours, each item turned into its wire form by ``build``."""
    after, before = page_links(request, page)
    return PageOut(
        results=[build(item) for item in page.items],
        count=page.count,
        next=after,
        previous=before,
        page=page.page,
        total_pages=page.total_pages,
    )
