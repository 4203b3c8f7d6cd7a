"""Simultaneous starts over HTTP: one session, and never an attempt too many."""

from collections import Counter
from functools import partial

import pytest

from tests.concurrency.http.client import Line, race
from tests.concurrency.http.conftest import Open
from tests.concurrency.http.people import sign_up_student
from tests.concurrency.http.school import ATTEMPTS
from tests.concurrency.http.server import Site

pytestmark = [pytest.mark.concurrency, pytest.mark.xdist_group("http"), pytest.mark.timeout(300)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))

_RUNNING = (400, "You already have an active session for this exam")
_USED_UP = (400, f"You have used all {ATTEMPTS} attempts of this exam")


def _sessions(line: Line, exam_id: int) -> list[dict[str, object]]:
    page: list[dict[str, object]] = line.call("GET", f"/sessions/my-sessions/?exam_id={exam_id}").data["results"]
    return page


@rounds
def test_twenty_simultaneous_starts_give_one_session(site: Site, line: Line, lines_of: Open, attempt: int) -> None:
    lines = lines_of(sign_up_student(line), 20)
    answers = race([partial(each.call, "POST", "/sessions/start/", {"exam_id": site.school.exam_id}) for each in lines])
    (started,) = (answer for answer in answers if answer.status == 201)
    assert Counter(answer.refusal for answer in answers if answer is not started) == {_RUNNING: 19}
    assert [row["id"] for row in _sessions(lines[0], site.school.exam_id)] == [started.data["id"]]


@rounds
def test_twenty_starts_under_one_key_all_get_the_one_session(
    site: Site, line: Line, lines_of: Open, attempt: int
) -> None:
    alice = sign_up_student(line)
    alice.headers["Idempotency-Key"] = "the same start"
    lines = lines_of(alice, 20)
    answers = race([partial(each.call, "POST", "/sessions/start/", {"exam_id": site.school.exam_id}) for each in lines])
    assert {answer.status for answer in answers} == {201}
    (session_id,) = {answer.data["id"] for answer in answers}
    assert [row["id"] for row in _sessions(lines[0], site.school.exam_id)] == [session_id]


@rounds
def test_starting_and_handing_in_at_once_cannot_pass_the_attempt_limit(
    site: Site, line: Line, lines_of: Open, attempt: int
) -> None:
    lines = lines_of(sign_up_student(line), 20)

    def go_on(mine: Line) -> list[int]:
        """Start and hand in, again and again, until no attempt is left; return what was started."""
        begun: list[int] = []
        while True:
            answer = mine.call("POST", "/sessions/start/", {"exam_id": site.school.exam_id})
            if answer.status == 201:
                begun.append(answer.data["id"])
                assert mine.call("POST", f"/sessions/{begun[-1]}/submit/").status == 200
            elif answer.refusal == _USED_UP:
                return begun
            else:
                assert answer.refusal == _RUNNING

    begun = [session_id for each in race([partial(go_on, each) for each in lines]) for session_id in each]
    assert len(begun) == len(set(begun)) == ATTEMPTS
    kept = _sessions(lines[0], site.school.exam_id)
    assert {row["id"] for row in kept} == set(begun)
    assert [row["status"] for row in kept] == ["completed"] * ATTEMPTS
