"""What leaves the engine about classes and who is in them."""

from dataclasses import dataclass
from datetime import datetime

from examhall.domain.words import ExamStatus
from examhall.engine.snapshots import ClassSnapshot, UserSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A class in a list: how many students are enrolled in it and how many exams it has."""

    class_obj: ClassSnapshot
    student_count: int
    exam_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A student in a class; ``id`` is the membership's, not the student's."""

    id: int
    student: UserSnapshot
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassExam:
    """An exam as its class lists it."""

    id: int
    title: str
    description: str
    total_score: int
    minutes: int
    start_time: datetime
    end_time: datetime
    created_at: datetime
    question_count: int
    status: ExamStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDetail:
    """A class with the students and exams that the viewer may see."""

    class_obj: ClassSnapshot
    students: tuple[Member, ...]
    exams: tuple[ClassExam, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyClass:
    """A class of the viewer.

    ``joined_at`` is ``None`` in a class that is open to every student and that the viewer was never put into; a teacher
    is in a class since it exists. ``available_exams`` counts those whose window is open now.
    """

    class_obj: ClassSnapshot
    joined_at: datetime | None
    exam_count: int
    available_exams: int
