"""While the reveal policy hides the key, no answer of the server depends on it.

The same student does the same things in two worlds that differ in their keys only. What the server says must be the same
in both, byte for byte, ids and codes aside.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from examhall.domain.words import QuestionType
from examhall.store.models import ExamQuestion, QuestionAnswer
from tests.builders import NOW, make_class, make_exam, make_question, make_user
from tests.facades.rest.api import Answer, Api, api_of

pytestmark = pytest.mark.django_db

_IDS = ("id", "exam_question_id")
# Codes of sessions, and the numbers that tests/builders.py puts into addresses.
_ONCE = re.compile(r"EXAM_\d{8}_[0-9A-F]{8}|\.\d+@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """A student, the exam, and everything that the server has said so far."""

    api: Api
    exam_id: int
    places: tuple[ExamQuestion, ...]
    said: list[Any]

    def hear(self, answer: Answer) -> Any:
        """Remember an answer and return its data, or ``None`` for a refusal."""
        self.said.append({"status": answer.status, "body": answer.body})
        return answer.body.get("data")

    def option(self, place: int, text: str) -> int:
        return QuestionAnswer.objects.get(question_id=self.places[place].question_id, text=text).pk

    def responses(self) -> list[dict[str, object]]:
        """Return one response to each question, the same in both worlds: right in one, wrong in the other."""
        chosen: list[dict[str, object]] = [
            {"selected_answer_id": self.option(0, "21")},
            {"selected_answer_ids": [self.option(1, "2"), self.option(1, "3")]},
            {"selected_answer_id": self.option(2, "True")},
            {"answer_text": "five"},
            {"answer_text": "In the beginning"},
        ]
        return [{"exam_question_id": row.pk, **body} for row, body in zip(self.places, chosen, strict=True)]


def _sitter(*, first_key: bool, **exam: Any) -> Sitter:
    """Make a world; ``first_key`` chooses between two keys for the same questions."""
    teacher = make_user("Teresa Teacher")
    alice = make_user("Alice Owner")
    one, other = first_key, not first_key
    questions = (
        make_question(teacher, "Prime?", options=(("21", one), ("23", other), ("25", False))),
        make_question(teacher, "All primes?", options=(("2", True), ("3", one), ("9", other))),
        make_question(teacher, "So?", kind=QuestionType.TRUE_FALSE, options=(("True", one), ("False", other))),
        make_question(teacher, "2 + 3?", kind=QuestionType.FILL_BLANK, options=(("five" if first_key else "5", True),)),
        make_question(teacher, "Tell.", kind=QuestionType.ESSAY, options=()),
    )
    made = make_exam(make_class(teacher, alice), *questions, points=(Decimal(7), None, None, None, None), **exam)
    places = tuple(ExamQuestion.objects.filter(exam=made).order_by("order"))
    return Sitter(api=api_of(alice), exam_id=made.pk, places=places, said=[])


def _look(sitter: Sitter, session: int) -> None:
    """Read everything that a student can read of a session and its exam."""
    for path in (f"{session}/", f"{session}/logs/", f"{session}/result/", "active/", "my-sessions/"):
        sitter.hear(sitter.api.get(f"/sessions/{path}"))
    for path in (f"/exams/{sitter.exam_id}/", "/exams/available/", "/classes/my-classes/"):
        sitter.hear(sitter.api.get(path))


def _work(sitter: Sitter) -> int:
    """Start, answer in every way that there is, and look around."""
    started = sitter.hear(sitter.api.post("/sessions/start/", {"exam_id": sitter.exam_id}))
    session: int = started["id"]
    path = f"/sessions/{session}/answers/"
    for body in sitter.responses():
        sitter.hear(sitter.api.post(path, body))
    sitter.hear(sitter.api.put(path, sitter.responses()))
    for answer, body in zip(started["answers"], sitter.responses(), strict=True):
        change = {name: value for name, value in body.items() if name != "exam_question_id"}
        sitter.hear(sitter.api.put(f"{path}{answer['id']}/", change))
    foreign = {"exam_question_id": sitter.places[0].pk, "selected_answer_id": sitter.option(2, "True")}
    sitter.hear(sitter.api.post(path, foreign))
    sitter.hear(sitter.api.post("/sessions/start/", {"exam_id": sitter.exam_id}))
    _look(sitter, session)
    return session


def _running(sitter: Sitter) -> None:
    _work(sitter)


def _handed_in(sitter: Sitter) -> None:
    session = _work(sitter)
    sitter.hear(sitter.api.post(f"/sessions/{session}/submit/"))
    sitter.hear(sitter.api.post(f"/sessions/{session}/submit/"))
    _look(sitter, session)


def _timed_out(sitter: Sitter) -> None:
    session = _work(sitter)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        _look(sitter, session)


def _second_attempt(sitter: Sitter) -> None:
    """Hand in an attempt that comes to the same total in both worlds: totals stay visible, only its keys hide again."""
    started = sitter.hear(sitter.api.post("/sessions/start/", {"exam_id": sitter.exam_id}))
    session: int = started["id"]
    sitter.hear(sitter.api.post(f"/sessions/{session}/answers/", sitter.responses()[-1]))
    sitter.api.post(f"/sessions/{session}/submit/")
    _work(sitter)
    _look(sitter, session)


def _said(story: Callable[[Sitter], None], *, first_key: bool, **exam: Any) -> Any:
    sitter = _sitter(first_key=first_key, **exam)
    story(sitter)
    return _canonical(sitter.said)


def _canonical(node: Any) -> Any:
    """Blank what two worlds never share: ids, codes of sessions, numbers of addresses."""
    if isinstance(node, dict):
        return {name: None if name in _IDS else _canonical(child) for name, child in node.items()}
    if isinstance(node, list):
        return [_canonical(child) for child in node]
    return _ONCE.sub("…", node) if isinstance(node, str) else node


def _leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        for child in node.values():
            yield from _leaves(child)
    elif isinstance(node, list):
        for child in node:
            yield from _leaves(child)
    else:
        yield node


@pytest.mark.parametrize(
    ("policy", "story", "exam"),
    [
        ("after_submit", _running, {}),
        ("after_submit", _second_attempt, {"max_attempts": 2}),
        ("after_close", _running, {}),
        ("after_close", _handed_in, {}),
        ("after_close", _timed_out, {}),
        ("never", _running, {}),
        ("never", _handed_in, {}),
        ("never", _timed_out, {}),
    ],
)
def test_while_hidden_the_key_changes_nothing_that_is_said(
    policy: str, story: Callable[[Sitter], None], exam: dict[str, Any]
) -> None:
    one = _said(story, first_key=True, reveal_policy=policy, **exam)
    other = _said(story, first_key=False, reveal_policy=policy, **exam)
    assert one == other
    assert "five" in set(_leaves(one))


@pytest.mark.parametrize(
    ("policy", "story"),
    [("open", _running), ("on_answer", _running), ("after_submit", _handed_in), ("after_submit", _timed_out)],
)
def test_where_the_policy_shows_the_key_it_is_seen(policy: str, story: Callable[[Sitter], None]) -> None:
    one = _said(story, first_key=True, reveal_policy=policy)
    assert one != _said(story, first_key=False, reveal_policy=policy)
