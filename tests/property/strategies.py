"""Papers and what they are made of, of every shape."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st

from examhall.domain.paper import Paper, PaperOption, PaperQuestion
from examhall.domain.words import Difficulty, QuestionType

TEXTS = st.text(max_size=30)
SEEDS = st.integers(min_value=-(2**63), max_value=2**63 - 1)


def amounts(*, most: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Draw decimals from 0 to ``most`` with exactly ``places`` places, as a database column gives them."""
    return st.integers(0, most * 10**places).map(lambda units: Decimal(units).scaleb(-places))


WEIGHTS = st.one_of(amounts(most=5, places=1), st.sampled_from([Decimal(1), Decimal(2), Decimal(3)]))
POINTS = st.one_of(st.none(), amounts(most=60))
TOTALS = st.integers(1, 1_000)


@st.composite
def options(draw: st.DrawFn, question_id: int) -> tuple[PaperOption, ...]:
    keys = draw(st.lists(st.booleans(), max_size=6))
    return tuple(
        PaperOption(
            id=10 * question_id + place,
            text=draw(TEXTS),
            is_correct=is_correct,
            tolerance=draw(st.one_of(st.none(), amounts(most=9, places=10))),
        )
        for place, is_correct in enumerate(keys)
    )


@st.composite
def questions(draw: st.DrawFn, id: int, types: st.SearchStrategy[QuestionType]) -> PaperQuestion:  # noqa: A002
    return PaperQuestion(
        exam_question_id=id,
        question_id=id + 7_000,
        order=draw(st.integers(0, 12)),
        code=draw(TEXTS),
        text=draw(TEXTS),
        type=draw(types),
        difficulty=draw(st.sampled_from(Difficulty)),
        image_url=draw(st.one_of(st.none(), TEXTS)),
        weight=draw(WEIGHTS),
        points=draw(POINTS),
        options=draw(options(id)),
    )


@st.composite
def papers(
    draw: st.DrawFn,
    *,
    types: st.SearchStrategy[QuestionType] = st.sampled_from(QuestionType),  # noqa: B008 - strategies are values
    draw_from: Callable[[int], st.SearchStrategy[int | None]] = lambda size: st.one_of(st.none(), st.integers(1, size)),
) -> Paper:
    """Draw a paper that can be laid out; ``draw_from`` gives the draws for a number of questions."""
    ids = draw(st.lists(st.integers(1, 5_000), min_size=1, max_size=9, unique=True))
    return Paper(
        exam_id=draw(st.integers(1, 2**63 - 1)),
        total_score=draw(TOTALS),
        minutes=draw(st.integers(1, 10_080)),
        draw_count=draw(draw_from(len(ids))),
        question_seconds=draw(st.one_of(st.none(), st.integers(1, 600))),
        shuffle=draw(st.booleans()),
        partial_credit=draw(st.booleans()),
        pass_mark=draw(st.one_of(st.none(), st.integers(0, 100))),
        questions=tuple(draw(questions(id_, types)) for id_ in ids),
    )
