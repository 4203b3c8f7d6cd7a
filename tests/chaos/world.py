"""What a crash test plants, and what the planted rows are called in the database."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[2]
TOTAL_SCORE = 100


class ExamPlan(msgspec.Struct, frozen=True, kw_only=True):
    """An exam to plant. Its window is given in seconds from the planting; ``minutes`` is the limit of one sitting."""

    max_attempts: int = 4
    minutes: int = 600
    opens_in: float = -86_400.0
    closes_in: float = 30 * 86_400.0


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A school to plant: students of one class, questions that all of its exams ask, and the exams."""

    students: int
    questions: int
    exams: list[ExamPlan]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A question of an exam with its options and the correct one, all by id."""

    id: int
    options: list[int]
    key: int


class PlantedExam(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """An exam that was planted."""

    id: int
    max_attempts: int
    places: list[Place]

    @cached_property
    def keys(self) -> Mapping[int, int]:
        """Return the correct option of each question."""
        return {place.id: place.key for place in self.places}


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What was planted: exams in the order of the plan, and the ids of the students."""

    exams: list[PlantedExam]
    students: list[int]


def hundredths(value: object) -> Decimal:
    """Return a score as the contract counts it; drivers hand out decimals, floats and integers."""
    return Decimal(str(value)).quantize(Decimal("0.01"))
