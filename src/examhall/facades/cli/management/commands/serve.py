"""`manage.py serve`: serve examhall over HTTP."""

import resource
import socket
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from granian.constants import HTTPModes, Interfaces, Loops
from granian.server.mp import MPServer

from examhall.facades.cli.speaking import SpeakingCommand
from examhall.facades.httpkit import metrics_files

_RESPAWN_SECONDS = 1.0
_SHUTDOWN_SECONDS = 10
# Database connections, files and what Python itself holds, besides the clients' connections.
_OTHER_FILES = 256
# The server's own lines go where all others go, in the same form.
_LOGGING = {
    "loggers": {name: {"handlers": [], "level": "INFO", "propagate": True} for name in ("_granian", "granian.access")},
}


class Command(SpeakingCommand):
    help = gettext_noop("Serve examhall over HTTP, with processes and threads that suit the database.")
    # Run in handle(), once, together with those of the database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: %(default)s)"))
        parser.add_argument("--port", default=8000, type=_port, help=_("port to listen on (default: %(default)s)"))

    def handle(self, *, host: str, port: int, **options: Any) -> None:  # noqa: ARG002
        # Before the checks, which import all there is. Two servers of one data directory differ by their ports.
        with metrics_files.counting_in(settings.EXAMHALL_DATA_DIR / "metrics" / str(port)):
            self._serve(host, port)

    def _serve(self, host: str, port: int) -> None:
        self.check(databases=["default"], display_num_errors=False)
        _refuse_old_tables()
        _refuse_taken_port(host, port)
        # Only now is it certain that no other server counts there.
        metrics_files.clear()
        _allow_open_files(settings.EXAMHALL_CONNECTIONS + _OTHER_FILES)
        database = connection.display_name
        # Each server process opens its own connections; this one would be held for nothing.
        connection.close()
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(
            _(
                "examhall serves %(address)s on %(database)s (processes: %(workers)d, threads of each: %(threads)d). "
                "Stop it with Ctrl+C."
            )
            % {
                "address": f"http://{shown}:{port}/",
                "database": database,
                "workers": settings.EXAMHALL_WORKERS,
                "threads": settings.EXAMHALL_THREADS,
            }
        )
        self.stdout.flush()
        _server(host, port).serve()


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 2**16:
        return int(text)
    message = _("%(text)r is no port: a number from 1 to 65535 is")
    raise ArgumentTypeError(message % {"text": text})


def _refuse_old_tables() -> None:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        message = ngettext(
            "The database lacks %(count)d migration. Run: python manage.py migrate",
            "The database lacks %(count)d migrations. Run: python manage.py migrate",
            missing,
        )
        raise CommandError(message % {"count": missing})


def _refuse_taken_port(host: str, port: int) -> None:
    """Try the address first: the server itself ends with a backtrace where it cannot listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = _("Cannot listen on %(host)s, port %(port)d: %(reason)s. Choose another with --port.")
            raise CommandError(message % {"host": host, "port": port, "reason": error.strerror}) from error


def _allow_open_files(wanted: int) -> None:
    """Raise this process's limit of open files as far as it may go: its usual 1,024 are too few for a school."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _server(host: str, port: int) -> MPServer:
    return MPServer(
        settings.EXAMHALL_SERVER_TARGET,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.EXAMHALL_WORKERS,
        loop=Loops.asyncio,
        # Counts connections, and an idle one counts too.
        backpressure=settings.EXAMHALL_CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=_RESPAWN_SECONDS,
        workers_kill_timeout=_SHUTDOWN_SECONDS,
        log_dictconfig=_LOGGING,
    )
