"""Run wrk with one of our scripts and read what came of it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec

_SCRIPTS = Path(__file__).resolve().parent / "lua"
# Longer than anything may take: wrk forgets the latency of an answer that comes after it.
_TIMEOUT_SECONDS = 90
_MARK, _THROUGH = "BENCH {", "BENCH-THROUGH"

MISSING = "The benchmark needs the load generator wrk (Debian and Ubuntu: apt-get install wrk)."


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of wrk came to; latencies are microseconds, as wrk has them."""

    good: int
    refused: int
    wrong: int
    microseconds: int
    oddity: str
    p50: int
    p95: int
    p99: int
    slowest: int
    connect_errors: int
    read_errors: int
    write_errors: int
    timeout_errors: int

    @property
    def seconds(self) -> float:
        """Return the time from the first request to the last answer."""
        return self.microseconds / 1e6

    @property
    def rate(self) -> float:
        """Return the good answers a second."""
        return self.good / self.seconds if self.microseconds else 0.0

    @property
    def broken(self) -> str:
        """Return how often which part of a connection failed; nothing when none did."""
        counts = {
            "connecting": self.connect_errors,
            "reading": self.read_errors,
            "writing": self.write_errors,
            "waiting too long": self.timeout_errors,
        }
        return ", ".join(f"{count} while {what}" for what, count in counts.items() if count)


class WrkFailed(Exception):
    """Wrk did not come to an end as it should; the text is what it said."""


def is_here() -> bool:
    """Say whether wrk is installed."""
    return shutil.which("wrk") is not None


def run(
    script: str, *, port: int, threads: int, connections: int, seconds: int, environment: Mapping[str, str]
) -> Load:
    """Generate load for so many seconds, or until each thread says that it is through.

    :raises WrkFailed: when it ends without a result.
    """
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", f"--timeout={_TIMEOUT_SECONDS}s"]
    command += ["--script", str(_SCRIPTS / f"{script}.lua"), f"http://127.0.0.1:{port}"]
    process = subprocess.Popen(
        command,
        env=dict(os.environ) | dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
    )
    said: list[str] = []
    through = 0
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if not line.startswith(_THROUGH):
                said.append(line)
                continue
            through += 1
            if through == threads:
                # It sleeps until its time is over, unless it is told to stop.
                process.send_signal(signal.SIGINT)
        process.wait()
    finally:
        process.kill()
        process.wait()
    result = next((line for line in said if line.startswith(_MARK)), None)
    if result is None:
        raise WrkFailed("wrk came to nothing:\n" + "".join(said)[-3000:])
    return msgspec.json.decode(result.partition(" ")[2], type=Load)
