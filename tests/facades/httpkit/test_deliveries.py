"""Outcomes that other threads hand to the event loop."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from examhall.facades.httpkit.deliveries import Deliveries
from tests.facades.httpkit.front import PATIENCE, Loop, until

Settled = Callable[[int | BaseException], None]


def brought_by(others: ThreadPoolExecutor, number: int) -> Callable[[Settled], None]:
    """Return what lets other threads come to this number."""

    def begin(settled: Settled) -> None:
        others.submit(settled, number)

    return begin


def test_an_outcome_comes_from_another_thread(loop: Loop) -> None:
    deliveries = Deliveries[int]()
    with ThreadPoolExecutor(1) as other:
        assert loop.run(deliveries.wait(brought_by(other, 7))) == 7


def test_an_outcome_may_be_there_at_once(loop: Loop) -> None:
    assert loop.run(Deliveries[int]().wait(lambda settled: settled(7))) == 7


def test_a_refusal_is_raised(loop: Loop) -> None:
    with pytest.raises(LookupError, match="none"):
        loop.run(Deliveries[int]().wait(lambda settled: settled(LookupError("none"))))


def test_everybody_gets_the_own_outcome_however_many_threads_bring_them(loop: Loop) -> None:
    deliveries = Deliveries[int]()
    with ThreadPoolExecutor(8) as others:
        calls = [loop.begin(deliveries.wait(brought_by(others, number))) for number in range(2000)]
        assert [call.result(PATIENCE) for call in calls] == list(range(2000))


def test_an_outcome_after_the_end_of_the_loop_hurts_nobody() -> None:
    loop, brought = Loop(), list[Settled]()
    loop.begin(Deliveries[int]().wait(brought.append))
    until(lambda: bool(brought))
    loop.close()
    brought[0](7)


def test_an_outcome_for_somebody_who_has_gone_is_dropped(loop: Loop) -> None:
    deliveries = Deliveries[int]()
    brought: list[Settled] = []
    gone = loop.begin(deliveries.wait(brought.append))
    until(lambda: bool(brought))
    gone.cancel()
    stays = loop.begin(deliveries.wait(brought.append))
    until(lambda: len(brought) == 2)
    threading.Thread(target=lambda: [settled(place) for place, settled in enumerate(brought)]).start()
    assert stays.result(PATIENCE) == 1
