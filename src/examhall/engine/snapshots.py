"""What leaves the engine about sessions: frozen, already cut down to what the viewer may see, never an ORM row."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from examhall.domain.errors import DomainError
from examhall.domain.kinds import Response
from examhall.domain.words import Difficulty, QuestionType, ResultStatus, Role, SessionStatus
from examhall.engine.paging import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSnapshot:
    """A person as the contracts show one."""

    id: int
    email: str
    full_name: str
    role: Role
    created_at: datetime
    last_login: datetime | None
    is_active: bool
    is_staff: bool
    is_superuser: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSnapshot:
    """A class with its teacher."""

    id: int
    class_name: str
    teacher: UserSnapshot
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamSnapshot:
    """An exam with its class; ``minutes`` and ``total_score`` are those of the paper where a session shows it."""

    id: int
    title: str
    description: str
    total_score: int
    minutes: int
    start_time: datetime
    end_time: datetime
    class_obj: ClassSnapshot
    created_by: UserSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSnapshot:
    """An answer option; ``is_correct`` is ``None`` while the viewer may not know it."""

    id: int
    text: str
    is_correct: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionContent:
    """What of a frozen question may be read; one and the same object for all who may read as much, so it can be kept.

    While it may not be read, text and image are ``None`` and there are no options.
    """

    question_id: int
    question_text: str | None
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    options: tuple[OptionSnapshot, ...]
    allows_several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionQuestion:
    """A question as it stands on one student's paper: its place there and what of it may be read."""

    exam_question_id: int
    order: int
    code: str
    content: QuestionContent

    @property
    def question_id(self) -> int:
        """Return the question's own id."""
        return self.content.question_id

    @property
    def question_text(self) -> str | None:
        """Return the text, ``None`` while it may not be read."""
        return self.content.question_text

    @property
    def type(self) -> QuestionType:
        """Return the kind of question."""
        return self.content.type

    @property
    def difficulty(self) -> Difficulty:
        """Return how hard its author says it is."""
        return self.content.difficulty

    @property
    def allows_several(self) -> bool:
        """Say whether several options may be chosen."""
        return self.content.allows_several

    @property
    def image_url(self) -> str | None:
        """Return the image's address, ``None`` while it may not be seen and where there is none."""
        return self.content.image_url

    @property
    def options(self) -> tuple[OptionSnapshot, ...]:
        """Return the options in the student's order."""
        return self.content.options


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSnapshot:
    """One question of a session and what was answered; ``score`` and ``is_correct`` are ``None`` while hidden.

    ``revision`` is the highest that the client gave, ``None`` when it never gave one. ``late`` says of an answer that was
    saved just now that it came within the grace after the end.
    """

    id: int
    question: SessionQuestion
    selected: tuple[OptionSnapshot, ...]
    answer_text: str | None
    score: Decimal | None
    answered_at: datetime | None
    is_correct: bool | None
    revision: int | None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOutcome:
    """What became of one item of a bulk save: either an answer or a refusal."""

    exam_question_id: int
    answer: AnswerSnapshot | None
    refusal: DomainError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerItem:
    """One item of a bulk save."""

    exam_question_id: int
    response: Response


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSnapshot:
    """A session with its paper, as its start answers it; times in UTC, ``time_remaining`` in whole seconds."""

    id: int
    exam: ExamSnapshot
    student: UserSnapshot
    code: str
    start_time: datetime
    end_time: datetime | None
    total_score: Decimal | None
    status: SessionStatus
    submitted_at: datetime | None
    time_remaining: int
    answers: tuple[AnswerSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One line of a session's log."""

    id: int
    actions: str
    timestamp: datetime
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetail:
    """A session with its answers and its log."""

    session: SessionSnapshot
    logs: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLogs:
    """A session's log with whose it is."""

    session_id: int
    code: str
    student_id: int
    student_name: str
    logs: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveSession:
    """The running session of a student at a glance; ``progress_percentage`` 0 to 100."""

    id: int
    exam_id: int
    exam_title: str
    minutes: int
    code: str
    start_time: datetime
    status: SessionStatus
    time_remaining: int
    answered_count: int
    total_questions: int
    progress_percentage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session in a list; ``time_taken`` in whole minutes, ``None`` while it runs or where nothing was handed in."""

    id: int
    exam_id: int
    exam_title: str
    class_id: int
    class_name: str
    student: UserSnapshot
    code: str
    start_time: datetime
    end_time: datetime | None
    total_score: Decimal | None
    status: SessionStatus
    submitted_at: datetime | None
    time_taken: int | None
    percentage: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStatistics:
    """How the sessions of an exam stand; ``average_score`` in points, ``completion_rate`` in percent."""

    total_sessions: int
    completed: int
    in_progress: int
    abandoned: int
    timeout: int
    average_score: float
    completion_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamSessions:
    """An exam's sessions and how they stand."""

    exam_id: int
    title: str
    total_score: int
    minutes: int
    sessions: Page[SessionRow]
    statistics: SessionStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSummary:
    """One line of a result; what the viewer may not know yet is ``None``."""

    question_order: int
    question_text: str
    is_correct: bool | None
    score: Decimal | None
    selected_answer: str | None
    correct_answer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSnapshot:
    """The result of a closed session; every figure is ``None`` while the reveal policy hides it."""

    id: int
    session_id: int
    session_code: str
    session_status: SessionStatus
    student: UserSnapshot
    exam: ExamSnapshot
    total_score: Decimal | None
    correct_count: int | None
    wrong_count: int | None
    unanswered_count: int
    submitted_at: datetime
    status: ResultStatus
    feedback: str | None
    percentage: Decimal | None
    grade: str | None
    time_taken: int
    answers_summary: tuple[AnswerSummary, ...]
