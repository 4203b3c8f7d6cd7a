"""Telling the examples of companion-apis.md as a story: each call may use the ids that earlier answers gave."""

import re
from typing import Any

from examhall.domain.words import QuestionType, Role
from examhall.store.models import User
from tests.builders import make_class, make_question, make_user
from tests.contract.differences import differences, golden
from tests.facades.rest.api import Answer, api_of

# The database gives them, and those of a session follow from chance.
FREE = frozenset({"id", "code"})

_NAMED = re.compile(r"\{(\w+)\}")


class Story:
    """A teacher, a student and their class with two questions; ``ids`` are known to the calls by name."""

    def __init__(self) -> None:
        teacher = make_user("Test Teacher", Role.TEACHER, email="teacher@example.com")
        student = make_user("Test Student", email="student@example.com")
        group = make_class(teacher, student, name="Test Class 2024")
        even = make_question(
            teacher, "Two is even.", kind=QuestionType.TRUE_FALSE, options=(("True", True), ("False", False))
        )
        essay = make_question(teacher, "Why?", kind=QuestionType.ESSAY, options=())
        self.people: dict[str, User] = {"teacher": teacher, "student": student}
        self.ids = {
            "teacher": teacher.pk,
            "student": student.pk,
            "class": group.pk,
            "question": even.pk,
            "essay": essay.pk,
        }

    def send(self, example: dict[str, Any]) -> Answer:
        """Send one call of the story and learn the ids that it gives."""
        api = api_of(self.people[example["who"]])
        body = self._filled(example["request"])
        path = self._filled(example["path"])
        answer = api.send(example["method"], path) if body is None else api.send(example["method"], path, body)
        assert answer.status == example["status"], (example["path"], answer.body)
        for name, key in example["learn"].items():
            self.ids[name] = answer.data[key]
        return answer

    def _filled(self, value: Any) -> Any:
        """Put ids in place of their names: as numbers where a value is nothing but a name."""
        match value:
            case dict():
                return {key: self._filled(item) for key, item in value.items()}
            case list():
                return [self._filled(item) for item in value]
            case str() if whole := _NAMED.fullmatch(value):
                return self.ids[whole[1]]
            case str():
                return _NAMED.sub(lambda found: str(self.ids[found[1]]), value)
        return value


def tell(name: str) -> set[str]:
    """Send every call of ``golden/<name>.json`` in its order and return their names.

    An answer is compared where the example has one; a call without belongs to another contract and only moves the story on.
    """
    story, examples = Story(), golden(name)
    for call, example in examples.items():
        answer = story.send(example)
        if "answer" in example:
            assert not differences(example["answer"], answer.body, free=FREE), call
    return set(examples)
