"""A clock that steps: the server's wall clock jumps forth and back, its monotonic clock does not."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from tests.chaos.book import Book
from tests.chaos.databases.database import Unavailable
from tests.chaos.faults.fault import Fault, unhurt
from tests.chaos.scene import Scene
from tests.chaos.site import Site
from tests.chaos.stored import Stored
from tests.chaos.world import ExamPlan

_MINUTES = 10
_LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"
# Forth and back within the limit of a sitting; beyond it, so that every running session ends; and back before its start.
_STEPS = (0, 45, -60, 30, _MINUTES * 60 + 90, -120, 0)
_BRIEF_STEPS = (0, -60, _MINUTES * 60 + 90, 0)


class ClockSteps(Fault):
    """Sessions may end because the clock says so; what was acknowledged before is in their results."""

    name = "clock-steps"

    def exams(self) -> list[ExamPlan]:
        return [ExamPlan(minutes=_MINUTES, max_attempts=6)]

    def environment(self, site: Site) -> Mapping[str, str]:
        _offset_file(site).write_text("+0s\n")
        return {
            "LD_PRELOAD": _library(),
            "FAKETIME_TIMESTAMP_FILE": str(_offset_file(site)),
            "FAKETIME_CACHE_DURATION": "1",
            # Without, Python's own waiting hangs after a step.
            "DONT_FAKE_MONOTONIC": "1",
            # Its repair of waits for a certain moment takes every wait for the interpreter's lock through one lock of
            # its own: a fifteenth of the requests would be left. The monotonic clock is true, so nothing needs repair.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        }

    def happened(self, book: Book, stored: Stored) -> bool:  # noqa: ARG002
        return any(row.status == "timeout" for row in stored.sessions.values())

    async def injure(self, scene: Scene) -> None:
        for seconds in _BRIEF_STEPS if scene.brief else _STEPS:
            async with unhurt(scene):
                _offset_file(scene.site).write_text(f"{seconds:+d}s\n")
                # The library looks at the file once a second.
                await asyncio.sleep(1.5)
                scene.drive.hurt()


def _offset_file(site: Site) -> Path:
    return site.home / "clock"


def _library() -> str:
    found = sorted(Path("/").glob(_LIBRARIES.lstrip("/")))
    if not found:
        raise Unavailable("libfaketime is not installed (Debian's package libfaketime)")
    return str(found[0])
