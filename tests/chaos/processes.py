"""Processes that a run starts: known by their ids, started again when they die, and ended whatever happens."""

import asyncio
import atexit
import contextlib
import os
import pwd
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

_POLL = 0.05
_START_LIMIT = 60.0
_STOP_LIMIT = 15.0
# Half a second, as a service manager waits before it starts a service anew.
_PAUSE = 0.5


class DidNotStart(Exception):
    """A program that the run needs did not come up."""


class Failed(Exception):
    """A program that was to do one thing did not do it."""


class _Process:
    """A started program and all that it starts in turn."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        self.popen = popen

    def ids(self) -> list[int]:
        """Return the ids of the program and of its living descendants, the program itself first.

        Whoever lost their parent is still known by the session that the program was started in.
        """
        main, rows = self.popen.pid, _table()
        found = [main] + [pid for pid, (_, session) in rows.items() if session == main and pid != main]
        # The list grows while it is walked: children of children.
        for known in found:
            found += [pid for pid, (parent, _) in rows.items() if parent == known and pid not in found]
        return [pid for pid in found if pid in rows]

    def signal(self, number: int) -> None:
        """Send a signal to the program first and then to its descendants as they were before."""
        for pid in self.ids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def end(self) -> None:
        """Kill what is left, until nothing is."""
        while left := self.ids():
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.popen.poll()
        self.popen.wait()


def _table() -> dict[int, tuple[int, int]]:
    """Return parent and session of every process of this machine that is not dead already."""
    rows: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            # The name in parentheses may hold anything.
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if fields[0] not in {"Z", "X"}:
                rows[int(entry.name)] = (int(fields[1]), int(fields[3]))
    return rows


_running: set[_Process] = set()


@atexit.register
def end_all() -> None:
    """End whatever still runs; the last resort of a run that is torn down."""
    for process in list(_running):
        process.end()


def _spawn(
    command: Sequence[str],
    *,
    out: IO[bytes],
    env: Mapping[str, str] | None,
    account: pwd.struct_passwd | None,
    cwd: Path | None,
) -> _Process:
    popen = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        env=env,
        cwd=cwd,
        user=None if account is None else account.pw_uid,
        group=None if account is None else account.pw_gid,
        extra_groups=None if account is None else [],
        start_new_session=True,
    )
    process = _Process(popen)
    _running.add(process)
    return process


async def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    account: pwd.struct_passwd | None = None,
    cwd: Path | None = None,
) -> str:
    """Run a program to its end and return what it printed.

    :raises Failed: when it ends with an error.
    """
    with tempfile.TemporaryFile() as out:
        process = _spawn(command, out=out, env=env, account=account, cwd=cwd)
        try:
            while process.popen.poll() is None:
                await asyncio.sleep(_POLL)
        finally:
            process.end()
            _running.discard(process)
        out.seek(0)
        text = out.read().decode(errors="replace")
    if process.popen.returncode:
        message = f"{Path(command[0]).name} ended with {process.popen.returncode}: {text[-1500:]}"
        raise Failed(message)
    return text


class Service:
    """A program that is started again whenever it ends, as a service manager would."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        ready: Callable[[], bool],
        log: Path,
        env: Mapping[str, str] | None = None,
        account: pwd.struct_passwd | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.name = name
        self._command = list(command)
        self._ready = ready
        self._log = log
        self._env = None if env is None else dict(env)
        self._account = account
        self._cwd = cwd
        self._process: _Process | None = None
        self._watcher: asyncio.Task[None] | None = None
        self.restarts = 0

    async def start(self) -> None:
        """Start the program and wait until it is ready.

        :raises DidNotStart: when it is not in time.
        """
        self._spawn()
        self._watcher = asyncio.create_task(self._watch())
        await self.wait_ready()

    async def wait_ready(self, seconds: float = _START_LIMIT) -> None:
        """Wait until the program does what it is there for.

        :raises DidNotStart: when it does not in time.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not await asyncio.to_thread(self._ready):
            if loop.time() > until:
                message = f"{self.name} is not ready after {seconds:.0f} s: {self.last_words()}"
                raise DidNotStart(message)
            await asyncio.sleep(_POLL)

    async def stop(self, number: int = signal.SIGTERM) -> None:
        """Ask the program to end and see to it."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.popen.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.popen.wait, _STOP_LIMIT)
        self.end()

    def end(self) -> None:
        """Kill the program now, for good."""
        if self._watcher is not None:
            self._watcher.cancel()
        if self._process is not None:
            self._process.end()
            _running.discard(self._process)
            self._process = None

    def ids(self) -> list[int]:
        """Return the ids of all of its processes, the main one first."""
        return [] if self._process is None else self._process.ids()

    def signal(self, number: int) -> None:
        """Send a signal to all of its processes, the main one first."""
        if self._process is not None:
            self._process.signal(number)

    def last_words(self, most: int = 600) -> str:
        """Return the end of its log."""
        return self._log.read_text(errors="replace")[-most:] if self._log.exists() else ""

    def _spawn(self) -> None:
        with self._log.open("ab") as log:
            self._process = _spawn(self._command, out=log, env=self._env, account=self._account, cwd=self._cwd)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_POLL)
            if self._process is not None and self._process.popen.poll() is not None:
                # What it left behind ends with it.
                self._process.end()
                _running.discard(self._process)
                await asyncio.sleep(_PAUSE)
                self.restarts += 1
                self._spawn()
