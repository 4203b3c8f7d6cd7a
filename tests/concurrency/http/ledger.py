"""What a server acknowledged over HTTP, beside the result that it tells."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from tests.concurrency.http.client import Answer, Line
from tests.concurrency.http.school import Option, Question

CLOSED = (400, "Session is not active")
_MOST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """An acknowledged answer; ``sent_at`` on the monotonic clock."""

    option: Option
    sent_at: float


@dataclass(slots=True, kw_only=True)
class Page:
    """One question that one connection answers, right and wrong in turn, until the session is closed."""

    line: Line
    session_id: int
    question: Question
    bulk: bool
    acknowledged: list[Saved] = field(default_factory=list)

    def __call__(self) -> None:
        """Answer until refused, which must come."""
        for option in self._options():
            answer = self._save(option)
            if answer.status == 400:
                assert answer.refusal == CLOSED
                return
            self._check_acknowledged(answer, option)
            self.acknowledged.append(Saved(option=option, sent_at=answer.sent_at))
        pytest.fail("nobody closed the session")

    def _save(self, option: Option) -> Answer:
        item = {"exam_question_id": self.question.exam_question_id, "selected_answer_id": option.id}
        path = f"/sessions/{self.session_id}/answers/"
        return self.line.call("PUT", path, [item]) if self.bulk else self.line.call("POST", path, item)

    def _check_acknowledged(self, answer: Answer, option: Option) -> None:
        saved = answer.data
        if self.bulk:
            (outcome,) = saved
            assert (answer.status, outcome["success"]) == (200, True)
            saved = outcome["data"]
        else:
            assert answer.status == 201
        assert saved["selected_answer"]["id"] == option.id

    def _options(self) -> Iterator[Option]:
        for number in range(_MOST):
            yield self.question.wrong if number % 2 else self.question.right

    @property
    def last(self) -> Option | None:
        """Return the option acknowledged last."""
        return self.acknowledged[-1].option if self.acknowledged else None


def hand_in(line: Line, session_id: int, after: float = 0) -> Answer:
    """Hand a session in, so many seconds from now."""
    time.sleep(after)
    return line.call("POST", f"/sessions/{session_id}/submit/")


def check(result: dict[str, Any], session: dict[str, Any], pages: list[Page]) -> None:
    """Compare the ledger with the result and the log of a closed session: all of it, and nothing else."""
    summary = {line["question_text"]: line for line in result["answers_summary"]}
    assert len(summary) == len(pages)
    for page in pages:
        line = summary[page.question.text]
        assert line["selected_answer"] == (page.last.text if page.last else None)
        assert line["is_correct"] is (page.last == page.question.right)
        assert (line["score"] or 0) > 0 if line["is_correct"] else not line["score"]
    right = sum(page.last == page.question.right for page in pages)
    answered = sum(page.last is not None for page in pages)
    counts = {"correct": right, "wrong": answered - right, "unanswered": len(pages) - answered}
    assert {name: result[f"{name}_count"] for name in counts} == counts
    total = sum(Decimal(str(line["score"] or 0)) for line in result["answers_summary"])
    assert Decimal(str(result["total_score"])) == Decimal(str(session["total_score"])) == total
    actions = [entry["actions"] for entry in session["logs"]]
    assert sum(action.startswith("answer_") for action in actions) == sum(len(page.acknowledged) for page in pages)
    assert (actions.count("exam_started"), actions.count("exam_submitted")) == (1, 1)
