"""sessions-api.md: its examples, played in their order, answered key by key, type by type and value by value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from examhall.store.models import ExamLog, ExamResult, ExamSession, StudentAnswer
from tests.contract.differences import differences, golden
from tests.contract.example_school import School, build_school
from tests.facades.rest.api import Answer, Api, token_for

STARTED = datetime(2025, 10, 22, 6, 44, 12, 587436, tzinfo=UTC)
# When the example answers and hands in.
LATER = datetime(2025, 10, 22, 6, 44, 12, 628878, tzinfo=UTC)

# Where a value stands in an answer.
Steps = tuple[str | int, ...]

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Play:
    """The example while it is played."""

    student: Api
    teacher: Api
    clock: time_machine.Traveller

    def start(self) -> Answer:
        return self.student.post("/sessions/start/", golden("sessions-1.1-request"))

    def answer(self) -> Answer:
        self.clock.move_to(LATER)
        return self.student.post(f"{self.path}answers/", golden("sessions-2.1-request"))

    def submit(self) -> Answer:
        return self.student.post(f"{self.path}submit/")

    @property
    def path(self) -> str:
        return f"/sessions/{ExamSession.objects.get().pk}/"


@pytest.fixture
def play() -> Iterator[Play]:
    """Set the example's scene at the moment of its start."""
    school: School = build_school()
    with time_machine.travel(STARTED, tick=False) as clock:
        expiry = int(datetime(2025, 10, 22, 7, 44, tzinfo=UTC).timestamp())
        yield Play(
            student=Api(token=token_for(school.student, exp=expiry)),
            teacher=Api(token=token_for(school.teacher, exp=expiry)),
            clock=clock,
        )


def _example(section: str, changes: dict[Steps, Any]) -> Any:
    """Return a golden example with what this run made of its own: ids, codes, and the departures on record."""
    example = golden(f"sessions-{section}")
    for path, value in changes.items():
        node = example
        for step in path[:-1]:
            node = node[step]
        assert not isinstance(node, dict) or path[-1] in node
        node[path[-1]] = value
    return example


def _same(answer: Answer, status: int, example: Any) -> None:
    assert answer.status == status, answer.body
    assert differences(example, answer.body, free=frozenset()) == []


def _session() -> ExamSession:
    return ExamSession.objects.get()


def _answer_id() -> int:
    return StudentAnswer.objects.get().pk


def _logs(*path: str | int) -> dict[Steps, Any]:
    rows = ExamLog.objects.order_by("id").values_list("id", flat=True)
    return {(*path, index, "id"): number for index, number in enumerate(rows)}


def _result(section: str) -> Any:
    session = _session()
    example = _example(
        section,
        {
            ("data", "id"): ExamResult.objects.get().pk,
            ("data", "session", "id"): session.pk,
            ("data", "session", "code"): session.code,
        },
    )
    # On record: an unanswered question is neither correct nor wrong, so the result counts it beside them.
    data = example["data"]
    example["data"] = {}
    for name, value in data.items():
        example["data"][name] = value
        if name == "wrong_count":
            example["data"]["unanswered_count"] = 0
    return example


def test_1_1_start_exam_session(play: Play) -> None:
    answer = play.start()
    changes: dict[Steps, Any] = {
        ("data", "id"): _session().pk,
        ("data", "code"): _session().code,
        ("data", "answers", 0, "id"): _answer_id(),
        # The example was written down a moment after its start.
        ("data", "time_remaining"): 3600,
        # On record: an unanswered question has no time of an answer.
        ("data", "answers", 0, "answered_at"): None,
    }
    _same(answer, 201, _example("1.1", changes))


def test_1_2_get_active_session(play: Play) -> None:
    play.start()
    play.clock.move_to(LATER)
    changes: dict[Steps, Any] = {("data", "id"): _session().pk, ("data", "code"): _session().code}
    _same(play.student.get("/sessions/active/"), 200, _example("1.2", changes))


