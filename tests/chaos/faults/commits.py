"""A crash at every commit of every call that writes, just before and just after it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from tests.chaos.client import Busy
from tests.chaos.crashing import FILE
from tests.chaos.faults.fault import Fault, NotRecovered, Untested
from tests.chaos.faults.sitters import NEEDED, Call, Sitters
from tests.chaos.scene import Scene
from tests.chaos.site import GRACE_SECONDS, Site
from tests.chaos.student import until_answered
from tests.chaos.wire import Unanswered, Unreachable
from tests.chaos.world import ExamPlan

_SETTINGS = "tests.chaos.crashing_settings"
# Time enough to sit down before the window of the short exam ends.
_WINDOW = 20.0
# A paper is frozen by the first start of its exam: each of these is started for the first time once.
_UNFROZEN = 8
# Single calls are followed to their last commit; of calls made at once these many commits are tried.
_MOST, _MOST_TOGETHER = 9, 3
_TRIES, _PAUSE = 30, 0.3

_BRIEF = frozenset({"saves at once", "closing by a look", "closing by the sweeper"})

Prepare = Callable[[], Awaitable[Call]]


class CommitCrashes(Fault):
    """The process ends before and after the n-th commit of a call, for every n that there is."""

    name = "commit-crashes"
    fewest_students = NEEDED

    def exams(self) -> list[ExamPlan]:
        return [ExamPlan(max_attempts=50), ExamPlan(closes_in=_WINDOW), *[ExamPlan()] * _UNFROZEN]

    def environment(self, site: Site) -> Mapping[str, str]:
        return {"DJANGO_SETTINGS_MODULE": _SETTINGS, FILE: str(_trap(site))}

    async def play(self, scene: Scene) -> None:
        await self.injure(scene)

    async def injure(self, scene: Scene) -> None:
        until = asyncio.get_running_loop().time() + _WINDOW + GRACE_SECONDS + 1
        sitters = Sitters(scene, self.environment(scene.site))
        await sitters.sit_down()
        alone, together, late = sitters.alone(), sitters.together(), sitters.late()
        if scene.brief:
            together, late = _some(together, _BRIEF), _some(late, _BRIEF)
        await _enumerate_all(scene, alone, most=_MOST)
        await _enumerate_all(scene, together, most=1 if scene.brief else _MOST_TOGETHER)
        await asyncio.sleep(max(0.0, until - asyncio.get_running_loop().time()))
        await _enumerate_all(scene, late, most=_MOST)


def _some(cases: Mapping[str, Prepare], names: frozenset[str]) -> dict[str, Prepare]:
    return {name: prepare for name, prepare in cases.items() if name in names}


async def _enumerate_all(scene: Scene, cases: Mapping[str, Prepare], *, most: int) -> None:
    for name, prepare in cases.items():
        met = await _enumerate(scene, prepare, most=most)
        if not met:
            message = f"the trap met no commit of '{name}'"
            raise Untested(message)
        scene.drive.notes.append(f"{name}: {met}")


async def _enumerate(scene: Scene, prepare: Prepare, *, most: int) -> int:
    """Crash at each commit of a call until one comes to its end without reaching it; return how many there are."""
    for number in range(1, most + 1):
        for side in ("before", "after"):
            call = await prepare()
            if not await _crash(scene, call, f"{side} {number}"):
                return number - 1
    return most


async def _crash(scene: Scene, call: Call, where: str) -> bool:
    """Make a call with the trap set; when it was sprung, repeat the call as its student would. Say whether it was.

    :raises NotRecovered: when the call is never answered.
    """
    loop = asyncio.get_running_loop()
    for _ in range(_TRIES):
        sprung, answered = await _try(scene, call, where)
        if answered:
            return sprung
        if sprung:
            failed_at = loop.time()
            try:
                await until_answered(call, scene.lot)
            except TimeoutError:
                break
            scene.drive.recoveries.append(loop.time() - failed_at)
            return True
        # The call never met the trap: the server was still on its way back from the crash before.
        await asyncio.sleep(_PAUSE)
    message = f"a call was not answered after a crash {where}"
    raise NotRecovered(message)


async def _try(scene: Scene, call: Call, where: str) -> tuple[bool, bool]:
    """Make a call once with the trap set; say whether it was sprung, and whether the call was answered."""
    trap = _trap(scene.site)
    trap.write_text(f"{secrets.token_hex(4)} {where}")
    try:
        await call()
    except (Busy, Unanswered, Unreachable):
        answered = False
    else:
        answered = True
    sprung = not trap.exists()
    trap.unlink(missing_ok=True)
    return sprung, answered


def _trap(site: Site) -> Path:
    return site.home / "trap"
