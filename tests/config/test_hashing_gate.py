"""So many passwords are hashed at a time, so many threads wait for it, the rest is told to come back."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from examhall.config.hashers import HashingGate, LeanArgon2Hasher, hashing_gate, hashing_places
from examhall.domain.errors import Overloaded


@pytest.fixture
def one_place(settings: Settings) -> Iterator[None]:
    """A process in which one thread may hash and none wait."""
    settings.EXAMHALL_HASHING_SLOTS, settings.EXAMHALL_THREADS = 1, 1
    hashing_gate.cache_clear()
    yield
    hashing_gate.cache_clear()


@pytest.mark.parametrize(
    ("slots", "threads", "places"),
    [(1, 1, 1), (1, 2, 2), (1, 3, 2), (1, 4, 3), (2, 4, 4), (1, 32, 17), (8, 64, 40)],
)
def test_the_slots_own_threads_and_half_of_the_others_may_hash_or_wait(slots: int, threads: int, places: int) -> None:
    assert hashing_places(slots=slots, threads=threads) == places


def test_no_more_than_the_slots_hash_at_the_same_time() -> None:
    gate, lock = HashingGate(slots=2, places=10), threading.Lock()
    running, most = 0, 0

    def hash_one(_: int) -> None:
        nonlocal running, most
        with gate.slot():
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.01)
            with lock:
                running -= 1

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(hash_one, range(10)))
    assert most == 2


def test_whoever_finds_no_place_is_refused_at_once() -> None:
    gate = HashingGate(slots=1, places=1)
    with gate.slot():
        began = time.perf_counter()
        with pytest.raises(Overloaded) as refused, gate.slot():
            pass
        assert time.perf_counter() - began < 0.5
    assert refused.value.context["retry_after"] == 1


def test_whoever_waits_too_long_is_refused_and_gives_the_place_back() -> None:
    gate = HashingGate(slots=1, places=2, patience=0.01)
    with gate.slot():
        for _ in range(3):
            with pytest.raises(Overloaded), gate.slot():
                pass
    with gate.slot():
        pass


def test_a_failure_inside_gives_slot_and_place_back() -> None:
    gate = HashingGate(slots=1, places=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), gate.slot():
            raise ZeroDivisionError
    with gate.slot():
        pass


def test_the_hasher_goes_through_the_gate(one_place: None) -> None:
    hasher = LeanArgon2Hasher()
    encoded = hasher.encode("correct horse", "somesalt")
    with hashing_gate().slot():
        with pytest.raises(Overloaded):
            hasher.encode("correct horse", "somesalt")
        with pytest.raises(Overloaded):
            hasher.verify("correct horse", encoded)
    assert hasher.verify("correct horse", encoded)
