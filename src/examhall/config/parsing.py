"""How the text of a setting becomes a value; a wrong text raises ValueError("…") that completes "NAME must be …"."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
_DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql", "mysql", "mariadb")
_MIN_SECRET_BYTES = 32


def switch(text: str) -> bool:
    """Return whether a switch is on.

    :raises ValueError: when the text is none of the usual words; a typing mistake must not mean "off".
    """
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    message = f"on or off, not {text!r}"
    raise ValueError(message)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return a parser of whole numbers from `least` to `most`, both included."""

    def parse(text: str) -> int:
        # isascii: int() would also read other scripts' digits, and "_" between digits.
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        message = f"a whole number from {least} to {most}, not {text!r}"
        raise ValueError(message)

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    """Return a parser that takes one of the given words, in any case."""

    def parse(text: str) -> str:
        if text.lower() in words:
            return text.lower()
        message = f"one of {', '.join(words)}, not {text!r}"
        raise ValueError(message)

    return parse


def some_of(*words: str) -> Callable[[str], frozenset[str]]:
    """Return a parser of lists separated by commas that takes only the given words, in any case."""

    def parse(text: str) -> frozenset[str]:
        found = frozenset(part.strip().lower() for part in text.split(",") if part.strip())
        if unknown := sorted(found.difference(words)):
            message = f"a list of names from {', '.join(words)}; {', '.join(unknown)} is none"
            raise ValueError(message)
        return found

    return parse


def optional(parse: Callable[[str], T]) -> Callable[[str], T | None]:
    """Return a parser to which the empty text means None: the default is computed elsewhere."""
    return lambda text: parse(text) if text else None


def directory(text: str) -> Path | None:
    """Return an absolute path, or None for the empty text.

    :raises ValueError: when something that is not a directory has that path.
    """
    if not text:
        return None
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        message = f"a directory; {text!r} is a file"
        raise ValueError(message)
    return path


def secret_key(text: str) -> str:
    """Return the signing key; the empty text means that a development key is to be used.

    :raises ValueError: when it is shorter than the 32 bytes that HS256 needs (RFC 7518, section 3.2). The text of
        the error never holds the key.
    """
    size = len(text.encode())
    if text and size < _MIN_SECRET_BYTES:
        command = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        message = f"at least {_MIN_SECRET_BYTES} bytes long, not {size}; make one with: {command}"
        raise ValueError(message)
    return text


def hosts(text: str) -> list[str]:
    """Return host names from a list separated by commas.

    :raises ValueError: when one is a URL or has a port, which would never match, or none is left.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        port = name.count(":") == 1
        if "/" in name or port:
            message = f"host names separated by commas, without scheme and port, not {name!r}"
            raise ValueError(message)
    if not names:
        message = "at least one host name"
        raise ValueError(message)
    return names


def database_url(text: str) -> str:
    """Return the URL of a database of a kind that examhall runs on; the empty text means the default.

    :raises ValueError: when it is none; the text of the error holds no password.
    """
    scheme, mark, rest = text.partition("://")
    if text and (scheme not in _DATABASE_SCHEMES or not mark or not rest):
        message = (
            "a URL such as postgres://user:password@host:5432/name, mysql://user:password@host:3306/name "
            "or sqlite:////absolute/path/file.sqlite3"
        )
        raise ValueError(message)
    return text


def weights(*words: str) -> Callable[[str], dict[str, Decimal]]:
    """Return a parser of `word=weight,…` that wants a positive weight for exactly the given words."""
    example = ",".join(f"{word}={number}" for number, word in enumerate(words, start=1))

    def parse(text: str) -> dict[str, Decimal]:
        try:
            pairs = (item.split("=") for item in text.split(","))
            table = {word.strip(): Decimal(number.strip()) for word, number in pairs}
        except (ValueError, InvalidOperation):
            table = {}
        if set(table) != set(words) or not all(weight.is_finite() and weight > 0 for weight in table.values()):
            message = f"a positive number for each difficulty, such as {example}, not {text!r}"
            raise ValueError(message)
        return table

    return parse
