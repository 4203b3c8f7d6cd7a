"""A line of callers who are written in groups: who waits, who writes, and what becomes of trouble."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from examhall.engine.group_commit import GroupCommit

PATIENCE = 10
CALLERS = 24


class Trouble(Exception):
    """What a write of these tests fails with."""


def _thread() -> str:
    return threading.current_thread().name


class Desk:
    """Write items, one group at a time, and remember the groups; the first group waits until the gate is opened."""

    def __init__(self, write: Callable[[Sequence[int]], Sequence[int | BaseException]] | None = None) -> None:
        self.groups: list[list[int]] = []
        self.gate = threading.Event()
        self.entered = threading.Event()
        self._write = write or (lambda items: [10 * item for item in items])
        self._busy = threading.Lock()

    def __call__(self, items: Sequence[int]) -> Sequence[int | BaseException]:
        assert self._busy.acquire(blocking=False), "two writers at once"
        try:
            first = not self.groups
            self.groups.append(list(items))
            if first:
                self.entered.set()
                assert self.gate.wait(PATIENCE)
            return self._write(items)
        finally:
            self._busy.release()


def queue_up(
    pool: ThreadPoolExecutor, line: GroupCommit[int, int], desk: Desk, items: Sequence[int]
) -> list[Future[int]]:
    """Let the first item be written, and the others come, in their order, while it is."""
    calls: list[Future[int]] = [pool.submit(line, items[0])]
    assert desk.entered.wait(PATIENCE)
    for place, item in enumerate(items[1:], start=1):
        calls.append(pool.submit(line, item))
        deadline = threading.Event()
        while line.waiting < place:
            deadline.wait(0.001)
    return calls


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(CALLERS) as made:
        yield made


def test_a_lone_caller_is_written_at_once_and_alone() -> None:
    desk = Desk()
    desk.gate.set()
    line = GroupCommit[int, int](desk, most=8)
    assert [line(1), line(2)] == [10, 20]
    assert desk.groups == [[1], [2]]


def test_whoever_comes_during_a_write_is_written_together_afterwards(pool: ThreadPoolExecutor) -> None:
    desk = Desk()
    line = GroupCommit[int, int](desk, most=8)
    calls = queue_up(pool, line, desk, [1, 2, 3, 4])
    desk.gate.set()
    assert [call.result(PATIENCE) for call in calls] == [10, 20, 30, 40]
    assert desk.groups == [[1], [2, 3, 4]]


def test_a_group_is_no_larger_than_allowed_and_the_first_come_are_the_first_written(pool: ThreadPoolExecutor) -> None:
    desk = Desk()
    line = GroupCommit[int, int](desk, most=2)
    calls = queue_up(pool, line, desk, [1, 2, 3, 4, 5, 6])
    desk.gate.set()
    assert [call.result(PATIENCE) for call in calls] == [10, 20, 30, 40, 50, 60]
    assert desk.groups == [[1], [2, 3], [4, 5], [6]]


def test_the_line_is_free_again_after_a_group(pool: ThreadPoolExecutor) -> None:
    desk = Desk()
    line = GroupCommit[int, int](desk, most=8)
    calls = queue_up(pool, line, desk, [1, 2, 3])
    desk.gate.set()
    for call in calls:
        call.result(PATIENCE)
    assert pool.submit(line, 4).result(PATIENCE) == 40
    assert line.waiting == 0


def test_a_refusal_reaches_its_own_caller_only(pool: ThreadPoolExecutor) -> None:
    desk = Desk(lambda items: [Trouble(item) if item == 3 else 10 * item for item in items])
    line = GroupCommit[int, int](desk, most=8)
    calls = queue_up(pool, line, desk, [1, 2, 3, 4])
    desk.gate.set()
    assert [calls[0].result(PATIENCE), calls[1].result(PATIENCE), calls[3].result(PATIENCE)] == [10, 20, 40]
    with pytest.raises(Trouble, match="3"):
        calls[2].result(PATIENCE)


def test_when_a_group_cannot_be_written_each_is_written_alone(pool: ThreadPoolExecutor) -> None:
    def write(items: Sequence[int]) -> list[int | BaseException]:
        if 3 in items:
            raise Trouble(3)
        return [10 * item for item in items]

    desk = Desk(write)
    line = GroupCommit[int, int](desk, most=8)
    calls = queue_up(pool, line, desk, [1, 2, 3, 4])
    desk.gate.set()
    assert [calls[1].result(PATIENCE), calls[3].result(PATIENCE)] == [20, 40]
    with pytest.raises(Trouble):
        calls[2].result(PATIENCE)
    assert desk.groups == [[1], [2, 3, 4], [2], [3], [4]]


def test_a_lone_caller_in_trouble_is_not_written_twice() -> None:
    def write(items: Sequence[int]) -> list[int | BaseException]:
        raise Trouble(items)

    desk = Desk(write)
    desk.gate.set()
    line = GroupCommit[int, int](desk, most=8)
    with pytest.raises(Trouble):
        line(1)
    assert desk.groups == [[1]]


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_nobody_waits_for_ever_when_the_writer_is_to_end(pool: ThreadPoolExecutor, end: type[BaseException]) -> None:
    def write(items: Sequence[int]) -> list[int | BaseException]:
        if 2 in items:
            raise end
        return [10 * item for item in items]

    desk = Desk(write)
    line = GroupCommit[int, int](desk, most=2)
    calls = queue_up(pool, line, desk, [1, 2, 3, 4])
    desk.gate.set()
    assert [type(calls[place].exception(PATIENCE)) for place in (1, 2)] == [RuntimeError] * 2
    assert calls[3].result(PATIENCE) == 40


def test_nobody_waits_for_ever_when_outcomes_are_missing(pool: ThreadPoolExecutor) -> None:
    desk = Desk(lambda items: [10 * item for item in items if item != 3])
    line = GroupCommit[int, int](desk, most=2)
    calls = queue_up(pool, line, desk, [1, 2, 3, 4])
    desk.gate.set()
    assert [type(calls[place].exception(PATIENCE)) for place in (1, 2)] == [RuntimeError] * 2
    assert calls[3].result(PATIENCE) == 40


def test_one_thread_writes_for_everybody_and_rests_when_nobody_comes(pool: ThreadPoolExecutor) -> None:
    writers, rested = set[str](), list[str]()

    def write(items: Sequence[int]) -> list[int]:
        writers.add(_thread())
        return [10 * item for item in items]

    line = GroupCommit[int, int](write, most=3, rest=lambda: rested.append(_thread()), idle_seconds=0.01)
    assert list(pool.map(line, range(50))) == [10 * item for item in range(50)]
    deadline = time.monotonic() + PATIENCE
    while not rested:
        assert time.monotonic() < deadline
        time.sleep(0.001)
    assert line(7) == 70
    assert len(rested) >= 1
    assert set(rested) <= writers
    assert not any(writer.startswith("ThreadPool") for writer in writers)


def test_after_closing_the_next_call_finds_a_writer_again(pool: ThreadPoolExecutor) -> None:
    rested = list[str]()
    line = GroupCommit[int, int](
        lambda items: [10 * item for item in items], most=3, rest=lambda: rested.append(_thread())
    )
    line.close()
    assert line(1) == 10
    line.close()
    assert len(rested) == 1
    assert line(2) == 20
    line.close()
    assert len(rested) == 2


def test_closing_waits_for_those_who_stand_in_the_line(pool: ThreadPoolExecutor) -> None:
    desk = Desk()
    line = GroupCommit[int, int](desk, most=1)
    calls = queue_up(pool, line, desk, [1, 2, 3])
    closing = pool.submit(line.close)
    desk.gate.set()
    closing.result(PATIENCE)
    assert [call.result(PATIENCE) for call in calls] == [10, 20, 30]


def test_one_who_cannot_be_told_keeps_nobody_waiting(pool: ThreadPoolExecutor) -> None:
    desk = Desk()
    line = GroupCommit[int, int](desk, most=8)
    calls = queue_up(pool, line, desk, [1, 2])
    line.later(3, _deaf)
    last = pool.submit(line, 4)
    while line.waiting < 3:
        time.sleep(0.001)
    desk.gate.set()
    assert [call.result(PATIENCE) for call in (*calls, last)] == [10, 20, 40]
    assert line(5) == 50


def _deaf(_outcome: object) -> None:
    raise RuntimeError("nobody is there")


def test_where_no_thread_can_be_started_nothing_is_put_into_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []

    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    def write(items: Sequence[int]) -> Sequence[int]:
        written.extend(items)
        return items

    line = GroupCommit[int, int](write, most=8)
    with monkeypatch.context() as broken:
        broken.setattr(threading.Thread, "start", refuse)
        with pytest.raises(RuntimeError, match="can't start"):
            line(1)
    assert line(2) == 2
    assert written == [2]


def test_under_a_crowd_everybody_gets_the_own_outcome_and_is_written_once(pool: ThreadPoolExecutor) -> None:
    written: list[int] = []

    def write(items: Sequence[int]) -> list[int]:
        written.extend(items)
        return [10 * item for item in items]

    line = GroupCommit[int, int](write, most=5)
    calls = [pool.submit(line, item) for item in range(2000)]
    assert [call.result(PATIENCE) for call in calls] == [10 * item for item in range(2000)]
    assert sorted(written) == list(range(2000))
    assert line.waiting == 0
