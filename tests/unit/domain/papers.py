"""Papers, questions and options for the tests of the rules."""

from collections.abc import Iterable
from decimal import Decimal

from examhall.domain.paper import Paper, PaperOption, PaperQuestion
from examhall.domain.words import Difficulty, QuestionType


def option(id: int, *, correct: bool = False, text: str | None = None, tolerance: str | None = None) -> PaperOption:  # noqa: A002
    return PaperOption(
        id=id,
        text=f"Option {id}" if text is None else text,
        is_correct=correct,
        tolerance=None if tolerance is None else Decimal(tolerance),
    )


def choice(id: int, *, correct: Iterable[int], wrong: Iterable[int], **fields: object) -> PaperQuestion:  # noqa: A002
    options = [option(key, correct=True) for key in correct] + [option(other) for other in wrong]
    ascending = tuple(sorted(options, key=lambda each: each.id))
    return question(id, type=QuestionType.MULTIPLE_CHOICE, options=ascending, **fields)


def question(id: int, **fields: object) -> PaperQuestion:  # noqa: A002
    values: dict[str, object] = {
        "exam_question_id": id,
        "question_id": id + 500,
        "order": id,
        "code": f"Q{id}",
        "text": f"What is {id} + {id}?",
        "type": QuestionType.ESSAY,
        "difficulty": Difficulty.MEDIUM,
        "image_url": None,
        "weight": Decimal(2),
        "points": None,
        "options": (),
    }
    return PaperQuestion(**(values | fields))  # type: ignore[arg-type]  # the builder's fields are the dataclass's own


def paper(*questions: PaperQuestion, **fields: object) -> Paper:
    values: dict[str, object] = {
        "exam_id": 7,
        "total_score": 100,
        "minutes": 45,
        "draw_count": None,
        "question_seconds": None,
        "shuffle": False,
        "partial_credit": False,
        "pass_mark": None,
        "questions": questions,
    }
    return Paper(**(values | fields))  # type: ignore[arg-type]  # the builder's fields are the dataclass's own
