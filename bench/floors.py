"""The floor beneath the saves: their statements, without Django and HTTP, before the server starts."""

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bench import children
from bench.cpu import Meter
from bench.figures import Floor
from bench.world import Facts, Replay, Replayed


def floor(directory: Path, *, facts: Facts, seconds: int, environment: Mapping[str, str]) -> Floor:
    """Replay what was captured in as many processes and threads as the server has."""
    orders = [
        Replay(process=number, processes=facts.workers, threads=facts.threads, seconds=seconds)
        for number in range(facts.workers)
    ]
    before = _meter(facts)
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(
                children.begun_task(
                    "floor", str(directory), msgspec.json.encode(order).decode(), environment=environment
                )
            )
            for order in orders
        ]
        replayed = [children.result(Replayed, "floor", process) for process in processes]
    used = _meter(facts).since(before)
    saved = sum(each.saves for each in replayed)
    processor = sum(each.processor for each in replayed) + (used.database or 0.0)
    return Floor(rate=saved / max(each.seconds for each in replayed), ms=1000 * processor / max(1, saved))


def _meter(facts: Facts) -> Meter:
    return Meter.read(server=None, database=facts.server_pid, at=time.monotonic())
