"""The files of a run that the tasks share."""

from pathlib import Path

import msgspec

from bench.world import World

WORLD = "world.json"
LEDGER = "ledger.txt"
# Statements with their parameters, which JSON cannot hold: written and read by the run's own processes only.
STATEMENTS = "statements.pickle"


def world_in(directory: str) -> World:
    """Return what was planted."""
    return msgspec.json.decode((Path(directory) / WORLD).read_bytes(), type=World)
