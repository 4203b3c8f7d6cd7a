"""``manage.py close_due``: close every session whose time is up, once or again and again, and forget old keys."""

import time
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from examhall.engine.closing import close_due_sessions
from examhall.engine.start_keys import forget_old_start_keys
from examhall.facades.cli.speaking import SpeakingCommand


class Command(SpeakingCommand):
    help = gettext_noop(
        "Close every session whose time is up. Nothing depends on it: any access to a session does the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar=_("SECONDS"),
            help=_("go on until stopped, with so many seconds between the rounds"),
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
