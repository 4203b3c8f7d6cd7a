"""Simultaneous hand-ins over HTTP, and saves that race with them: one result, with all that was acknowledged in it."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.concurrency.http.client import Answer, Line, race
from tests.concurrency.http.conftest import Open
from tests.concurrency.http.ledger import Page, check, hand_in
from tests.concurrency.http.people import sign_up_student
from tests.concurrency.http.server import Site

pytestmark = [pytest.mark.concurrency, pytest.mark.xdist_group("http"), pytest.mark.timeout(300)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))


def _start(line: Line, exam_id: int) -> int:
    session_id: int = line.call("POST", "/sessions/start/", {"exam_id": exam_id}).data["id"]
    return session_id


@rounds
def test_twenty_simultaneous_hand_ins_give_one_result(site: Site, line: Line, lines_of: Open, attempt: int) -> None:
    lines = lines_of(sign_up_student(line), 20)
    session_id, question = _start(lines[0], site.school.exam_id), site.school.questions[0]
    chosen = {"exam_question_id": question.exam_question_id, "selected_answer_id": question.right.id}
    assert lines[0].call("POST", f"/sessions/{session_id}/answers/", chosen).status == 201
    answers = race([partial(hand_in, each, session_id) for each in lines])
    assert {answer.status for answer in answers} == {200}
    first = answers[0].data
    assert all(answer.data == first for answer in answers)
    assert first["correct_count"] == 1
    logs = lines[0].call("GET", f"/sessions/{session_id}/").data["logs"]
    assert sorted(entry["actions"] for entry in logs) == ["answer_submitted", "exam_started", "exam_submitted"]


@rounds
def test_an_acknowledged_save_is_in_the_total_and_none_comes_after_the_hand_in(
    site: Site, line: Line, lines_of: Open, attempt: int
) -> None:
    questions = site.school.questions
    *pens, first, second = lines_of(sign_up_student(line), len(questions) + 2)
    session_id = _start(first, site.school.exam_id)
    pages = [
        Page(line=pen, session_id=session_id, question=question, bulk=place % 3 == 2)
        for place, (pen, question) in enumerate(zip(pens, questions, strict=True))
    ]
    hands = [partial(hand_in, each, session_id, after=0.1 * attempt) for each in (first, second)]
    acts: list[Callable[[], Answer | None]] = [*pages, *hands]
    handed_in = [outcome for outcome in race(acts) if outcome is not None]
    assert [answer.status for answer in handed_in] == [200, 200]
    assert handed_in[0].data == handed_in[1].data
    told_at = min(answer.answered_at for answer in handed_in)
    assert [saved for page in pages for saved in page.acknowledged if saved.sent_at > told_at] == []
    check(handed_in[0].data, first.call("GET", f"/sessions/{session_id}/").data, pages)


def test_no_process_takes_an_answer_after_the_hand_in(site: Site, line: Line, lines_of: Open) -> None:
    lines = lines_of(sign_up_student(line), 20)
    session_id, question = _start(lines[0], site.school.exam_id), site.school.questions[0]
    before = hand_in(lines[0], session_id).data
    pages = [Page(line=each, session_id=session_id, question=question, bulk=False) for each in lines]
    race(pages)
    assert [page.acknowledged for page in pages] == [[]] * 20
    assert before["unanswered_count"] == len(site.school.questions)
    assert hand_in(lines[1], session_id).data == before
    assert lines[0].call("GET", f"/sessions/{session_id}/result/").data == before
