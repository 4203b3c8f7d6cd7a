"""How a simulated student answers: right with a likelihood that follows ability and difficulty, wrong as people are.

The likelihood is the three-parameter logistic model of item response theory (A. Birnbaum, in Lord & Novick, Statistical
Theories of Mental Test Scores, 1968): ``c + (1 - c) / (1 + exp(-a (ability - b)))``.
"""

import math
import random
from decimal import Decimal

from examhall.domain.kinds import Response
from examhall.domain.paper import PaperQuestion
from examhall.domain.words import Difficulty, QuestionType

_DISCRIMINATION = 1.4
_DIFFICULTY = {Difficulty.EASY: -1.3, Difficulty.MEDIUM: -0.2, Difficulty.HARD: 0.9}
_ADDS_A_WRONG_ONE = 0.5
_ESSAYS = (
    "First I looked at what is given and what is asked. From the definition it follows step by step, and a small example "
    "confirms it.",
    "There are two sides to this. On the one hand the sources agree on the main causes; on the other hand they weigh them "
    "differently, which I would explain by when they were written.",
    "I would start with the simplest case and then show that each further case follows from the one before.",
    "I am not sure, but I think it has to do with energy being conserved, so nothing gets lost.",
)


def knows(question: PaperQuestion, *, ability: float, rng: random.Random) -> bool:
    """Say whether a student of this ability (standard deviations from the mean) gets a question right."""
    guess = 1 / len(question.options) if _is_choice(question) and not question.allows_several else 0.02
    distance = _DISCRIMINATION * (ability - _DIFFICULTY[question.difficulty])
    return rng.random() < guess + (1 - guess) / (1 + math.exp(-distance))


def respond(question: PaperQuestion, *, right: bool, rng: random.Random) -> Response:
    """Return a right or a wrong response to a question."""
    if _is_choice(question):
        chosen = tuple(sorted(question.correct_option_ids)) if right else _wrong_choice(question, rng)
        return Response(selected_answer_ids=chosen, given=frozenset({"selected_answer_ids"}))
    if question.type is QuestionType.ESSAY:
        text = rng.choice(_ESSAYS)
    else:
        text = rng.choice(question.options).text if right else _wrong_text(question, rng)
    return Response(answer_text=text, given=frozenset({"answer_text"}))


def essay_score(*, points: Decimal, ability: float, rng: random.Random) -> Decimal:
    """Return what a teacher gives for an essay, in whole quarters of its points."""
    quarters = min(4, max(0, round(2.5 + ability + rng.gauss(0, 0.6))))
    return (points * quarters / 4).quantize(Decimal("0.01"))


def _is_choice(question: PaperQuestion) -> bool:
    return question.type in {QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE}


def _wrong_choice(question: PaperQuestion, rng: random.Random) -> tuple[int, ...]:
    key = question.correct_option_ids
    wrong = [option.id for option in question.options if option.id not in key]
    if not question.allows_several:
        return (rng.choice(wrong),)
    # People miss one of several more often than they are wrong altogether.
    extra = [rng.choice(wrong)] if wrong and rng.random() < _ADDS_A_WRONG_ONE else []
    return tuple(sorted(sorted(key)[1:] + extra))


def _wrong_text(question: PaperQuestion, rng: random.Random) -> str:
    accepted = question.options[0].text
    try:
        number = Decimal(accepted.replace(",", "."))
    except ArithmeticError:
        return rng.choice(("I do not know", accepted[: max(1, len(accepted) // 2)], accepted + "s?"))
    return str(number * rng.choice((10, 2, -1)) + 1)
