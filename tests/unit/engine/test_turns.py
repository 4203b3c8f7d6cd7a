"""A fair lock: one at a time, in the order of arrival."""

import threading
import time

import pytest

from examhall.engine.turns import Turns

PATIENCE = 10


class Queue:
    """Threads that come one after the other while the first has its turn, and note the order in which they had theirs."""

    def __init__(self, count: int) -> None:
        self.turns, self.order, self.inside = Turns(), list[int](), 0
        self._threads = [threading.Thread(target=self._take, args=(number,)) for number in range(count)]

    def come(self) -> None:
        for number, thread in enumerate(self._threads, start=1):
            thread.start()
            deadline = time.monotonic() + PATIENCE
            while len(self.turns._line) < number:
                assert time.monotonic() < deadline
                time.sleep(0.001)

    def go(self) -> None:
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()

    def _take(self, number: int) -> None:
        with self.turns:
            self.inside += 1
            assert self.inside == 1
            self.order.append(number)
            time.sleep(0.001)
            self.inside -= 1


def test_whoever_came_first_is_served_first() -> None:
    queue = Queue(10)
    with queue.turns:
        queue.come()
    queue.go()
    assert queue.order == list(range(10))


def test_the_one_who_leaves_stands_at_the_end_again() -> None:
    queue = Queue(3)
    with queue.turns:
        queue.come()
    with queue.turns:
        queue.order.append(99)
    queue.go()
    assert queue.order == [0, 1, 2, 99]


def test_the_turn_is_handed_on_when_something_breaks() -> None:
    turns = Turns()
    with pytest.raises(LookupError), turns:
        raise LookupError
    with turns:
        pass
