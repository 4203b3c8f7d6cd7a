"""What the options of every kind of question have to obey while they are written."""

from collections.abc import Callable, Sequence
from typing import NoReturn

from examhall.domain.errors import ValueInvalid
from examhall.domain.kinds.kind import AuthoredOption
from examhall.domain.words import AuthoringFault


def refuse(reason: AuthoringFault) -> NoReturn:
    """Refuse a question's options.

    :raises ValueInvalid: always.
    """
    raise ValueInvalid(field="answers", reason=reason)


def check_texts(options: Sequence[AuthoredOption], *, same: Callable[[str], str]) -> None:
    """Check that no text is blank and that no two are equal once ``same`` has folded them.

    :raises ValueInvalid: when one is.
    """
    texts = [same(option.text) for option in options]
    if not all(texts):
        refuse(AuthoringFault.BLANK)
    if len(set(texts)) != len(texts):
        refuse(AuthoringFault.DUPLICATE_OPTION)


def check_no_tolerance(options: Sequence[AuthoredOption]) -> None:
    """Check that no option carries a tolerance: only the accepted number of a blank may.

    :raises ValueInvalid: when one does.
    """
    if any(option.tolerance is not None for option in options):
        refuse(AuthoringFault.NOT_A_TOLERANCE)
