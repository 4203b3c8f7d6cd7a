"""What leaves the engine about exams and their questions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from examhall.domain.authoring import ExamValues
from examhall.domain.statistics import ScoreSummary, StatusCounts
from examhall.domain.words import Difficulty, ExamStatus, QuestionType
from examhall.engine.snapshots import OptionSnapshot, SessionRow, UserSnapshot
from examhall.engine.snapshots_classes import ClassRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamRow:
    """An exam in a list. ``student_count`` counts who is in its class, ``session_count`` every attempt at it."""

    id: int
    values: ExamValues
    created_at: datetime
    class_obj: ClassRow
    created_by: UserSnapshot
    question_count: int
    student_count: int
    session_count: int
    status: ExamStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamQuestionSnapshot:
    """A question's place in an exam.

    For staff the question is as it stands in the bank, with its key. For a student it is as it stands on the papers
    that the student sat: ``is_correct`` of its options is ``None``, and texts that would be the key are not listed.
    ``points`` are those that the author set, ``None`` for a share by weight.
    """

    id: int
    order: int
    code: str
    points: Decimal | None
    question_id: int
    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None
    teacher: UserSnapshot
    created_at: datetime
    options: tuple[OptionSnapshot, ...]
    usage_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamDetail:
    """An exam with the questions and sessions that the viewer may see; ``staff`` says whether the viewer is its staff."""

    row: ExamRow
    exam_questions: tuple[ExamQuestionSnapshot, ...]
    sessions: tuple[SessionRow, ...]
    favorites_count: int
    is_favorited: bool
    staff: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableExam:
    """An exam as its student sees it in a list.

    ``remaining`` is the time until its end while it goes on, until its start before, ``None`` after.
    """

    row: ExamRow
    can_start: bool
    remaining: timedelta | None
    is_favorited: bool
    has_session: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Favorite:
    """A student's bookmark of an exam."""

    id: int
    user: UserSnapshot
    exam: ExamRow
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamStatistics:
    """How an exam went: everybody who is in its class or sat it, every session, the scores of all results."""

    exam_id: int
    title: str
    total_score: int
    minutes: int
    total_students: int
    counts: StatusCounts
    scores: ScoreSummary
    completion_rate: float
    score_distribution: dict[str, int]
