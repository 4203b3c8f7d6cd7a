"""How much of everything a run does."""

from dataclasses import dataclass

# In the order in which they run; before all of them, "saves" looks for the floor.
SCENARIOS = ("login", "start", "saves", "bulk", "heartbeats", "detail", "overload", "submit")
DATABASES = ("sqlite", "mariadb", "postgresql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes and times; seconds are whole, because wrk takes whole ones only.

    ``connections`` of single saves: the first is the one that everything is judged by. ``other_seconds`` go to bulk saves
    and overload, ``read_seconds`` to heartbeats and reading.
    """

    students: int
    logins: int
    connections: tuple[int, ...]
    warm_up_seconds: int
    save_seconds: int
    floor_seconds: int
    other_seconds: int
    read_seconds: int
    overload_times: int = 5
    storm_within_ms: int = 1000
    bulk_connections: int = 16


FULL = Plan(
    students=1000,
    logins=1000,
    connections=(64, 16, 256),
    warm_up_seconds=3,
    save_seconds=10,
    floor_seconds=8,
    other_seconds=7,
    read_seconds=5,
)
QUICK = Plan(
    students=330,
    logins=60,
    connections=(64,),
    warm_up_seconds=1,
    save_seconds=3,
    floor_seconds=2,
    other_seconds=2,
    read_seconds=1,
)
