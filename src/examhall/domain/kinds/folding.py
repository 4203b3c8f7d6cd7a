"""Which texts count as the same, and which as numbers."""

import re
import unicodedata
from decimal import Context, Decimal

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?")
_MAX_NUMBER_LENGTH = 100
_MAX_MAGNITUDE = 200

# Exact for every pair of numbers that `number` lets through, whatever the context of the calling thread.
_EXACT = Context(prec=4 * _MAX_MAGNITUDE)


def folded(text: str) -> str:
    """Fold a text to what two equal answers share: NFKC, case folding, single spaces, none at the ends.

    NFKC comes twice because case folding may undo it (Unicode, section 3.13, compatibility caseless match).
    """
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def spaced(text: str) -> str:
    """Fold only what a reader cannot see: canonical composition and white space; mW stays apart from MW, x² from x2."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def number(text: str) -> Decimal | None:
    """Read a text as a finite number with a decimal point or a decimal comma; ``None`` when it is not one.

    A single comma is the decimal one, thousands are not grouped. Length and exponent are bounded before anything is
    computed, so that "1e999999999" costs nothing.
    """
    plain = folded(text).replace("\N{MINUS SIGN}", "-")
    if len(plain) > _MAX_NUMBER_LENGTH:
        return None
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        return None
    value = Decimal(plain)
    return value if not value or abs(value.adjusted()) <= _MAX_MAGNITUDE else None


def within(value: Decimal, *, of: Decimal, tolerance: Decimal) -> bool:
    """Say whether two numbers from :func:`number` are at most ``tolerance`` apart."""
    return _EXACT.subtract(value, of).copy_abs() <= tolerance
