"""Profile saves in this process, through the WSGI application, one after the other."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.inside import sitting
from bench.inside.layers import in_transaction, layer_of
from bench.inside.sampling import Stacks, sampled
from bench.inside.work import world_in
from bench.world import ROOT, Profile, Share, World
from examhall.engine import saving

_WARM_UP = 200
_SEATS = 16
_CALLS = 120
# Saves that are timed together.
_CHUNK = 20


def run(directory: str, seconds: str) -> Profile:
    """Save for so many seconds without looking, then as long looking by the wall clock and by the processor's."""
    _write_here()
    saves = _saves(world_in(directory))
    for _ in range(_WARM_UP):
        next(saves)
    wall, processor = _timed(saves, float(seconds))
    with sampled(processor=False) as by_wall:
        _timed(saves, float(seconds))
    with sampled(processor=True) as by_processor:
        _timed(saves, float(seconds))
    return Profile(
        saves=_CHUNK * len(wall),
        wall=_undisturbed(wall),
        processor=_undisturbed(processor),
        layers=_shares(_layers, by_wall, by_processor),
        inside=_shares(_inside, by_wall, by_processor)[0],
        calls=_shares(_calls, by_wall, by_processor)[:_CALLS],
    )


def _write_here() -> None:
    """Let answers be written in the thread that saves: the sampler sees no other."""
    saves = saving._SAVES  # noqa: SLF001 - no use for a switch in the server

    def write(call: saving.SaveCall) -> saving.Outcomes:
        outcome = saves.write_in_turn([call])[0]
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    saves._line = write  # type: ignore[assignment]  # noqa: SLF001 - as above


def _saves(world: World) -> Iterator[None]:
    """Save one more answer each time it is asked."""
    seats = sitting.take_seats(world, world.spare[:_SEATS])
    for place in itertools.count():
        for question in world.questions:
            for seat in seats:
                sitting.save(seat, question, question.options[place % len(question.options)])
                yield


def _timed(saves: Iterator[None], seconds: float) -> tuple[list[float], list[float]]:
    """Return the microseconds a save on the wall and of the processor, of each chunk of saves in so many seconds."""
    wall, processor = [], []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun, used = time.monotonic(), time.process_time()
        for _ in range(_CHUNK):
            next(saves)
        wall.append(1e6 * (time.monotonic() - begun) / _CHUNK)
        processor.append(1e6 * (time.process_time() - used) / _CHUNK)
    return wall, processor


def _undisturbed(times: list[float]) -> float:
    """Return what a save takes in the fastest tenth of the chunks: other programs only ever make it slower."""
    fastest = sorted(times)[: max(1, len(times) // 10)]
    return sum(fastest) / len(fastest)


def _layers(seen: Stacks) -> Counter[str]:
    layers: Counter[str] = Counter()
    for stack, times in seen.items():
        layers[layer_of(stack)] += times
    return layers


def _inside(seen: Stacks) -> Counter[str]:
    return Counter({"inside the transaction": sum(times for stack, times in seen.items() if in_transaction(stack))})


def _calls(seen: Stacks) -> Counter[str]:
    """Count for each function the moments in which it, or what it called, was under way."""
    calls: Counter[str] = Counter()
    for stack, times in seen.items():
        for name in {_name(code.co_filename, code.co_qualname) for code in stack}:
            calls[name] += times
    return calls


def _name(filename: str, function: str) -> str:
    path = Path(filename)
    known = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{'/'.join(known.parts[-3:])} {function}"


def _shares(count: Callable[[Stacks], Counter[str]], by_wall: Stacks, by_processor: Stacks) -> list[Share]:
    """Return what is counted as shares of all moments seen, the largest on the wall first."""
    wall, processor = count(by_wall), count(by_processor)
    moments, ticks = max(1, by_wall.total()), max(1, by_processor.total())
    names = sorted({*wall, *processor}, key=lambda name: (-wall[name], -processor[name]))
    return [Share(name=name, wall=wall[name] / moments, processor=processor[name] / ticks) for name in names]
