"""companion-apis.md, "Classes", "Questions", "Exams": shapes, messages and pages of every call of their tables."""

import pytest
import time_machine

from tests.builders import NOW
from tests.contract.companion_story import tell

pytestmark = pytest.mark.django_db

CLASSES = {"list", "create", "detail", "update", "delete", "my_classes", "students", "add_student", "remove_student"}
QUESTIONS = {
    "list",
    "create",
    "detail",
    "update",
    "delete",
    "my_questions",
    "add_answer",
    "update_answer",
    "delete_answer",
}
EXAMS = {
    "list",
    "create",
    "detail_teacher",
    "detail_student",
    "update",
    "delete_refused",
    "available",
    "add_question",
    "update_question",
    "remove_question",
    "favorite",
    "unfavorite",
    "favorites",
    "statistics",
}


@pytest.mark.parametrize(("noun", "calls"), [("classes", CLASSES), ("questions", QUESTIONS), ("exams", EXAMS)])
def test_every_call_of_a_table_answers_as_its_example(noun: str, calls: set[str]) -> None:
    with time_machine.travel(NOW, tick=False):
        assert calls <= tell(f"companion-apis-{noun}")
