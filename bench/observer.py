"""An observer: one student who saves an answer every now and then, over a connection of its own, and takes the time."""

import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from bench.latency import Latency
from bench.world import Question

_EVERY_SECONDS = 0.02
_TIMEOUT_SECONDS = 30
_CREATED, _REFUSALS = 201, (503, 429)


@dataclass(slots=True, kw_only=True)
class Observer:
    """Save answers of one session while the block of a ``with`` runs; refused or not, come back after a moment.

    Each reply is checked; what was sent and acknowledged goes into the ledger when the block is left.
    """

    port: int
    token: str
    session: int
    questions: list[Question]
    ledger: Path
    acknowledged: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "Observer":
        """Begin."""
        self._thread = threading.Thread(target=self._observe)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
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

    def _observe(self) -> None:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=_TIMEOUT_SECONDS) as connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                turn = 0
                while not self._over.wait(_EVERY_SECONDS):
                    question = self.questions[turn % len(self.questions)]
                    option = question.options[turn // len(self.questions) % len(question.options)]
                    self._save(connection, question.id, option)
                    turn += 1
        except OSError as error:
            self.problems.append(f"the observer lost its connection: {error}")

    def _save(self, connection: socket.socket, question: int, option: int) -> None:
        body = f'{{"exam_question_id":{question},"selected_answer_id":{option}}}'
        request = (
            f"POST /sessions/{self.session}/answers/ HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        place = f"{self.session} {question} {option}"
        self._lines.append(f"S {place}\n")
        begun = time.perf_counter()
        connection.sendall(request.encode())
        status, reply = _reply(connection)
        micros = 1e6 * (time.perf_counter() - begun)
        marks = (f'"exam_question":{{"id":{question},', f'"selected_answer":{{"id":{option},')
        if status == _CREATED and all(mark in reply for mark in marks):
            self.acknowledged.append(micros)
            self._lines.append(f"A {place} {micros:.0f}\n")
        elif status in _REFUSALS:
            self.refused.append(micros)
        else:
            self.problems.append(f"the observer was answered {status} {reply[:200]}")


def _reply(connection: socket.socket) -> tuple[int, str]:
    """Return the status and the body of one reply.

    :raises ConnectionError: when the server hangs up before its end.
    """
    received = b""
    while True:
        head, end, body = received.partition(b"\r\n\r\n")
        if end and len(body) >= _length(head):
            return int(head.split(b" ", 2)[1]), body.decode()
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        received += part


def _length(head: bytes) -> int:
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    return next((int(value) for name, _, value in lines if name == b"content-length"), 0)
