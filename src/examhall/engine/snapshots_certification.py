"""What leaves the engine about certification exams: already cut down to what the candidate may see."""

from dataclasses import dataclass
from datetime import datetime

from examhall.domain.certification import CertificationKind, Outcome
from examhall.engine.snapshots import OptionSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedExam:
    """A running exam and the questions that it asks, in the candidate's order."""

    id: int
    question_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedQuestion:
    """A question put before the candidate, without its key."""

    question_id: int
    text: str
    image_url: str | None
    options: tuple[OptionSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationExam:
    """An exam of the candidate; ``outcome`` is ``None`` while it runs and where the reveal policy hides it."""

    id: int
    kind: CertificationKind
    started_at: datetime
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One question of an exam and what became of it.

    ``text`` is ``None`` and ``options`` are empty while the question may not be read; ``correct`` and ``is_correct`` are
    ``None`` while the key is hidden.
    """

    question_id: int
    text: str | None
    image_url: str | None
    options: tuple[OptionSnapshot, ...]
    selected: OptionSnapshot | None
    correct: OptionSnapshot | None
    is_correct: bool | None
    served_at: datetime | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySummary:
    """How many questions were answered, and how; ``correct`` and ``wrong`` are ``None`` while keys are hidden."""

    total: int
    correct: int | None
    wrong: int | None
    unanswered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamHistory:
    """An exam of the candidate, question by question."""

    exam: CertificationExam
    lines: tuple[HistoryLine, ...]
    summary: HistorySummary
