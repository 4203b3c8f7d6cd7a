"""The ledger: on disk, what was asked of the server and what it acknowledged, in the order in which it happened."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec


class What(StrEnum):
    """What a student asks for."""

    START = "start"
    SAVE = "save"
    SUBMIT = "submit"


class Choice(msgspec.Struct, frozen=True, array_like=True):
    """A chosen option of a question, ``None`` to clear it; ``revision`` is ``None`` where the client sends none."""

    question: int
    option: int | None
    revision: int | None


class Started(msgspec.Struct, frozen=True, array_like=True, tag="started"):
    """An acknowledged start."""

    session: int
    attempt_code: str
    questions: int


class Saved(msgspec.Struct, frozen=True, array_like=True, tag="saved"):
    """Acknowledged answers, as the server's reply shows them."""

    shown: list[Choice]


class Submitted(msgspec.Struct, frozen=True, array_like=True, tag="submitted"):
    """An acknowledged hand-in and the result that came with it; hidden figures are ``None``."""

    result: int
    total_score: str | None
    correct: int | None
    wrong: int | None
    unanswered: int


class Ask(msgspec.Struct, frozen=True, array_like=True, tag="ask"):
    """A request that is about to be sent. ``key`` names the intent: what is repeated has the same."""

    number: int
    student: int
    what: What
    exam: int
    session: int | None
    key: str
    choices: list[Choice]


class Ack(msgspec.Struct, frozen=True, array_like=True, tag="ack"):
    """The server did what was asked."""

    number: int
    got: Started | Saved | Submitted


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag="no"):
    """The server said that it did not do what was asked."""

    number: int
    status: int
    message: str


class Silence(msgspec.Struct, frozen=True, array_like=True, tag="lost"):
    """No answer came, or one that leaves open what happened."""

    number: int
    reason: str


Line = Ask | Ack | Refusal | Silence

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


class Ledger:
    """A ledger being written: every line is with the operating system before its method returns."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        self._number = 0
        self.acknowledged = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def ask(
        self, *, student: int, what: What, exam: int, session: int | None, key: str, choices: Sequence[Choice] = ()
    ) -> int:
        """Note a request before it is sent; return its number."""
        self._number += 1
        ask = Ask(
            number=self._number,
            student=student,
            what=what,
            exam=exam,
            session=session,
            key=key,
            choices=list(choices),
        )
        self._write(ask)
        return self._number

    def ack(self, number: int, got: Started | Saved | Submitted) -> None:
        """Note that a request was acknowledged."""
        self._write(Ack(number=number, got=got))
        if isinstance(got, Saved):
            self.acknowledged += len(got.shown)

    def refuse(self, number: int, status: int, message: str) -> None:
        """Note that a request was refused."""
        self._write(Refusal(number=number, status=status, message=message))

    def lose(self, number: int, reason: str) -> None:
        """Note that nobody knows what became of a request."""
        self._write(Silence(number=number, reason=reason))

    def _write(self, line: Line) -> None:
        self._file.write(_encoder.encode(line) + b"\n")
        self._file.flush()


def read_ledger(path: Path) -> Iterator[Line]:
    """Return the lines of a ledger."""
    with path.open("rb") as file:
        for line in file:
            yield _decoder.decode(line)
