"""Choices: multiple_choice with one or several correct options, and true_false."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from examhall.domain.errors import OptionNotInQuestion, ResponseInvalid
from examhall.domain.kinds.authoring import check_no_tolerance, check_texts, refuse
from examhall.domain.kinds.folding import spaced
from examhall.domain.kinds.kind import CLEARED, NO_SCORE, AuthoredOption, Grade, Response, StoredResponse
from examhall.domain.paper import PaperQuestion
from examhall.domain.scoring import CENT
from examhall.domain.words import AuthoringFault, ResponseFault

_ONE = "selected_answer_id"
_SEVERAL = "selected_answer_ids"

_FEWEST_OPTIONS = 2


class _Choice:
    """Take options of the question and grade them against the set of correct ones."""

    def normalise(self, question: PaperQuestion, response: Response) -> StoredResponse:
        """Turn a selection, in either form, into option ids; ``null`` and ``[]`` clear the answer.

        :raises OptionNotInQuestion: when an id is not an option of the question; its field is the form used.
        :raises ResponseInvalid: when no form or both are given, a text is, or several options where one is correct.
        """
        field, selected = _selection(response)
        if response.answer_text is not None and response.answer_text.strip():
            raise ResponseInvalid(field="answer_text", reason=ResponseFault.NEEDS_OPTION)
        if not selected:
            return CLEARED
        if not selected <= {option.id for option in question.options}:
            raise OptionNotInQuestion(field=field)
        if len(selected) > 1 and not question.allows_several:
            raise ResponseInvalid(field=field, reason=ResponseFault.ONE_OPTION_ONLY)
        # The contract's example keeps an empty text beside an answered choice (sessions-api.md 2.1).
        return StoredResponse(selected_ids=tuple(sorted(selected)), answer_text="", answered=True)

    def grade(self, question: PaperQuestion, stored: StoredResponse, *, points: Decimal, partial_credit: bool) -> Grade:
        """Give full points for the exact set of correct options.

        With partial credit, where several are correct, anything else earns (right - wrong) / correct of the points,
        not below 0, rounded half up to hundredths.
        """
        if not stored.answered:
            return NO_SCORE
        key = question.correct_option_ids
        selected = frozenset(stored.selected_ids)
        if selected == key:
            return Grade(score=points, is_correct=True, pending=False)
        if not (partial_credit and question.allows_several):
            return NO_SCORE
        net = len(selected & key) - len(selected - key)
        share = (points * max(net, 0) / len(key)).quantize(CENT, rounding=ROUND_HALF_UP)
        return Grade(score=min(share, points), is_correct=False, pending=False)


class MultipleChoice(_Choice):
    """Two options or more, one or more of them correct."""

    def check_options(self, options: Sequence[AuthoredOption]) -> None:
        """Check that there are at least two options, different ones, and a correct one among them.

        :raises ValueInvalid: when they do not.
        """
        if len(options) < _FEWEST_OPTIONS:
            refuse(AuthoringFault.TOO_FEW_OPTIONS)
        if not any(option.is_correct for option in options):
            refuse(AuthoringFault.NO_CORRECT_OPTION)
        check_texts(options, same=spaced)
        check_no_tolerance(options)


class TrueFalse(_Choice):
    """Two options, one of them correct."""

    def check_options(self, options: Sequence[AuthoredOption]) -> None:
        """Check that there are exactly two options, different ones, and exactly one is correct.

        :raises ValueInvalid: when they do not.
        """
        if len(options) != _FEWEST_OPTIONS:
            refuse(AuthoringFault.NEEDS_TWO_OPTIONS)
        if sum(option.is_correct for option in options) != 1:
            refuse(AuthoringFault.NEEDS_ONE_CORRECT)
        check_texts(options, same=spaced)
        check_no_tolerance(options)


def _selection(response: Response) -> tuple[str, frozenset[int]]:
    """Give the field that selects and the ids that it selects; duplicates collapse."""
    if not response.given & {_ONE, _SEVERAL}:
        raise ResponseInvalid(field=_ONE, reason=ResponseFault.MISSING)
    if response.selected_answer_ids is None:
        one = response.selected_answer_id
        return _ONE, frozenset() if one is None else frozenset({one})
    if response.selected_answer_id is not None:
        raise ResponseInvalid(field=_SEVERAL, reason=ResponseFault.BOTH_FORMS)
    return _SEVERAL, frozenset(response.selected_answer_ids)
