"""A student's calls. Each is noted in the ledger before it is sent and again when its answer is known."""

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from tests.chaos.bodies import IdBody, ResultBody
from tests.chaos.ledger import Choice, Ledger, Saved, Started, Submitted, What
from tests.chaos.wire import Connection, Reply, Unanswered, request

_SERVER_FAULT = 500
_CREATED, _OK = 201, 200
_UNAVAILABLE, _RETRY_AFTER = 503, b"\r\nretry-after:"
_MOST_PATIENCE = 30.0
_ALREADY_ACTIVE = "You already have an active session for this exam"


class Refused(Exception):
    """The server refused a call, and so did nothing."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message


class Busy(Exception):
    """The server had no time for a call, said so at once and did nothing."""


class _Answer(msgspec.Struct):
    exam_question: IdBody
    selected_answer: IdBody | None
    revision: int | None = None


class _Outcome(msgspec.Struct):
    success: bool
    data: _Answer | None = None


class _Question(msgspec.Struct):
    answers: list[IdBody]


class _Place(msgspec.Struct):
    id: int
    question: _Question


class _Asked(msgspec.Struct):
    id: int
    exam_question: _Place


class _Session(msgspec.Struct):
    id: int
    code: str
    status: str
    answers: list[_Asked]


class _Said(msgspec.Struct):
    message: str = ""


class _Started(msgspec.Struct):
    data: _Session


class _Saved(msgspec.Struct):
    data: _Answer


class _SavedMany(msgspec.Struct):
    data: list[_Outcome]


class _HandedIn(msgspec.Struct):
    data: ResultBody


class _Active(msgspec.Struct):
    data: IdBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A session as its student got it: the options of each question, and the id of the answer row behind each."""

    session: int
    options: dict[int, list[int]]
    rows: dict[int, int]


