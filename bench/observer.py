"""An observer: one student who saves answers at moments of its own, whatever the others do, and takes the time."""

import random
import re
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from types import TracebackType

from bench.latency import Latency
from bench.world import Question

# A lone connection that pauses shortly comes back when a group of saves has just been answered and the line is empty: it saw
# 11 % refused where the flood had 22 %. Pauses longer than a group takes make the moments random (22 % of 23 %, 18 % of 16 %),
# and so many connections make about 50 calls a second under load.
_CONNECTIONS, _LONGEST_PAUSE_SECONDS = 8, 0.2
_TIMEOUT_SECONDS = 30
_CREATED, _REFUSALS = 201, (503, 429)
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

# A question and one of its options.
Answer = tuple[int, int]


@dataclass(slots=True, kw_only=True)
class Observer:
    """Save answers of one session while the block of a ``with`` runs, about 50 times a second; never stay away.

    Each connection is kept alive and has questions of its own, so two calls under way are never about the same answer. Each
    reply is checked. What was sent and acknowledged goes into the ledger when the block is left. Times are microseconds.
    """

    port: int
    token: str
    session: int
    questions: Sequence[Question]
    ledger: Path
    acknowledged: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    _wrong: list[str] = field(default_factory=list)
    _lost: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> None:
        """Begin."""
        for number in range(_CONNECTIONS):
            thread = threading.Thread(target=self._observe, args=[self.questions[number::_CONNECTIONS]])
            thread.start()
            self._threads.append(thread)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End with the replies that are awaited."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        with self.ledger.open("a") as ledger:
            ledger.writelines(self._lines)

    @property
    def saves(self) -> Latency | None:
        """Return how long the acknowledged calls took."""
        return Latency.of(self.acknowledged)

    @property
    def refusals(self) -> Latency | None:
        """Return how long the refused calls took."""
        return Latency.of(self.refused)

    @property
    def problems(self) -> list[str]:
        """Return what went wrong, each kind once."""
        found = {"wrong answers": self._wrong, "lost connections": self._lost}
        problems = [f"the observer had {len(each)} {what}, such as: {each[0]}" for what, each in found.items() if each]
        return problems if self.acknowledged else [*problems, "the observer was never served"]

    def _observe(self, questions: Sequence[Question]) -> None:
        """Save, and connect again whenever the connection is lost, until it is over."""
        answers = cycle((each.id, option) for each in questions for option in each.options)
        while not self._over.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=_TIMEOUT_SECONDS) as connection:
                    # Else a request might wait for the acknowledgement of the one before it.
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._save_again_and_again(connection, answers)
            except OSError as error:
                self._lost.append(str(error))
                self._over.wait(_LONGEST_PAUSE_SECONDS)

    def _save_again_and_again(self, connection: socket.socket, answers: Iterator[Answer]) -> None:
        while not self._over.wait(random.uniform(0, _LONGEST_PAUSE_SECONDS)):
            self._save(connection, *next(answers))

    def _save(self, connection: socket.socket, question: int, option: int) -> None:
        body = f'{{"exam_question_id":{question},"selected_answer_id":{option}}}'
        request = (
            f"POST /sessions/{self.session}/answers/ HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
        text = f"{self.session} {question} {option}"
        self._lines.append(f"S {text}\n")
        begun = time.perf_counter()
        connection.sendall(request)
        status, reply = _reply(connection)
        micros = 1e6 * (time.perf_counter() - begun)
        if status == _CREATED and _is_about(reply, question, option):
            self.acknowledged.append(micros)
            self._lines.append(f"A {text} {micros:.0f}\n")
        elif status in _REFUSALS:
            self.refused.append(micros)
        else:
            self._wrong.append(f"{status} {reply[:300]}")


def _is_about(reply: str, question: int, option: int) -> bool:
    marks = (f'"exam_question":{{"id":{question},', f'"selected_answer":{{"id":{option},')
    return '"success":false' not in reply and all(mark in reply for mark in marks)


def _reply(connection: socket.socket) -> tuple[int, str]:
    """Return the status and the body of one reply.

    :raises ConnectionError: when the server hangs up before its end, or sends something else.
    """
    received = b""
    while True:
        head, end, body = received.partition(b"\r\n\r\n")
        if end:
            status, length = _STATUS.match(head), _LENGTH.search(head)
            if status is None or length is None:
                msg = f"no HTTP reply of a known length: {head[:100]!r}"
                raise ConnectionError(msg)
            if len(body) >= int(length[1]):
                return int(status[1]), body.decode(errors="replace")
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        received += part
