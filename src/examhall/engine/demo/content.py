"""What a demo school is made of, as it is read from the content files."""

from dataclasses import dataclass
from enum import StrEnum

from examhall.domain.kinds import AuthoredOption
from examhall.domain.words import Difficulty, QuestionType


class ExamAge(StrEnum):
    """Where an exam of the demo stands when it is planted."""

    PAST = "past"
    RUNNING = "running"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoQuestion:
    """A question of a content file; ``image_url`` is where its drawing is served."""

    key: str
    subject: str
    type: QuestionType
    difficulty: Difficulty
    text: str
    image_url: str | None
    options: tuple[AuthoredOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """A teacher (with a key that classes name) or a student."""

    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoExam:
    """An exam of a class; ``questions`` are keys, in the order of the paper."""

    age: ExamAge
    title: str
    description: str
    minutes: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClass:
    """A class of one subject; its teacher owns the subject's questions."""

    name: str
    subject: str
    teacher: str
    exams: tuple[DemoExam, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoContent:
    """Everything that is planted beside the contract's own example."""

    teachers: tuple[DemoPerson, ...]
    students: tuple[DemoPerson, ...]
    classes: tuple[DemoClass, ...]
    questions: tuple[DemoQuestion, ...]
    certification: tuple[DemoQuestion, ...]
