"""What is done to the server while students work, a module for each kind of fault."""

from tests.chaos.faults.clock import ClockSteps
from tests.chaos.faults.commits import CommitCrashes
from tests.chaos.faults.control import ForgettingServer, LossyDatabase
from tests.chaos.faults.disk import FullDisk
from tests.chaos.faults.fault import Fault
from tests.chaos.faults.freeze import FrozenDatabase
from tests.chaos.faults.kills import KilledDatabase, KilledServer, KilledWorker
from tests.chaos.faults.replies import BadNetwork

__all__ = ["CONTROLS", "FAULTS", "Fault"]

_ALL: tuple[type[Fault], ...] = (
    KilledWorker,
    KilledServer,
    CommitCrashes,
    KilledDatabase,
    FrozenDatabase,
    FullDisk,
    BadNetwork,
    ClockSteps,
)
FAULTS: dict[str, type[Fault]] = {fault.name: fault for fault in _ALL}
CONTROLS: dict[str, type[Fault]] = {fault.name: fault for fault in (ForgettingServer, LossyDatabase)}
