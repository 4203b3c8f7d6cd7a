"""``manage.py close_due``: close every session whose time is up, once or again and again, and forget old keys."""

import time
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import ngettext

from examhall.engine.closing import close_due_sessions
from examhall.engine.start_keys import forget_old_start_keys


class Command(BaseCommand):
    help = "Close every session whose time is up. Nothing depends on it: any access to a session does the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="go on until stopped, with so many seconds between the rounds",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        every: float | None = options["every"]
        while True:
            now = datetime.now(UTC)
            closed = close_due_sessions(now=now)
            forget_old_start_keys(now=now)
            message = ngettext("Closed %(count)d session.", "Closed %(count)d sessions.", closed)
            self.stdout.write(message % {"count": closed})
            if every is None:
                return
            time.sleep(every)
