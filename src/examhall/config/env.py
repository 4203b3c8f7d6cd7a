"""Every setting that the environment can give: its name, default, meaning and how its text is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

from examhall.config import parsing

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class SettingsError(ImproperlyConfigured):
    """The environment holds values that examhall cannot start with; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[T_co]):
    """One variable of the environment.

    `default` is the text that an unset (or empty) variable stands for; `parse` raises ValueError with a text that
    completes "NAME must be …".
    """

    name: str
    default: str
    meaning: str
    parse: Callable[[str], T_co]


class Reader:
    """Read settings from one mapping and gather what is wrong, so that one start reports every mistake."""

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source
        self._problems: list[str] = []

    def read(self, setting: Setting[T]) -> T:
        """Return the value of a setting, or that of its default when the text is wrong."""
        text = self._source.get(setting.name, "").strip()
        if not text:
            return setting.parse(setting.default)
        try:
            return setting.parse(text)
        except ValueError as error:
            self.refuse(setting, f"must be {error}")
            return setting.parse(setting.default)

    def refuse(self, setting: Setting[object], problem: str) -> None:
        """Note a problem of a setting."""
        self._problems.append(f"{setting.name} {problem}.")

    def finish(self) -> None:
        """Report every problem found.

        :raises SettingsError: when there is at least one.
        """
        if self._problems:
            lines = "\n".join(f"  - {problem}" for problem in self._problems)
            message = f"examhall cannot start with these settings:\n{lines}\nEach setting: docs/operations/settings.md"
            raise SettingsError(message)


