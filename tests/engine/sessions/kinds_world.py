"""An exam with one question of each kind, and right and wrong responses to each."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from examhall.domain.kinds import Response
from examhall.domain.words import Difficulty, QuestionType
from examhall.store.models import ExamQuestion
from tests.builders import World, choose, choose_many, make_question, make_world, write

ONE, SEVERAL, TRUE_FALSE, BLANK, NUMBER, ESSAY = range(6)
POINTS = tuple(Decimal(points) for points in ("5", "7.5", "10", "12.5", "15", "10"))
KEY_TEXTS = ("capybara", "Hydrochoerus", "2.718")


def make_kinds_world(**exam_fields: Any) -> World:
    """Make the usual people and a running exam of 60 points with six questions, see the constants above."""
    world = make_world(questions=0, **{"total_score": 60, **exam_fields})
    teacher = world.teacher
    questions = (
        make_question(teacher, "Which is the largest?", options=(("ox", False), ("whale", True), ("cat", False))),
        make_question(
            teacher,
            "Which are even?",
            difficulty=Difficulty.HARD,
            options=(("2", True), ("3", False), ("4", True), ("5", False), ("6", True)),
        ),
        make_question(
            teacher, "Is 91 prime?", kind=QuestionType.TRUE_FALSE, options=(("True", False), ("False", True))
        ),
        make_question(
            teacher,
            "Name the largest rodent",
            kind=QuestionType.FILL_BLANK,
            options=((KEY_TEXTS[0], True), (KEY_TEXTS[1], True)),
        ),
        make_question(
            teacher,
            "Give e to three decimals",
            kind=QuestionType.FILL_BLANK,
            options=((KEY_TEXTS[2], True),),
            tolerance=Decimal("0.001"),
        ),
        make_question(teacher, "Why is the sky blue?", kind=QuestionType.ESSAY, options=()),
    )
    for index, question in enumerate(questions):
        ExamQuestion.objects.create(
            exam=world.exam, question=question, order=index + 1, code=f"K{index + 1}", points=POINTS[index]
        )
    return replace(world, questions=tuple(ExamQuestion.objects.filter(exam=world.exam).order_by("order")))


def right(world: World, index: int) -> Response:
    """Return a response that earns all points; for the essay, one that waits for a person."""
    if index == SEVERAL:
        return choose_many(*world.options(index, correct=True))
    if index in {BLANK, NUMBER, ESSAY}:
        return write({BLANK: "  CAPYBARA ", NUMBER: "2,7185", ESSAY: "Short waves scatter more."}[index])
    return choose(world.key(index))


def wrong(world: World, index: int) -> Response:
    """Return a response that earns nothing."""
    if index == SEVERAL:
        return choose_many(world.key(index), *world.options(index, correct=False))
    if index in {BLANK, NUMBER, ESSAY}:
        return write({BLANK: "beaver", NUMBER: "2.72", ESSAY: "It is not."}[index])
    return choose(world.wrong(index))
