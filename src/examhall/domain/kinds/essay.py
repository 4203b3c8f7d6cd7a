"""Essays: a text that a person marks."""

from collections.abc import Sequence
from decimal import Decimal

from examhall.domain.kinds.authoring import refuse
from examhall.domain.kinds.kind import NO_SCORE, AuthoredOption, Grade, Response, StoredResponse
from examhall.domain.kinds.written import written
from examhall.domain.paper import PaperQuestion
from examhall.domain.scoring import ZERO
from examhall.domain.words import AuthoringFault

MAX_TEXT_LENGTH = 50_000


class Essay:
    """Keep the text and leave the grade to a person."""

    def check_options(self, options: Sequence[AuthoredOption]) -> None:
        """Check that there are none.

        :raises ValueInvalid: when there are.
        """
        if options:
            refuse(AuthoringFault.NO_OPTIONS_ALLOWED)

    def normalise(self, question: PaperQuestion, response: Response) -> StoredResponse:  # noqa: ARG002 - Kind's signature
        """Keep the text verbatim; ``null``, "" and mere white space clear the answer.

        :raises OptionNotInQuestion: when an option is selected.
        :raises ResponseInvalid: when no text is given or it is longer than 50,000 characters.
        """
        return written(response, limit=MAX_TEXT_LENGTH)

    def grade(
        self,
        question: PaperQuestion,  # noqa: ARG002 - Kind's signature
        stored: StoredResponse,
        *,
        points: Decimal,  # noqa: ARG002 - Kind's signature
        partial_credit: bool,  # noqa: ARG002 - Kind's signature
    ) -> Grade:
        """Give nothing yet: an essay counts 0 and is pending until a person marks it."""
        return Grade(score=ZERO, is_correct=False, pending=True) if stored.answered else NO_SCORE