def test_1_3_get_session_detail(play: Play) -> None:
    play.start()
    changes: dict[Steps, Any] = {
        ("data", "id"): _session().pk,
        ("data", "code"): _session().code,
        ("data", "answers", 0, "id"): _answer_id(),
        ("data", "answers", 0, "answered_at"): None,
        **_logs("data", "logs"),
    }
    _same(play.student.get(play.path), 200, _example("1.3", changes))


def test_1_4_submit_exam(play: Play) -> None:
    play.start()
    play.answer()
    answer = play.submit()
    _same(answer, 200, _result("1.4"))


def test_2_1_submit_answer(play: Play) -> None:
    play.start()
    _same(play.answer(), 201, _example("2.1", {("data", "id"): _answer_id()}))


def test_2_1_submit_answer_as_the_curl_example_does(play: Play) -> None:
    play.start()
    play.clock.move_to(LATER)
    answer = play.student.post(f"{play.path}answers/", {"exam_question_id": 27, "selected_answer_id": 121})
    _same(answer, 201, _example("2.1", {("data", "id"): _answer_id()}))


def test_2_2_update_answer(play: Play) -> None:
    play.start()
    play.clock.move_to(LATER)
    answer = play.student.put(f"{play.path}answers/{_answer_id()}/", golden("sessions-2.2-request"))
    _same(answer, 200, _example("2.2", {("data", "id"): _answer_id()}))


@pytest.mark.parametrize(
    ("section", "who", "path"),
    [("3.1", "student", "/sessions/my-sessions/"), ("3.2", "teacher", "/sessions/class/1/")],
)
def test_3_1_and_3_2_lists_of_sessions(play: Play, section: str, who: str, path: str) -> None:
    play.start()
    play.answer()
    play.submit()
    changes: dict[Steps, Any] = {
        ("data", "results", 0, "id"): _session().pk,
        ("data", "results", 0, "code"): _session().code,
    }
    _same(getattr(play, who).get(path), 200, _example(section, changes))


def test_3_3_get_exam_sessions(play: Play) -> None:
    play.start()
    play.answer()
    play.submit()
    changes: dict[Steps, Any] = {
        ("data", "sessions", "results", 0, "id"): _session().pk,
        ("data", "sessions", "results", 0, "code"): _session().code,
    }
    _same(play.teacher.get("/sessions/exam/1/"), 200, _example("3.3", changes))


def test_4_1_get_session_logs(play: Play) -> None:
    play.start()
    play.answer()
    play.submit()
    changes: dict[Steps, Any] = {
        ("data", "session", "id"): _session().pk,
        ("data", "session", "code"): _session().code,
        **_logs("data", "logs"),
    }
    _same(play.teacher.get(f"{play.path}logs/"), 200, _example("4.1", changes))


def test_4_2_log_page_action(play: Play) -> None:
    play.start()
    answer = play.student.post(f"{play.path}log-action/", golden("sessions-4.2-request"))
    _same(answer, 200, _example("4.2", {}))


def test_5_1_get_session_result(play: Play) -> None:
    play.start()
    play.answer()
    play.submit()
    _same(play.student.get(f"{play.path}result/"), 200, _result("5.1"))


def test_every_refusal_has_the_shape_of_the_example(play: Play) -> None:
    example = golden("sessions-errors")
    answer = play.student.post("/sessions/start/", {"exam_id": "one"})
    assert list(answer.body) == list(example)
    assert [type(value) for value in answer.body.values()] == [type(value) for value in example.values()]
    assert answer.body["success"] is example["success"] is False
    assert answer.errors == {"exam_id": ["Expected a whole number."]}


def test_every_example_is_played() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    stored = {file.stem.removeprefix("sessions-") for file in (Path(__file__).parent / "golden").glob("sessions-*")}
    assert stored == {name for name in stored if f'"{name}"' in source or f"sessions-{name}" in source}
    assert len(stored) == 17
