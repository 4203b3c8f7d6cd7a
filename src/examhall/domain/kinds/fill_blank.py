"""Blanks: a short text compared with accepted texts, or a number with accepted numbers."""

from collections.abc import Sequence
from decimal import Decimal

from examhall.domain.kinds.authoring import check_texts, refuse
from examhall.domain.kinds.folding import folded, number, within
from examhall.domain.kinds.kind import NO_SCORE, AuthoredOption, Grade, Response, StoredResponse
from examhall.domain.kinds.written import written
from examhall.domain.paper import PaperOption, PaperQuestion
from examhall.domain.words import AuthoringFault

MAX_TEXT_LENGTH = 1_000

TOLERANCE_LIMIT = Decimal(10) ** 10
TOLERANCE_STEP = Decimal("1e-10")


class FillBlank:
    """Accept any of the correct texts, after folding, or a number within the tolerance of one."""

    def check_options(self, options: Sequence[AuthoredOption]) -> None:
        """Check that there are accepted texts, all marked correct, different, and short enough to be given as answers.

        :raises ValueInvalid: when there are not, or when a tolerance is negative, out of range or beside a text that is
            not a number.
        """
        if not options:
            refuse(AuthoringFault.NO_CORRECT_OPTION)
        if not all(option.is_correct for option in options):
            refuse(AuthoringFault.ONLY_CORRECT_TEXTS)
        check_texts(options, same=folded)
        if any(len(option.text) > MAX_TEXT_LENGTH for option in options):
            refuse(AuthoringFault.TOO_LONG)
        if not all(_tolerance_fits(option) for option in options):
            refuse(AuthoringFault.NOT_A_TOLERANCE)

    def normalise(self, question: PaperQuestion, response: Response) -> StoredResponse:  # noqa: ARG002 - Kind's signature
        """Keep the text verbatim; ``null``, "" and mere white space clear the answer.

        :raises OptionNotInQuestion: when an option is selected.
        :raises ResponseInvalid: when no text is given or it is longer than 1,000 characters.
        """
        return written(response, limit=MAX_TEXT_LENGTH)

    def grade(
        self,
        question: PaperQuestion,
        stored: StoredResponse,
        *,
        points: Decimal,
        partial_credit: bool,  # noqa: ARG002 - Kind's signature
    ) -> Grade:
        """Give full points for an accepted text or number, else none."""
        if not stored.answered or stored.answer_text is None:
            return NO_SCORE
        if not _accepted(stored.answer_text, [option for option in question.options if option.is_correct]):
            return NO_SCORE
        return Grade(score=points, is_correct=True, pending=False)


def _accepted(text: str, options: Sequence[PaperOption]) -> bool:
    given, value = folded(text), number(text)
    return any(given == folded(option.text) or _near(value, option) for option in options)


def _near(value: Decimal | None, option: PaperOption) -> bool:
    if value is None or option.tolerance is None:
        return False
    target = number(option.text)
    return target is not None and within(value, of=target, tolerance=option.tolerance)


def _tolerance_fits(option: AuthoredOption) -> bool:
    """Say whether a tolerance can be kept (ten digits before the point and ten after) beside a number."""
    tolerance = option.tolerance
    if tolerance is None:
        return True
    if not tolerance.is_finite() or not 0 <= tolerance < TOLERANCE_LIMIT or number(option.text) is None:
        return False
    return tolerance == tolerance.quantize(TOLERANCE_STEP)
