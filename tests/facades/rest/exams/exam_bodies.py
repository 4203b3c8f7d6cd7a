"""Bodies of exams."""

from typing import Any

from tests.builders import World


def exam_body(world: World, **changes: Any) -> dict[str, Any]:
    """Return the body of a new exam with the world's questions, changed; ``...`` leaves a field out."""
    body: dict[str, Any] = {
        "class_obj": world.group.pk,
        "title": "Fractions",
        "description": "Chapter 5",
        "total_score": 30,
        "minutes": 25,
        "start_time": "2026-03-09T08:00:00Z",
        "end_time": "2026-03-12T08:00:00Z",
        "questions": [
            {"question_id": place.question_id, "order": number, "code": f"F{number}"}
            for number, place in enumerate(world.questions, start=1)
        ],
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not ...}
