"""Question kinds behind one protocol: what may be authored, what may be answered, what it is worth."""

from examhall.domain.kinds.choice import MultipleChoice, TrueFalse
from examhall.domain.kinds.essay import Essay
from examhall.domain.kinds.fill_blank import FillBlank
from examhall.domain.kinds.kind import CLEARED, AuthoredOption, Grade, Kind, Response, StoredResponse
from examhall.domain.words import QuestionType

__all__ = ["CLEARED", "AuthoredOption", "Grade", "Kind", "Response", "StoredResponse", "kind_of"]

_KINDS: dict[QuestionType, Kind] = {
    QuestionType.MULTIPLE_CHOICE: MultipleChoice(),
    QuestionType.TRUE_FALSE: TrueFalse(),
    QuestionType.FILL_BLANK: FillBlank(),
    QuestionType.ESSAY: Essay(),
}


def kind_of(type: QuestionType) -> Kind:  # noqa: A002 - the contract's word for it
    """Give the rules of a question type."""
    return _KINDS[type]
