"""The bodies of a new and of a changed exam (companion-apis.md, "Exams")."""

from typing import Annotated

import msgspec

from examhall.domain.authoring import (
    DESCRIPTION_LENGTH,
    FULL_MARK,
    MOST_ATTEMPTS,
    MOST_MINUTES,
    MOST_POINTS,
    MOST_QUESTION_SECONDS,
    NAME_LENGTH,
    QUESTIONS_PER_EXAM,
    ExamValues,
)
from examhall.domain.words import RevealPolicy, Weighting
from examhall.facades.httpkit.bodies import Id, Moment
from examhall.facades.rest.wire_exam_questions import PlaceIn

Title = Annotated[str, msgspec.Meta(max_length=NAME_LENGTH)]
Description = Annotated[str, msgspec.Meta(max_length=DESCRIPTION_LENGTH)]
TotalScore = Annotated[int, msgspec.Meta(ge=1, le=MOST_POINTS)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=MOST_MINUTES)]
Attempts = Annotated[int, msgspec.Meta(ge=1, le=MOST_ATTEMPTS)]
DrawCount = Annotated[int, msgspec.Meta(ge=1, le=QUESTIONS_PER_EXAM)]
Seconds = Annotated[int, msgspec.Meta(ge=1, le=MOST_QUESTION_SECONDS)]
PassMark = Annotated[int, msgspec.Meta(ge=0, le=FULL_MARK)]
PlaceList = Annotated[list[PlaceIn], msgspec.Meta(max_length=QUESTIONS_PER_EXAM)]


class ExamIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The body of a new exam."""

    class_obj: Id
    title: Title
    description: Description = ""
    total_score: TotalScore
    minutes: Minutes
    start_time: Moment
    end_time: Moment
    questions: PlaceList = []
    reveal_policy: RevealPolicy = RevealPolicy.AFTER_SUBMIT
    max_attempts: Attempts = 1
    draw_count: DrawCount | None = None
    question_seconds: Seconds | None = None
    shuffle: bool = False
    partial_credit: bool = False
    weighting: Weighting = Weighting.DIFFICULTY
    pass_mark: PassMark | None = None


class ExamChangeIn(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What changes of an exam; a field left out stays as it is, ``questions`` replaces the whole list."""

    class_obj: Id | msgspec.UnsetType = msgspec.UNSET
    title: Title | msgspec.UnsetType = msgspec.UNSET
    description: Description | msgspec.UnsetType = msgspec.UNSET
    total_score: TotalScore | msgspec.UnsetType = msgspec.UNSET
    minutes: Minutes | msgspec.UnsetType = msgspec.UNSET
    start_time: Moment | msgspec.UnsetType = msgspec.UNSET
    end_time: Moment | msgspec.UnsetType = msgspec.UNSET
    questions: PlaceList | msgspec.UnsetType = msgspec.UNSET
    reveal_policy: RevealPolicy | msgspec.UnsetType = msgspec.UNSET
    max_attempts: Attempts | msgspec.UnsetType = msgspec.UNSET
    draw_count: DrawCount | msgspec.UnsetType | None = msgspec.UNSET
    question_seconds: Seconds | msgspec.UnsetType | None = msgspec.UNSET
    shuffle: bool | msgspec.UnsetType = msgspec.UNSET
    partial_credit: bool | msgspec.UnsetType = msgspec.UNSET
    weighting: Weighting | msgspec.UnsetType = msgspec.UNSET
    pass_mark: PassMark | msgspec.UnsetType | None = msgspec.UNSET


def exam_values(body: ExamIn) -> ExamValues:
    """Return what the body sets of the exam itself."""
    return ExamValues(
        title=body.title,
        description=body.description,
        total_score=body.total_score,
        minutes=body.minutes,
        start_time=body.start_time,
        end_time=body.end_time,
        reveal_policy=body.reveal_policy,
        max_attempts=body.max_attempts,
        draw_count=body.draw_count,
        question_seconds=body.question_seconds,
        shuffle=body.shuffle,
        partial_credit=body.partial_credit,
        weighting=body.weighting,
        pass_mark=body.pass_mark,
    )
