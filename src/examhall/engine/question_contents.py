"""What of a frozen question may be read: made once for each way to show it, and kept."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from examhall.domain.paper import LaidOutQuestion, PaperOption, PaperQuestion
from examhall.domain.words import QuestionType
from examhall.engine.snapshots import OptionSnapshot, QuestionContent

# Of a shuffled exam there is one for each order in which the options of a question stand on somebody's paper.
_FACES = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One way to show a question; ``options`` has all of its options by id, in the author's order."""

    content: QuestionContent
    options: Mapping[int, OptionSnapshot]


_kept: dict[tuple[int, bool, bool, tuple[int, ...]], tuple[PaperQuestion, Face]] = {}
_guard = threading.Lock()


def face_of(item: LaidOutQuestion, *, shown: bool, hidden: bool) -> Face:
    """Return a question as one viewer may see it: ``shown`` with its key, ``hidden`` without anything to read.

    It is kept under all that it depends on: the frozen question itself, what may be seen of it, the order of its options.
    """
    key = (id(item.question), shown, hidden, tuple([option.id for option in item.options]))
    found = _kept.get(key)
    # Whatever is kept holds its question, so no other question can have come to the same identity; but look, all the same.
    if found is not None and found[0] is item.question:
        return found[1]
    face = _face(item, shown=shown, hidden=hidden)
    with _guard:
        _kept[key] = (item.question, face)
        if len(_kept) > _FACES:
            del _kept[next(iter(_kept))]
    return face


def _face(item: LaidOutQuestion, *, shown: bool, hidden: bool) -> Face:
    question = item.question
    options = {option.id: _option(option, shown=shown) for option in question.options}
    # A blank's accepted texts are its key: they are listed only where the key may be seen.
    listed = question.options if shown and question.type is QuestionType.FILL_BLANK else item.options
    content = QuestionContent(
        question_id=question.question_id,
        question_text=None if hidden else question.text,
        type=question.type,
        difficulty=question.difficulty,
        image_url=None if hidden else question.image_url,
        options=() if hidden else tuple(options[option.id] for option in listed),
        allows_several=question.allows_several,
    )
    return Face(content=content, options=options)


def _option(option: PaperOption, *, shown: bool) -> OptionSnapshot:
    return OptionSnapshot(id=option.id, text=option.text, is_correct=option.is_correct if shown else None)
