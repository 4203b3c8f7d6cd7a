"""The places of a locked exam: filling a new exam, replacing the whole list, taking one away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from examhall.domain import authoring as rules
from examhall.domain.errors import QuestionUnknown, ValueInvalid
from examhall.domain.words import AuthoringFault
from examhall.engine.question_locks import lock_usable_questions
from examhall.store.models import Exam, ExamQuestion, Paper

LIST = "questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValues:
    """A question for an exam; without ``order`` it comes last, without ``code`` it is Q and its order."""

    question_id: int
    order: int | None = None
    code: str | None = None
    points: Decimal | None = None


def current(exam: Exam) -> list[ExamQuestion]:
    """Return the places that an exam has now."""
    return list(ExamQuestion.objects.filter(exam=exam, removed_at=None).order_by("order", "id"))


def check_whole(exam: Exam, places: Sequence[ExamQuestion], *, field: str) -> None:
    """Refuse places whose points do not fit into their exam; ``field`` is whom to blame.

    :raises ValueInvalid: when the explicit points exceed the exam's total.
    """
    points = [place.points for place in places]
    rules.check_points(points, total_score=exam.total_score, draw_count=exam.draw_count, field=field)


def replace(exam: Exam, wanted: Sequence[PlaceValues], *, now: datetime) -> list[ExamQuestion]:
    """Make these the places of an exam and return them; what is left out is taken away, what comes again is revived.

    :raises ValueInvalid: when a value is out of bounds or a question comes twice.
    :raises QuestionUnknown: when a question does not exist, or was deleted and is not in the exam now.
    """
    rules.check_number(len(wanted), field=LIST, least=0, most=rules.QUESTIONS_PER_EXAM)
    ids = [place.question_id for place in wanted]
    if len(set(ids)) != len(ids):
        raise ValueInvalid(field=LIST, reason=AuthoringFault.DUPLICATE_QUESTION)
    rows = {row.question_id: row for row in ExamQuestion.objects.filter(exam=exam)}
    kept = {key for key, row in rows.items() if row.removed_at is None}
    if not set(ids) - kept <= lock_usable_questions(set(ids) - kept):
        raise QuestionUnknown(field=LIST)
    take_away(exam, [rows[key] for key in kept - set(ids)], now=now)
    placed, new = [], []
    for number, values in enumerate(wanted, start=1):
        row = rows.get(values.question_id)
        if row is None:
            row = ExamQuestion(exam=exam, question_id=values.question_id)
            new.append(row)
        put(row, values, order=number, field=LIST)
        placed.append(row)
    known = [row for row in placed if row.question_id in rows]
    ExamQuestion.objects.bulk_update(known, ["order", "code", "points", "removed_at"])
    ExamQuestion.objects.bulk_create(new)
    return placed


def put(row: ExamQuestion, values: PlaceValues, *, order: int, field: str | None = None) -> None:
    """Set what a place says, unsaved; ``order`` stands in for an order that is not given.

    :raises ValueInvalid: when a value is out of bounds; ``field`` overrides the name of the culprit.
    """
    row.order = order if values.order is None else values.order
    row.code = f"Q{row.order}" if values.code is None else values.code.strip()
    row.points = values.points
    row.removed_at = None
    rules.check_place(order=row.order, code=row.code, points=row.points, field=field)


def take_away(exam: Exam, rows: Sequence[ExamQuestion], *, now: datetime) -> None:
    """Take places away; where a frozen paper may offer them to somebody who is sitting it, the rows stay, marked."""
    gone = ExamQuestion.objects.filter(pk__in=[row.pk for row in rows])
    if Paper.objects.filter(exam=exam).exists():
        gone.update(removed_at=now)
    else:
        gone.delete()
