"""What the processes of a run tell each other."""

from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the exam, by its place in it, and its options, all by id."""

    id: int
    options: list[int]


class Student(msgspec.Struct, frozen=True, kw_only=True):
    """A student, with an access token made for the run."""

    id: int
    email: str
    token: str


class World(msgspec.Struct, frozen=True, kw_only=True):
    """What was planted; the spare students sit for the capture and the profile, not for the load."""

    exam_id: int
    password: str
    questions: list[Question]
    students: list[Student]
    spare: list[Student]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a database says of itself through the server's own connection settings.

    ``lossy`` names what can lose an acknowledged commit; it is empty for a durable database. ``server_pid`` is the database
    server's first process, or None when it has none on this machine.
    """

    product: str
    settings: dict[str, str]
    lossy: list[str]
    workers: int
    threads: int
    server_pid: int | None


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """How many statements one call sends, transaction control aside."""

    save: int
    bulk: int


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What one process replays: so many threads for so many seconds, as the one with its number of several."""

    process: int
    processes: int
    threads: int
    seconds: int


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """How often one process replayed the statements of a save, in how many seconds, and of what processor time."""

    saves: int
    seconds: float
    processor: float


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What of the acknowledged answers the database holds; ``missing`` shows the first few that it does not."""

    acknowledged: int
    answers: int
    kept: int
    missing: list[str]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of the load's students."""

    sessions: int
    students: int
    running: int
    results: int


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a save: its shares of the time on the wall and of the processor time."""

    name: str
    wall: float
    processor: float


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Where saves in one process, one after the other, spend their time; microseconds of one save.

    The shares of ``layers`` add up to 1; ``inside`` is the part of all of them that lies in the transaction; ``calls`` holds
    functions with all that they call.
    """

    saves: int
    wall: float
    processor: float
    layers: list[Share]
    inside: Share
    calls: list[Share]
