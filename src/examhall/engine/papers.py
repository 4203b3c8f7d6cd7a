"""Frozen papers: made when an exam changed, kept in the process for ever."""

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.db.models import F, FilteredRelation, Q

from examhall.domain import paper as papers
from examhall.domain.errors import ExamNotFound
from examhall.domain.paper import LaidOutQuestion, PaperOption, PaperQuestion
from examhall.domain.words import Difficulty, QuestionType, Weighting
from examhall.engine.locking import unit_of_work
from examhall.store.models import Exam, ExamQuestion, Paper

_PAPERS = 1024
_LAYOUTS = 4096

_shelf: dict[int, papers.Paper] = {}
_shelf_lock = threading.Lock()


def paper_by_id(paper_id: int) -> papers.Paper:
    """Return a frozen paper. It never changes, so it is read once in the life of a process."""
    paper = _shelf.get(paper_id)
    if paper is None:
        paper = _keep(paper_id, Paper.objects.values_list("content", flat=True).get(pk=paper_id))
    return paper


def asked_count(paper_id: int) -> int:
    """Return how many questions each session of a paper asks."""
    paper = paper_by_id(paper_id)
    return len(paper.questions) if paper.draw_count is None else paper.draw_count


def layout(paper_id: int, seed: int) -> tuple[LaidOutQuestion, ...]:
    """Return what one session sits: the drawn questions in their order, for ever the same for the same seed.

    :raises NotEnoughQuestions: when the paper has fewer questions than it draws.
    """
    return _layout(paper_id, _seed_that_counts(paper_id, seed))


def layout_by_question(paper_id: int, seed: int) -> dict[int, LaidOutQuestion]:
    """Return what one session sits, by exam question id."""
    return _layout_by_question(paper_id, _seed_that_counts(paper_id, seed))


def forget() -> None:
    """Empty the caches; only a test that winds its database back needs this."""
    with _shelf_lock:
        _shelf.clear()
    _layout.cache_clear()
    _layout_by_question.cache_clear()


def mark_changed(*, exam_ids: Iterable[int]) -> None:
    """Say that exams changed: the next start freezes them anew. Belongs into the changing transaction, in one UPDATE."""
    Exam.objects.filter(pk__in=list(exam_ids)).update(paper=None)


def current_paper_id(exam: Exam, *, now: datetime) -> int:
    """Return the id of the exam's newest paper, freezing one when the exam changed since the last."""
    return exam.paper_id if exam.paper_id is not None else freeze(exam_id=exam.pk, now=now)


def freeze(*, exam_id: int, now: datetime) -> int:
    """Freeze an exam that changed since its last paper; return the paper's id.

    Not within a transaction that may still be rolled back: what is kept by its id must be committed.

    :raises ExamNotFound: when there is no such exam any more.
    """
    paper_id, content = _freeze(exam_id=exam_id, now=now)
    # Committed by now, so it may be kept; whoever froze it sits it next.
    _keep(paper_id, content)
    return paper_id


def _seed_that_counts(paper_id: int, seed: int) -> int:
    """Return one seed for all sessions of a paper that gives everybody the same: they share one layout."""
    paper = paper_by_id(paper_id)
    return seed if paper.shuffle or paper.draw_count is not None else 0


@lru_cache(maxsize=_LAYOUTS)
def _layout(paper_id: int, seed: int) -> tuple[LaidOutQuestion, ...]:
    return papers.lay_out(paper_by_id(paper_id), seed=seed)


@lru_cache(maxsize=_LAYOUTS)
def _layout_by_question(paper_id: int, seed: int) -> dict[int, LaidOutQuestion]:
    return {item.question.exam_question_id: item for item in _layout(paper_id, seed)}


def _keep(paper_id: int, content: str) -> papers.Paper:
    paper = papers.load(content)
    with _shelf_lock:
        _shelf[paper_id] = paper
        if len(_shelf) > _PAPERS:
            del _shelf[next(iter(_shelf))]
    return paper


@unit_of_work
def _freeze(*, exam_id: int, now: datetime) -> tuple[int, str]:
    # The lock orders us against a teacher who is changing the exam: either we read the change or they reset the paper.
    exam = Exam.objects.select_for_update().filter(pk=exam_id).first()
    if exam is None:
        raise ExamNotFound(field="exam_id")
    if exam.paper_id is not None:
        return exam.paper_id, Paper.objects.values_list("content", flat=True).get(pk=exam.paper_id)
    content = papers.dump(_compose(exam))
    row, _ = Paper.objects.get_or_create(
        digest=papers.digest(content), defaults={"exam": exam, "content": content, "created_at": now}
    )
    exam.paper = row
    exam.save(update_fields=["paper"])
    return row.pk, content


def _compose(exam: Exam) -> papers.Paper:
    return papers.Paper(
        exam_id=exam.pk,
        total_score=exam.total_score,
        minutes=exam.minutes,
        draw_count=exam.draw_count,
        question_seconds=exam.question_seconds,
        shuffle=exam.shuffle,
        partial_credit=exam.partial_credit,
        pass_mark=exam.pass_mark,
        questions=tuple(_paper_question(place, exam, options) for place, options in _places_with_options(exam)),
    )


def _places_with_options(exam: Exam) -> Iterable[tuple[ExamQuestion, Sequence[PaperOption]]]:
    """Return the places of an exam in their order, each with its question's options, in one statement."""
    rows = (
        ExamQuestion.objects.filter(exam=exam, removed_at=None)
        .select_related("question")
        .annotate(option=FilteredRelation("question__answers", condition=Q(question__answers__archived_at=None)))
        .annotate(
            option_id=F("option__id"),
            option_text=F("option__text"),
            option_is_correct=F("option__is_correct"),
            option_tolerance=F("option__tolerance"),
        )
        .order_by("order", "id", "option_id")
    )
    places: dict[int, tuple[ExamQuestion, list[PaperOption]]] = {}
    for row in rows:
        _, options = places.setdefault(row.pk, (row, []))
        # A question without options comes once, with none.
        if row.option_id is not None:
            option = PaperOption(
                id=row.option_id,
                text=row.option_text,
                is_correct=row.option_is_correct,
                tolerance=row.option_tolerance,
            )
            options.append(option)
    return places.values()


def _paper_question(place: ExamQuestion, exam: Exam, options: Sequence[PaperOption]) -> PaperQuestion:
    question = place.question
    return PaperQuestion(
        exam_question_id=place.pk,
        question_id=question.pk,
        order=place.order,
        code=place.code,
        text=question.question_text,
        type=QuestionType(question.type),
        difficulty=Difficulty(question.difficulty),
        image_url=question.image_url,
        weight=_weight(exam, Difficulty(question.difficulty)),
        points=place.points,
        options=tuple(options),
    )


def _weight(exam: Exam, difficulty: Difficulty) -> Decimal:
    if exam.weighting == Weighting.EQUAL:
        return Decimal(1)
    weight: Decimal = settings.EXAMHALL_DIFFICULTY_WEIGHTS[difficulty.value]
    return weight
