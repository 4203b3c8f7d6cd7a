"""A deactivated account over HTTP: every process knows at the next request, whatever it remembered of the account."""

from functools import partial

import pytest

from tests.concurrency.http.accepting import can_tell, processes_behind
from tests.concurrency.http.client import Line, race
from tests.concurrency.http.conftest import Open
from tests.concurrency.http.people import sign_up_candidate, sign_up_student
from tests.concurrency.http.server import Site

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.xdist_group("http"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(not can_tell(), reason="this machine does not show which process holds a connection"),
]

_DISABLED = (401, "User account is disabled")


def test_no_process_takes_an_answer_of_a_deactivated_student(site: Site, line: Line, lines_of: Open) -> None:
    alice = sign_up_student(line)
    lines = lines_of(alice, 20)
    assert len(processes_behind(site, lines)) == site.processes
    session_id = lines[0].call("POST", "/sessions/start/", {"exam_id": site.school.exam_id}).data["id"]
    question = site.school.questions[0]
    chosen = {"exam_question_id": question.exam_question_id, "selected_answer_id": question.right.id}
    saves = [partial(each.call, "POST", f"/sessions/{session_id}/answers/", chosen) for each in lines]
    assert {answer.status for answer in race(saves)} == {201}
    site.deactivate(alice.email)
    assert {answer.refusal for answer in race(saves)} == {_DISABLED}
    assert {each.call("GET", f"/sessions/{session_id}/").refusal for each in lines} == {_DISABLED}
    assert line.call("POST", "/auth/refresh/", {"refresh": alice.refresh}).refusal == _DISABLED


def test_no_process_serves_a_deactivated_candidate(site: Site, line: Line, lines_of: Open) -> None:
    alice = sign_up_candidate(line)
    lines = lines_of(alice, 20)
    assert len(processes_behind(site, lines)) == site.processes
    looks = [partial(each.call, "GET", "/user_info/") for each in lines]
    assert {answer.status for answer in race(looks)} == {200}
    site.deactivate(alice.email)
    assert {answer.refusal for answer in race(looks)} == {(401, "Authentication required.")}
    begin = {"tipo_examen": "final"}
    assert {each.call("POST", "/get_exam_questions/", begin).status for each in lines} == {401}
