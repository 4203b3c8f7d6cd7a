"""The frozen paper: what an exam asks, with its key; its canonical text and digest; one student's layout of it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any

from examhall.domain.errors import NotEnoughQuestions
from examhall.domain.scoring import Share, allot_points
from examhall.domain.words import Difficulty, QuestionType

FORMAT = 1

CHOICE_TYPES = frozenset({QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOption:
    """An option of a choice, or an accepted text of a blank (``tolerance``: permitted distance of a number)."""

    id: int
    text: str
    is_correct: bool
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """A question as it stood when the paper was frozen; ``points`` are the explicit ones, if it has any."""

    exam_question_id: int
    question_id: int
    order: int
    code: str
    text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    weight: Decimal
    points: Decimal | None
    options: tuple[PaperOption, ...]

    @property
    def correct_option_ids(self) -> frozenset[int]:
        """List the key."""
        return frozenset(option.id for option in self.options if option.is_correct)

    @property
    def allows_several(self) -> bool:
        """Say whether a response may hold several options: a multiple choice with more than one correct option."""
        return self.type is QuestionType.MULTIPLE_CHOICE and len(self.correct_option_ids) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An exam, frozen. Papers never change, so a process may keep them for ever.

    :raises ValueError: when two questions share an ``exam_question_id`` or the draw takes no question at all.
    """

    exam_id: int
    total_score: int
    minutes: int
    draw_count: int | None
    question_seconds: int | None
    shuffle: bool
    partial_credit: bool
    pass_mark: int | None
    questions: tuple[PaperQuestion, ...]
    _by_id: dict[int, PaperQuestion] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {question.exam_question_id: question for question in self.questions}
        if len(by_id) != len(self.questions):
            raise ValueError("a paper holds each exam question once")
        if self.draw_count is not None and self.draw_count < 1:
            raise ValueError("a draw takes at least one question")
        object.__setattr__(self, "_by_id", by_id)

    def question(self, exam_question_id: int) -> PaperQuestion:
        """Find a question of the paper in constant time.

        :raises KeyError: when the paper has no such question.
        """
        return self._by_id[exam_question_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOutQuestion:
    """A question's place on one student's paper.

    ``position`` counts from 1; ``number`` is what the student sees as ``order``: the author's own number where the paper
    is given as written, else the position. ``options`` are those to choose from, in the student's order; none where the
    texts are the key.
    """

    position: int
    question: PaperQuestion
    points: Decimal
    options: tuple[PaperOption, ...]
    number: int


def dump(paper: Paper) -> str:
    """Write a paper as canonical JSON: sorted keys, no spaces, ASCII, decimals as their shortest plain strings.

    Equal papers give equal text, whatever trailing zeros their decimals carry.
    """
    document = {
        "format": FORMAT,
        "exam_id": paper.exam_id,
        "total_score": paper.total_score,
        "minutes": paper.minutes,
        "draw_count": paper.draw_count,
        "question_seconds": paper.question_seconds,
        "shuffle": paper.shuffle,
        "partial_credit": paper.partial_credit,
        "pass_mark": paper.pass_mark,
        "questions": [_question_document(question) for question in paper.questions],
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def load(content: str) -> Paper:
    """Read a paper back from its canonical JSON.

    :raises ValueError: when the text is of another format.
    """
    document = json.loads(content)
    if document["format"] != FORMAT:
        message = f"a paper of format {document['format']!r} cannot be read; this version reads {FORMAT}"
        raise ValueError(message)
    return Paper(
        exam_id=document["exam_id"],
        total_score=document["total_score"],
        minutes=document["minutes"],
        draw_count=document["draw_count"],
        question_seconds=document["question_seconds"],
        shuffle=document["shuffle"],
        partial_credit=document["partial_credit"],
        pass_mark=document["pass_mark"],
        questions=tuple(_question_from(item) for item in document["questions"]),
    )


def digest(content: str) -> str:
    """Give the SHA-256 of a paper's text in hexadecimal: the paper's address."""
    return hashlib.sha256(content.encode()).hexdigest()


def lay_out(paper: Paper, *, seed: int) -> tuple[LaidOutQuestion, ...]:
    """Lay a paper out for one session: draw, order, options and points, the same for ever for the same seed.

    Chance comes from SHA-256 keys of seed and row, not from a generator whose sequence a Python release may change.
    Points are shared in the paper's own order, so that an undrawn paper is worth the same to everybody, shuffled or not.

    :raises NotEnoughQuestions: when the paper is empty or the draw is larger than the paper.
    """
    drawn = _drawn(paper, seed=seed)
    shares = [Share(weight=question.weight, points=question.points) for question in drawn]
    points = dict(
        zip((q.exam_question_id for q in drawn), allot_points(shares, total=Decimal(paper.total_score)), strict=True)
    )
    if paper.shuffle:
        drawn = sorted(drawn, key=lambda question: _lot(seed, "order", question.exam_question_id))
    as_written = paper.draw_count is None and not paper.shuffle
    return tuple(
        LaidOutQuestion(
            position=position,
            question=question,
            points=points[question.exam_question_id],
            options=_options_shown(question, shuffle=paper.shuffle, seed=seed),
            number=question.order if as_written else position,
        )
        for position, question in enumerate(drawn, start=1)
    )


def _drawn(paper: Paper, *, seed: int) -> list[PaperQuestion]:
    """Pick the questions of a session, in the paper's order."""
    required = 1 if paper.draw_count is None else paper.draw_count
    available = len(paper.questions)
    if available < required:
        raise NotEnoughQuestions(required=required, available=available)
    picked: Iterable[PaperQuestion] = paper.questions
    if paper.draw_count is not None:
        by_lot = sorted(paper.questions, key=lambda question: _lot(seed, "draw", question.exam_question_id))
        picked = by_lot[: paper.draw_count]
    return sorted(picked, key=attrgetter("order", "exam_question_id"))


def _options_shown(question: PaperQuestion, *, shuffle: bool, seed: int) -> tuple[PaperOption, ...]:
    if question.type not in CHOICE_TYPES:
        return ()
    if not shuffle:
        return question.options
    return tuple(sorted(question.options, key=lambda option: _lot(seed, "option", option.id)))


def _lot(seed: int, purpose: str, row_id: int) -> bytes:
    """Draw a lot for a row; the purpose keeps the draw, the order and the options independent of each other."""
    return hashlib.sha256(f"{seed}:{purpose}:{row_id}".encode()).digest()


def _question_document(question: PaperQuestion) -> dict[str, Any]:
    return {
        "exam_question_id": question.exam_question_id,
        "question_id": question.question_id,
        "order": question.order,
        "code": question.code,
        "text": question.text,
        "type": question.type.value,
        "difficulty": question.difficulty.value,
        "image_url": question.image_url,
        "weight": _plain(question.weight),
        "points": None if question.points is None else _plain(question.points),
        "options": [_option_document(option) for option in question.options],
    }


def _option_document(option: PaperOption) -> dict[str, Any]:
    return {
        "id": option.id,
        "text": option.text,
        "is_correct": option.is_correct,
        "tolerance": None if option.tolerance is None else _plain(option.tolerance),
    }


def _question_from(document: dict[str, Any]) -> PaperQuestion:
    return PaperQuestion(
        exam_question_id=document["exam_question_id"],
        question_id=document["question_id"],
        order=document["order"],
        code=document["code"],
        text=document["text"],
        type=QuestionType(document["type"]),
        difficulty=Difficulty(document["difficulty"]),
        image_url=document["image_url"],
        weight=Decimal(document["weight"]),
        points=None if document["points"] is None else Decimal(document["points"]),
        options=tuple(_option_from(item) for item in document["options"]),
    )


def _option_from(document: dict[str, Any]) -> PaperOption:
    return PaperOption(
        id=document["id"],
        text=document["text"],
        is_correct=document["is_correct"],
        tolerance=None if document["tolerance"] is None else Decimal(document["tolerance"]),
    )


def _plain(value: Decimal) -> str:
    """Write a decimal without exponent, trailing zeros or a signed zero: one text for equal values."""
    if not value.is_finite():
        message = f"a paper holds finite decimals, not {value}"
        raise ValueError(message)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