DATABASE_URL: Setting[str] = Setting(
    name="DATABASE_URL",
    default="",
    meaning="The database: `sqlite:///path`, `postgres://user:password@host:port/name` or `mysql://…` (also MariaDB). "
    "Unset: a SQLite file `examhall.sqlite3` in the data directory.",
    parse=parsing.database_url,
)
DATA_DIR: Setting[Path | None] = Setting(
    name="EXAMHALL_DATA_DIR",
    default="",
    meaning="The directory of the SQLite file, uploads and the development key; made at start. "
    "Unset: `var` in the checkout, or in the working directory when installed as a package.",
    parse=parsing.directory,
)
# The names of config.durability's demands.
LOSSY = (
    "synchronous",
    "journal_mode",
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "innodb_flush_log_at_trx_commit",
    "sync_binlog",
    "innodb_doublewrite",
    "storage_engine",
    "transaction_isolation",
)
ALLOW_LOSSY_DATABASE: Setting[frozenset[str]] = Setting(
    name="EXAMHALL_ALLOW_LOSSY_DATABASE",
    default="",
    meaning="Names of database settings, separated by commas, whose loss of commits you accept; `serve` refuses a "
    "database that has any other. For tests and trials, never for an exam.",
    parse=parsing.some_of(*LOSSY),
)
SECRET_KEY: Setting[str] = Setting(
    name="EXAMHALL_SECRET_KEY",
    default="",
    meaning="Signs tokens and cookies; at least 32 bytes. Whoever has it can sign in as anybody. "
    "Unset: a development key is made once and kept in the data directory.",
    parse=parsing.secret_key,
)
ALLOWED_HOSTS: Setting[list[str]] = Setting(
    name="EXAMHALL_ALLOWED_HOSTS",
    default="localhost,127.0.0.1,[::1]",
    meaning="Host names that the server answers to, separated by commas; any other Host header is refused with 400.",
    parse=parsing.hosts,
)
TEACHER_REGISTRATION: Setting[str] = Setting(
    name="EXAMHALL_TEACHER_REGISTRATION",
    default="closed",
    meaning="`open` lets anybody register as a teacher; `closed` leaves that to admins. Nobody registers as an admin.",
    parse=parsing.one_of("closed", "open"),
)
DEBUG: Setting[bool] = Setting(
    name="EXAMHALL_DEBUG",
    default="off",
    meaning="Django's debug mode: shows source and settings to whoever causes an error. Never on a server that others reach.",
    parse=parsing.switch,
)
GRACE_SECONDS: Setting[int] = Setting(
    name="EXAMHALL_GRACE_SECONDS",
    default="5",
    meaning="How late, in seconds, an answer may arrive after a session's end and still count; for the network only.",
    parse=parsing.whole_number(0, 300),
)
DIFFICULTY_WEIGHTS: Setting[dict[str, Decimal]] = Setting(
    name="EXAMHALL_DIFFICULTY_WEIGHTS",
    default="easy=1,medium=2,hard=3",
    meaning="How much a question of each difficulty weighs where its points are not given explicitly.",
    parse=parsing.weights("easy", "medium", "hard"),
)
COOKIE_SECURE: Setting[bool] = Setting(
    name="EXAMHALL_COOKIE_SECURE",
    default="off",
    meaning="Send cookies over HTTPS only. Switch it on wherever the server is reached over HTTPS.",
    parse=parsing.switch,
)
TRUSTED_PROXIES: Setting[int] = Setting(
    name="EXAMHALL_TRUSTED_PROXIES",
    default="0",
    meaning="How many proxies of your own stand in front of the server. 0: no forwarded address or scheme is believed.",
    parse=parsing.whole_number(0, 10),
)
METRICS: Setting[str] = Setting(
    name="EXAMHALL_METRICS",
    default="local",
    meaning="Who may read `/metrics`: `local` programs on this machine that ask for themselves, `open` anybody, `off` nobody.",
    parse=parsing.one_of("off", "local", "open"),
)
LOG_FORMAT: Setting[str] = Setting(
    name="EXAMHALL_LOG_FORMAT",
    default="console",
    meaning="`console` for people, `json` for one JSON object a line.",
    parse=parsing.one_of("console", "json"),
)
LANGUAGE: Setting[str] = Setting(
    name="EXAMHALL_LANGUAGE",
    default="en",
    meaning="The language of what management commands say: `en` or `es`. The APIs speak as their documents do, whatever this says.",
    parse=parsing.one_of("en", "es"),
)
LOG_LEVEL: Setting[str] = Setting(
    name="EXAMHALL_LOG_LEVEL",
    default="info",
    meaning="The least severe messages that are logged: `debug`, `info`, `warning` or `error`.",
    parse=parsing.one_of("debug", "info", "warning", "error"),
)
LOGIN_FAILURES: Setting[int] = Setting(
    name="EXAMHALL_LOGIN_FAILURES",
    default="10",
    meaning="Failed sign-ins of one account from one address after which that pair has to wait.",
    parse=parsing.whole_number(1, 20),
)
LOGIN_COOLOFF_SECONDS: Setting[int] = Setting(
    name="EXAMHALL_LOGIN_COOLOFF_SECONDS",
    default="300",
    meaning="How long, in seconds, such a pair of account and address has to wait.",
    parse=parsing.whole_number(1, 86_400),
)
HASHING_SLOTS: Setting[int | None] = Setting(
    name="EXAMHALL_HASHING_SLOTS",
    default="",
    meaning="Passwords that each server process checks or sets at a time, in threads of their own; further sign-ins wait in a line of "
    "their own (`EXAMHALL_LINE`). Unset: half of the cores, shared by the processes; at least 1.",
    parse=parsing.optional(parsing.whole_number(1, 64)),
)
IDEMPOTENCY_HOURS: Setting[int] = Setting(
    name="EXAMHALL_IDEMPOTENCY_HOURS",
    default="24",
    meaning="How long, in hours, a start that is asked for again with the same `Idempotency-Key` finds its session; "
    "`close_due` forgets older keys.",
    parse=parsing.whole_number(1, 8_760),
)
WORKERS: Setting[int | None] = Setting(
    name="EXAMHALL_WORKERS",
    default="",
    meaning="Server processes. Unset: 1 with SQLite (where more would starve each other), 2 with a database server.",
    parse=parsing.optional(parsing.whole_number(1, 256)),
)
THREADS: Setting[int | None] = Setting(
    name="EXAMHALL_THREADS",
    default="",
    meaning="Threads of each server process; each holds one database connection. Unset: 16.",
    parse=parsing.optional(parsing.whole_number(1, 64)),
)
LINE: Setting[int | None] = Setting(
    name="EXAMHALL_LINE",
    default="",
    meaning="Requests of each server process that may wait for a free thread; whoever comes then is told at once to come "
    "back in a second (503). Unset: 1,024, shared by the processes.",
    parse=parsing.optional(parsing.whole_number(1, 4_096)),
)
SAVE_LINE: Setting[int] = Setting(
    name="EXAMHALL_SAVE_LINE",
    default="256",
    meaning="Calls of each server process that may wait at a time for their answers to be written; whoever comes then is told at "
    "once to come back in a second (503).",
    parse=parsing.whole_number(1, 4_096),
)
CONNECTIONS: Setting[int] = Setting(
    name="EXAMHALL_CONNECTIONS",
    default="2048",
    meaning="Client connections that each server process keeps open, idle ones included; more wait until one ends.",
    parse=parsing.whole_number(1, 65_536),
)

SETTINGS: tuple[Setting[object], ...] = (
    DATABASE_URL,
    DATA_DIR,
    ALLOW_LOSSY_DATABASE,
    SECRET_KEY,
    ALLOWED_HOSTS,
    TEACHER_REGISTRATION,
    DEBUG,
    GRACE_SECONDS,
    DIFFICULTY_WEIGHTS,
    COOKIE_SECURE,
    TRUSTED_PROXIES,
    METRICS,
    LANGUAGE,
    LOG_FORMAT,
    LOG_LEVEL,
    LOGIN_FAILURES,
    LOGIN_COOLOFF_SECONDS,
    HASHING_SLOTS,
    IDEMPOTENCY_HOURS,
    WORKERS,
    THREADS,
    LINE,
    SAVE_LINE,
    CONNECTIONS,
)
