"""Simultaneous uses of one refresh token over HTTP: one wins."""

from collections import Counter
from functools import partial

import pytest

from tests.concurrency.http.client import Line, race
from tests.concurrency.http.conftest import Open
from tests.concurrency.http.people import sign_up_student

pytestmark = [pytest.mark.concurrency, pytest.mark.xdist_group("http"), pytest.mark.timeout(300)]

# What only a race can show is looked for more than once.
rounds = pytest.mark.parametrize("attempt", range(3))

_DEAD = (401, "Token is invalid or expired")


@rounds
def test_of_twenty_simultaneous_uses_of_a_refresh_token_exactly_one_wins(
    line: Line, lines_of: Open, attempt: int
) -> None:
    alice = sign_up_student(line)
    lines = lines_of(alice, 20)
    answers = race([partial(each.call, "POST", "/auth/refresh/", {"refresh": alice.refresh}) for each in lines])
    (won,) = (answer for answer in answers if answer.status == 200)
    assert Counter(answer.refusal for answer in answers if answer is not won) == {_DEAD: 19}
    assert line.call("POST", "/auth/refresh/", {"refresh": won.data["refresh"]}).status == 200
    line.headers = {"Authorization": f"Bearer {won.data['access']}"}
    assert line.call("GET", "/auth/profile/").data["email"] == alice.email


@rounds
def test_a_refresh_token_that_is_used_and_killed_at_once_is_dead_afterwards(
    line: Line, lines_of: Open, attempt: int
) -> None:
    alice = sign_up_student(line)
    lines = lines_of(alice, 12)
    paths = ("/auth/refresh/", "/auth/logout/")
    answers = race(
        [partial(each.call, "POST", paths[place % 2], {"refresh": alice.refresh}) for place, each in enumerate(lines)]
    )
    assert {answer.status for answer in answers[1::2]} == {200}
    assert sum(answer.status == 200 for answer in answers[::2]) <= 1
    assert line.call("POST", "/auth/refresh/", {"refresh": alice.refresh}).refusal == _DEAD
