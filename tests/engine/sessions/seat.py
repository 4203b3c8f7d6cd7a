"""One student at one session: what these tests do there, each in one short call, and the rows it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from examhall.domain.kinds import Response
from examhall.engine.answers import save_answer, save_answers, update_answer
from examhall.engine.session_events import log_action
from examhall.engine.session_views import get_session_detail, get_session_result
from examhall.engine.sessions import start_session, submit_session
from examhall.engine.snapshots import (
    AnswerItem,
    AnswerSnapshot,
    ResultSnapshot,
    SaveOutcome,
    SessionDetail,
    SessionSnapshot,
)
from examhall.store.models import ExamLog, ExamResult, ExamSession, StudentAnswer, User
from tests.builders import NOW, World, actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A student's session of the world's exam; questions are named by their index in the exam."""

    world: World
    student: User
    started: SessionSnapshot

    @property
    def id(self) -> int:
        return self.started.id

    def save(self, index: int, response: Response, *, at: datetime = NOW, by: User | None = None) -> AnswerSnapshot:
        return save_answer(
            actor=actor(by or self.student),
            session_id=self.id,
            exam_question_id=self.world.questions[index].pk,
            response=response,
            now=at,
        )

    def update(self, index: int, response: Response, *, at: datetime = NOW, by: User | None = None) -> AnswerSnapshot:
        return update_answer(
            actor=actor(by or self.student),
            session_id=self.id,
            answer_id=self.row(index).pk,
            response=response,
            now=at,
        )

    def save_many(
        self, items: Sequence[tuple[int, Response]], *, at: datetime = NOW, by: User | None = None
    ) -> tuple[SaveOutcome, ...]:
        found = [
            AnswerItem(exam_question_id=self.world.questions[index].pk, response=response) for index, response in items
        ]
        return save_answers(actor=actor(by or self.student), session_id=self.id, items=found, now=at)

    def log(self, action: str, *, at: datetime = NOW, by: User | None = None) -> None:
        log_action(actor=actor(by or self.student), session_id=self.id, action=action, now=at)

    def submit(self, *, at: datetime = NOW, by: User | None = None) -> ResultSnapshot:
        return submit_session(actor=actor(by or self.student), session_id=self.id, now=at)

    def detail(self, *, at: datetime = NOW, by: User | None = None) -> SessionDetail:
        return get_session_detail(actor=actor(by or self.student), session_id=self.id, now=at)

    def result(self, *, at: datetime = NOW, by: User | None = None) -> ResultSnapshot:
        return get_session_result(actor=actor(by or self.student), session_id=self.id, now=at)

    @property
    def session(self) -> ExamSession:
        return ExamSession.objects.get(pk=self.id)

    @property
    def stored_result(self) -> ExamResult:
        return ExamResult.objects.get(session_id=self.id)

    def row(self, index: int) -> StudentAnswer:
        return StudentAnswer.objects.get(session_id=self.id, exam_question=self.world.questions[index])

    @property
    def logs(self) -> list[ExamLog]:
        return list(ExamLog.objects.filter(session_id=self.id).order_by("id"))

    @property
    def actions(self) -> list[str]:
        return [log.actions for log in self.logs]


def sit(world: World, student: User | None = None, *, at: datetime = NOW, serve_all: bool = True) -> Seat:
    """Start a session of the world's exam, Alice's if nobody else is named."""
    who = student or world.alice
    started = start_session(actor=actor(who), exam_id=world.exam.pk, now=at, serve_all=serve_all)
    return Seat(world=world, student=who, started=started)
