"""What the kinds that are answered in writing share: how their responses are taken."""

from examhall.domain.errors import OptionNotInQuestion, ResponseInvalid
from examhall.domain.kinds.kind import CLEARED, Response, StoredResponse
from examhall.domain.words import ResponseFault

_TEXT = "answer_text"


def written(response: Response, *, limit: int) -> StoredResponse:
    """Keep a text verbatim; ``null``, "" and mere white space clear the answer.

    :raises OptionNotInQuestion: when an option is selected; its field is the form used.
    :raises ResponseInvalid: when no text is given, or one of more than ``limit`` characters.
    """
    if response.selected_answer_id is not None:
        raise OptionNotInQuestion(field="selected_answer_id")
    if response.selected_answer_ids:
        raise OptionNotInQuestion(field="selected_answer_ids")
    if _TEXT not in response.given:
        raise ResponseInvalid(field=_TEXT, reason=ResponseFault.MISSING)
    text = response.answer_text
    if text is None or not text.strip():
        return CLEARED
    if len(text) > limit:
        raise ResponseInvalid(field=_TEXT, reason=ResponseFault.TOO_LONG, limit=limit)
    return StoredResponse(selected_ids=(), answer_text=text, answered=True)
