"""The ledger of one run, digested: what each session must hold, and what it may hold besides."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from tests.chaos.ledger import Ack, Ask, Choice, Line, Refusal, Saved, Silence, Started, Submitted, What


class Fate(StrEnum):
    """What became of a request; ``UNKNOWN`` also stands for one that never got a line of its own."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One sending of one choice; ``shown`` is what the server's acknowledgement says is stored."""

    number: int
    choice: Choice
    fate: Fate = Fate.UNKNOWN
    shown: Choice | None = None


@dataclass(slots=True, kw_only=True)
class HandIn:
    """An acknowledged hand-in; requests with a number above ``known_at`` were sent when it was known."""

    known_at: int
    got: Submitted


@dataclass(slots=True, kw_only=True)
class SessionBook:
    """What the ledger says of one session, by question and in the order of sending."""

    session: int
    exam: int
    student: int
    answers: dict[int, list[Attempt]] = field(default_factory=lambda: defaultdict(list))
    hand_ins: list[HandIn] = field(default_factory=list)
    started: Started | None = None


@dataclass(slots=True, kw_only=True)
class Book:
    """What the ledger says: sessions by id, and the keys of the starts that each student asked for, by exam."""

    sessions: dict[int, SessionBook] = field(default_factory=dict)
    starts: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    acknowledged: int = 0
    asked: int = 0
    unknown: int = 0
    silences: Counter[str] = field(default_factory=Counter)


def may_be_stored(attempts: Iterable[Attempt]) -> set[tuple[int | None, int | None]]:
    """Return which (option, revision) a question may hold: the last acknowledged one, or a later one of unknown fate.

    Without an acknowledged one the blank question counts as such.
    """
    allowed: set[tuple[int | None, int | None]] = {(None, None)}
    for attempt in attempts:
        stored = (attempt.choice.option, attempt.choice.revision)
        if attempt.fate is Fate.ACKNOWLEDGED:
            allowed = {stored}
        elif attempt.fate is Fate.UNKNOWN:
            allowed.add(stored)
    return allowed


def digest(lines: Iterable[Line], *, copied: bool = False) -> Book:
    """Return the book of a ledger's lines.

    Where the network ``copied`` requests, a refused one may have been done by its twin: its fate is unknown.
    """
    writer = _Writer(Fate.UNKNOWN if copied else Fate.REFUSED)
    for line in lines:
        writer.add(line)
    writer.book.unknown += len(writer.open)
    return writer.book


class _Writer:
    def __init__(self, refused: Fate) -> None:
        self._refused = refused
        self.book = Book()
        self.open: dict[int, tuple[Ask, list[Attempt]]] = {}

    def add(self, line: Line) -> None:
        if isinstance(line, Ask):
            self._ask(line)
            return
        ask, attempts = self.open.pop(line.number)
        match line:
            case Ack(got=Started() as started):
                self._session(ask, started.session).started = started
            case Ack(got=Saved() as saved):
                self._saved(attempts, saved)
            case Ack(got=Submitted() as got):
                assert ask.session is not None
                known = HandIn(known_at=self.book.asked, got=got)
                self._session(ask, ask.session).hand_ins.append(known)
            case Refusal():
                for attempt in attempts:
                    attempt.fate = self._refused
            case Silence():
                self.book.unknown += 1
                self.book.silences[line.reason] += 1

    def _ask(self, ask: Ask) -> None:
        self.book.asked = ask.number
        attempts = [Attempt(number=ask.number, choice=choice) for choice in ask.choices]
        if ask.what is What.START:
            self.book.starts[ask.exam, ask.student].add(ask.key)
        if ask.session is not None:
            answers = self._session(ask, ask.session).answers
            for attempt in attempts:
                answers[attempt.choice.question].append(attempt)
        self.open[ask.number] = (ask, attempts)

    def _saved(self, attempts: list[Attempt], saved: Saved) -> None:
        shown = {choice.question: choice for choice in saved.shown}
        for attempt in attempts:
            attempt.shown = shown.get(attempt.choice.question)
            attempt.fate = self._refused if attempt.shown is None else Fate.ACKNOWLEDGED
        self.book.acknowledged += len(shown)

    def _session(self, ask: Ask, session: int) -> SessionBook:
        empty = SessionBook(session=session, exam=ask.exam, student=ask.student)
        return self.book.sessions.setdefault(session, empty)
