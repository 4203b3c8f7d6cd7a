"""Which values a class, a question and an exam may have (companion-apis.md; design: "On the wire")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from examhall.domain.errors import ValueInvalid
from examhall.domain.words import AuthoringFault, RevealPolicy, Weighting

NAME_LENGTH = 255
CODE_LENGTH = 50
DESCRIPTION_LENGTH = 10_000
QUESTION_TEXT_LENGTH = 50_000
OPTION_TEXT_LENGTH = 10_000
IMAGE_URL_LENGTH = 500
OPTIONS_PER_QUESTION = 100
QUESTIONS_PER_EXAM = 1_000
MOST_MINUTES = 10_080
MOST_POINTS = 999_999
POINTS_DECIMALS = 2
MOST_TOLERANCE = 999_999_999
TOLERANCE_DECIMALS = 10
MOST_ATTEMPTS = 10_000
MOST_ORDER = 1_000_000
MOST_QUESTION_SECONDS = 86_400
FULL_MARK = 100
# Room on both sides for arithmetic with time zones and added time; every database keeps these instants.
EARLIEST_AT = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_AT = datetime(9000, 1, 1, tzinfo=UTC)

_MEDIA = "/media/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamValues:
    """What an author sets of an exam. ``start_time``/``end_time`` are the window, half-open."""

    title: str
    description: str = ""
    total_score: int
    minutes: int
    start_time: datetime
    end_time: datetime
    reveal_policy: RevealPolicy = RevealPolicy.AFTER_SUBMIT
    max_attempts: int = 1
    draw_count: int | None = None
    question_seconds: int | None = None
    shuffle: bool = False
    partial_credit: bool = False
    weighting: Weighting = Weighting.DIFFICULTY
    pass_mark: int | None = None


def check_exam(values: ExamValues) -> None:
    """Refuse an exam whose own values make no exam.

    :raises ValueInvalid: with the field that is wrong and why.
    """
    check_text(values.title, field="title", longest=NAME_LENGTH)
    check_length(values.description, field="description", longest=DESCRIPTION_LENGTH)
    check_number(values.total_score, field="total_score", least=1, most=MOST_POINTS)
    check_number(values.minutes, field="minutes", least=1, most=MOST_MINUTES)
    check_number(values.max_attempts, field="max_attempts", least=1, most=MOST_ATTEMPTS)
    check_number(values.draw_count, field="draw_count", least=1, most=QUESTIONS_PER_EXAM)
    check_number(values.question_seconds, field="question_seconds", least=1, most=MOST_QUESTION_SECONDS)
    check_number(values.pass_mark, field="pass_mark", least=0, most=FULL_MARK)
    _check_instant(values.start_time, field="start_time")
    _check_instant(values.end_time, field="end_time")
    if values.end_time <= values.start_time:
        raise ValueInvalid(field="end_time", reason=AuthoringFault.END_BEFORE_START)


def check_draw(*, draw_count: int | None, question_count: int) -> None:
    """Refuse to draw more questions than there are; an exam without questions is still being written.

    :raises ValueInvalid: when ``draw_count`` is larger than the number of questions.
    """
    if draw_count is not None and 0 < question_count < draw_count:
        raise ValueInvalid(field="draw_count", reason=AuthoringFault.DRAW_EXCEEDS_QUESTIONS, limit=question_count)


def check_points(points: Sequence[Decimal | None], *, total_score: int, draw_count: int | None, field: str) -> None:
    """Refuse explicit points that add up to more than the exam is worth, whichever questions are drawn.

    :raises ValueInvalid: when the ``draw_count`` largest of them exceed ``total_score``.
    """
    explicit = sorted((value for value in points if value is not None), reverse=True)
    if sum(explicit[:draw_count]) > total_score:
        raise ValueInvalid(field=field, reason=AuthoringFault.POINTS_EXCEED_TOTAL, limit=total_score)


def check_place(*, order: int, code: str, points: Decimal | None, field: str | None = None) -> None:
    """Refuse a place in an exam that cannot be shown or marked; ``field`` overrides the name of the culprit.

    :raises ValueInvalid: when the order, the code or the points are out of bounds.
    """
    check_number(order, field=field or "order", least=0, most=MOST_ORDER)
    check_text(code, field=field or "code", longest=CODE_LENGTH)
    check_decimal(points, field=field or "points", most=MOST_POINTS, decimals=POINTS_DECIMALS)


def check_decimal(value: Decimal | None, *, field: str, most: int, decimals: int) -> None:
    """Refuse a decimal outside 0…``most`` or with more decimals than are kept; ``None`` passes.

    :raises ValueInvalid: when it is, or is no finite number.
    """
    if value is None:
        return
    if not value.is_finite() or value < 0:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_SMALL, limit=0)
    if value > most:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_LARGE, limit=most)
    if _decimals(value) > decimals:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_MANY_DECIMALS, limit=decimals)


def check_text(text: str, *, field: str, longest: int) -> None:
    """Refuse a text that says nothing, or more than there is room for.

    :raises ValueInvalid: when it is blank or longer than ``longest`` characters.
    """
    if not text.strip():
        raise ValueInvalid(field=field, reason=AuthoringFault.BLANK)
    check_length(text, field=field, longest=longest)


def check_length(text: str, *, field: str, longest: int) -> None:
    """Refuse a text longer than ``longest`` characters.

    :raises ValueInvalid: when it is.
    """
    if len(text) > longest:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_LONG, limit=longest)


def check_number(value: int | None, *, field: str, least: int, most: int) -> None:
    """Refuse a number outside ``least``…``most``, both allowed; ``None`` is no number and passes.

    :raises ValueInvalid: when it is.
    """
    if value is None:
        return
    if value < least:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_SMALL, limit=least)
    if value > most:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_LARGE, limit=most)


def check_image_url(url: str | None) -> None:
    """Refuse an address of an image that is neither http(s) nor a path of our own media.

    :raises ValueInvalid: when a browser could take it for anything else (``javascript:``, ``data:``, ``//host``).
    """
    if url is None:
        return
    check_length(url, field="image_url", longest=IMAGE_URL_LENGTH)
    if not (_is_own_media(url) if url.startswith("/") else _is_web_address(url)):
        raise ValueInvalid(field="image_url", reason=AuthoringFault.BAD_IMAGE_URL)


def _is_own_media(path: str) -> bool:
    return _is_clean(path) and path.startswith(_MEDIA) and path != _MEDIA and ".." not in unquote(path).split("/")


def _is_web_address(url: str) -> bool:
    if not _is_clean(url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(host)


def _is_clean(url: str) -> bool:
    # Browsers read a backslash as a slash and drop tabs and line ends, so that "/\host" becomes "//host".
    return url.isprintable() and " " not in url and "\\" not in url


def _check_instant(moment: datetime, *, field: str) -> None:
    if moment < EARLIEST_AT:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_SMALL, limit=EARLIEST_AT.date().isoformat())
    if moment > LATEST_AT:
        raise ValueInvalid(field=field, reason=AuthoringFault.TOO_LARGE, limit=LATEST_AT.date().isoformat())


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
