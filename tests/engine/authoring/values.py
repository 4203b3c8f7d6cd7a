"""The values of an exam that the tests of authoring start from."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from examhall.domain.authoring import ExamValues
from examhall.domain.words import RevealPolicy, Weighting
from examhall.engine.authoring import create_exam, update_exam
from examhall.engine.exam_places import PlaceValues
from examhall.engine.snapshots_exams import ExamDetail
from tests.builders import NOW, World, actor


def exam_values(**changes: Any) -> ExamValues:
    """Return the values of a new exam, none of them a default."""
    values: dict[str, Any] = {
        "title": "Fractions",
        "description": "Chapter 5",
        "total_score": 30,
        "minutes": 25,
        "start_time": NOW - timedelta(minutes=30),
        "end_time": NOW + timedelta(days=2),
        "reveal_policy": RevealPolicy.AFTER_CLOSE,
        "max_attempts": 3,
        "draw_count": None,
        "question_seconds": 90,
        "shuffle": True,
        "partial_credit": True,
        "weighting": Weighting.EQUAL,
        "pass_mark": 65,
    }
    return ExamValues(**{**values, **changes})


def create(world: World, places: Sequence[PlaceValues] = (), **changes: Any) -> ExamDetail:
    """Make an exam of the world's class as its teacher."""
    return create_exam(
        actor=actor(world.teacher),
        class_id=world.group.pk,
        values=exam_values(**changes),
        places=places,
        now=NOW,
    )


def update(world: World, places: Sequence[PlaceValues] | None = None, **changes: Any) -> ExamDetail:
    """Change the world's exam as its teacher; ``class_id`` and ``now`` are no values of the exam itself."""
    class_id, now = changes.pop("class_id", None), changes.pop("now", NOW)
    return update_exam(
        actor=actor(world.teacher),
        exam_id=world.exam.pk,
        changes=changes,  # type: ignore[arg-type]  # a test's shorthand
        class_id=class_id,
        places=places,
        now=now,
    )
