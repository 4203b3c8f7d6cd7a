"""The questions of an exam on the wire (companion-apis.md, "Exams")."""

from decimal import Decimal
from typing import Annotated

import msgspec

from examhall.domain.authoring import CODE_LENGTH, MOST_ORDER
from examhall.domain.words import Difficulty, QuestionType
from examhall.engine.exam_places import PlaceValues
from examhall.engine.snapshots_exams import ExamQuestionSnapshot
from examhall.facades.httpkit.bodies import Id
from examhall.facades.rest.wire import Fixed, Moment, OptionOut, UserOut, fixed_or_none, option_out, user_out

Order = Annotated[int, msgspec.Meta(ge=0, le=MOST_ORDER)]
Code = Annotated[str, msgspec.Meta(max_length=CODE_LENGTH)]
Points = Annotated[Decimal, msgspec.Meta(extra_json_schema={"examples": ["12.50"]})]


class PlaceIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A question of an exam's body; without an order it keeps its place in the list."""

    question_id: Id
    order: Order | None = None
    code: Code | None = None
    points: Points | None = None


class AddPlaceIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A question to put into an exam; without an order it comes last. ``question_id`` is required."""

    question_id: Id | None = None
    order: Order | None = None
    code: Code | None = None
    points: Points | None = None


class PlaceChangeIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What changes of a question's place; a field left out stays as it is, ``points`` null is a share by weight."""

    order: Order | msgspec.UnsetType = msgspec.UNSET
    code: Code | msgspec.UnsetType = msgspec.UNSET
    points: Points | msgspec.UnsetType | None = msgspec.UNSET


class PlacedQuestionOut(msgspec.Struct, kw_only=True):
    """Question of an exam; ``is_correct`` of its answers is null for a student."""

    id: int
    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    teacher: UserOut
    created_at: Moment
    answers: list[OptionOut]
    usage_count: int


class ExamQuestionOut(msgspec.Struct, kw_only=True):
    """A question's place in an exam; ``points`` is there for staff only, null for a share by weight."""

    id: int
    question: PlacedQuestionOut
    order: int
    code: str
    points: Fixed | msgspec.UnsetType | None = msgspec.UNSET


def place_values(place: PlaceIn) -> PlaceValues:
    """Return a question of an exam's body as the engine takes it."""
    return PlaceValues(question_id=place.question_id, order=place.order, code=place.code, points=place.points)


def exam_question_out(question: ExamQuestionSnapshot, *, staff: bool) -> ExamQuestionOut:
    """Return a question's place in an exam."""
    return ExamQuestionOut(
        id=question.id,
        question=PlacedQuestionOut(
            id=question.question_id,
            question_text=question.question_text,
            type=question.type,
            difficulty=question.difficulty,
            image_url=question.image_url,
            teacher=user_out(question.teacher),
            created_at=question.created_at,
            answers=[option_out(option) for option in question.options],
            usage_count=question.usage_count,
        ),
        order=question.order,
        code=question.code,
        points=fixed_or_none(question.points) if staff else msgspec.UNSET,
    )
