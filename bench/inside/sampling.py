"""Look at the calls that are under way, again and again, by a signal: far less distortion than a tracing profiler."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType

_INTERVAL_SECONDS = 0.001

Stacks = Counter[tuple[CodeType, ...]]


@contextmanager
def sampled(*, processor: bool) -> Iterator[Stacks]:
    """Count the stacks, innermost call first, that are seen while the block runs in the main thread.

    ``processor``: look after every so much processor time of this process, rather than of time on the wall, in which
    waiting for the database counts.
    """
    seen: Stacks = Counter()
    timer, number = (signal.ITIMER_PROF, signal.SIGPROF) if processor else (signal.ITIMER_REAL, signal.SIGALRM)

    def look(_number: int, frame: FrameType | None) -> None:
        stack = []
        while frame is not None:
            stack.append(frame.f_code)
            frame = frame.f_back
        seen[tuple(stack)] += 1

    before = signal.signal(number, look)
    signal.setitimer(timer, _INTERVAL_SECONDS, _INTERVAL_SECONDS)
    try:
        yield seen
    finally:
        signal.setitimer(timer, 0)
        signal.signal(number, before)