class Desk:
    """One student at one exam, with the connections of one browser.

    ``heard`` is told when the server answered a call, and when that call had been sent.
    """

    def __init__(
        self,
        *,
        student: int,
        exam: int,
        token: str,
        port: int,
        ledger: Ledger,
        timeout: float,
        heard: Callable[[float], None],
    ) -> None:
        self.student = student
        self._exam = exam
        self._token = token
        self._ledger = ledger
        self._heard = heard
        self._keys = itertools.count(1)
        self._timeout = timeout
        self.lines = [Connection(port, timeout=timeout) for _ in range(2)]

    def key(self, what: What) -> str:
        """Return a new Idempotency-Key, as long as the browser of a careful person would make it."""
        return f"{what.value}-{self._exam}-{self.student}-{next(self._keys)}"

    async def start(self, key: str, *, line: int = 0) -> Paper:
        """Start the next attempt; ``key`` names the intent.

        :raises Refused: when the server says no.
        :raises Unanswered: when nobody knows.
        :raises Unreachable: when it was not sent.
        """
        await self.lines[line].open()
        number = self._ask(What.START, None, key)
        body = b'{"exam_id":%d}' % self._exam
        reply = await self._send(number, "POST", "/sessions/start/", body=body, key=key, line=line)
        session = msgspec.json.decode(reply.body, type=_Started).data
        started = Started(session=session.id, attempt_code=session.code, questions=len(session.answers))
        self._ledger.ack(number, started)
        return _paper(session)

    async def start_or_find(self, key: str) -> Paper:
        """Start, or return the session that runs already: an earlier sending of this start may have made it.

        :raises Refused: when no attempt is left.
        :raises Unanswered: when it has to be asked again.
        """
        try:
            return await self.start(key)
        except Refused as refusal:
            if refusal.message != _ALREADY_ACTIVE:
                raise
        try:
            return await self.find_running()
        except Refused:
            raise Unanswered("it ended meanwhile") from None

    async def find_running(self) -> Paper:
        """Return the running session, however it came to be.

        :raises Refused: when none runs.
        """
        reply = await self._read("/sessions/active/")
        running = msgspec.json.decode(reply.body, type=_Active).data.id
        return _paper(msgspec.json.decode((await self._read(f"/sessions/{running}/")).body, type=_Started).data)

    async def save(self, session: int, choice: Choice, *, row: int | None = None, line: int = 0) -> None:
        """Save one answer; with ``row`` by the id of the answer instead of that of the question."""
        await self.lines[line].open()
        number = self._ask(What.SAVE, session, "", [choice])
        method, path, body = ("POST", "answers/", _body(choice))
        if row is not None:
            method, path, body = ("PUT", f"answers/{row}/", _body(choice, named=False))
        reply = await self._send(number, method, f"/sessions/{session}/{path}", body=body, line=line)
        self._ledger.ack(number, Saved(shown=[_shown(msgspec.json.decode(reply.body, type=_Saved).data)]))

    async def save_many(self, session: int, choices: Sequence[Choice]) -> None:
        """Save many answers in one call."""
        await self.lines[0].open()
        number = self._ask(What.SAVE, session, "", choices)
        body = b"[" + b",".join(_body(choice) for choice in choices) + b"]"
        reply = await self._send(number, "PUT", f"/sessions/{session}/answers/", body=body)
        outcomes = msgspec.json.decode(reply.body, type=_SavedMany).data
        self._ledger.ack(number, Saved(shown=[_shown(outcome.data) for outcome in outcomes if outcome.data]))

    async def submit(self, session: int, key: str, *, line: int = 0) -> None:
        """Hand a session in."""
        await self.lines[line].open()
        number = self._ask(What.SUBMIT, session, key)
        reply = await self._send(number, "POST", f"/sessions/{session}/submit/", key=key, line=line)
        result = msgspec.json.decode(reply.body, type=_HandedIn).data
        got = Submitted(
            result=result.id,
            total_score=result.total_score,
            correct=result.correct_count,
            wrong=result.wrong_count,
            unanswered=result.unanswered_count,
        )
        self._ledger.ack(number, got)

    async def look(self, session: int) -> None:
        """Read a session in full, which closes it when its time is up."""
        await self._read(f"/sessions/{session}/")

    def close(self) -> None:
        """Drop the connections."""
        for line in self.lines:
            line.close()

    def _ask(self, what: What, session: int | None, key: str, choices: Sequence[Choice] = ()) -> int:
        return self._ledger.ask(
            student=self.student, what=what, exam=self._exam, session=session, key=key, choices=choices
        )

    async def _send(
        self, number: int, method: str, path: str, *, body: bytes = b"", key: str = "", line: int = 0
    ) -> Reply:
        """Send what the ledger knows by its number; write down any answer but success, which the caller reads."""
        sent_at = asyncio.get_running_loop().time()
        try:
            reply = await self.lines[line].exchange(request(method, path, token=self._token, body=body, key=key))
        except Unanswered as silence:
            self._wait(longer=True)
            self._ledger.lose(number, str(silence))
            raise
        self._wait(longer=False)
        if reply.status == _UNAVAILABLE and _RETRY_AFTER in reply.head:
            self._ledger.refuse(number, reply.status, "busy")
            raise Busy
        if reply.status >= _SERVER_FAULT:
            message = f"status {reply.status}"
            self._ledger.lose(number, message)
            raise Unanswered(message)
        self._heard(sent_at)
        if reply.status not in {_OK, _CREATED}:
            refusal = Refused(reply.status, msgspec.json.decode(reply.body, type=_Said).message)
            self._ledger.refuse(number, refusal.status, refusal.message)
            raise refusal
        return reply

    def _wait(self, *, longer: bool) -> None:
        """Wait twice as long for the next answer, or as long as at first.

        Whoever repeats a call after a fixed time keeps a server that is slower than that at work on what nobody waits for.
        """
        for line in self.lines:
            line.timeout = min(2 * line.timeout, _MOST_PATIENCE) if longer else self._timeout

    async def _read(self, path: str) -> Reply:
        await self.lines[0].open()
        try:
            reply = await self.lines[0].exchange(request("GET", path, token=self._token))
        except Unanswered:
            self._wait(longer=True)
            raise
        if reply.status >= _SERVER_FAULT:
            message = f"status {reply.status}"
            raise Unanswered(message)
        if reply.status != _OK:
            raise Refused(reply.status, msgspec.json.decode(reply.body, type=_Said).message)
        return reply


def _paper(session: _Session) -> Paper:
    asked = [answer.exam_question for answer in session.answers]
    return Paper(
        session=session.id,
        options={place.id: [option.id for option in place.question.answers] for place in asked},
        rows={answer.exam_question.id: answer.id for answer in session.answers},
    )


def _body(choice: Choice, *, named: bool = True) -> bytes:
    body: dict[str, int | None] = {"selected_answer_id": choice.option}
    if named:
        body["exam_question_id"] = choice.question
    if choice.revision is not None:
        body["revision"] = choice.revision
    return msgspec.json.encode(body)


def _shown(answer: _Answer) -> Choice:
    selected = answer.selected_answer
    return Choice(
        question=answer.exam_question.id, option=None if selected is None else selected.id, revision=answer.revision
    )
