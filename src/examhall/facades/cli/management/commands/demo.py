"""``manage.py demo``: plant a demo school into an empty database and say how to sign in."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from examhall.engine.demo.planting import PASSWORD, is_empty, plant
from examhall.facades.cli.demo.reading import read_content, write_drawings
from examhall.facades.cli.speaking import SpeakingCommand

_ACCOUNTS = ("admin@example.com", "teacher@example.com", "student@example.com", "candidato@example.com")


class Command(SpeakingCommand):
    help = gettext_noop("Plant a demo school when the database is empty; print the accounts and the first call to try.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help=_("the port that the printed address names"))

    def handle(self, *_args: Any, **options: Any) -> None:
        if is_empty():
            # The pictures first: a database that is in use is not planted again after an interruption.
            drawn = write_drawings(media_root=Path(settings.MEDIA_ROOT))
            plant(read_content(media_url=settings.MEDIA_URL), now=datetime.now(UTC))
            message = ngettext(
                "Planted the demo school with %(count)d picture.",
                "Planted the demo school with %(count)d pictures.",
                drawn,
            )
            self.stdout.write(message % {"count": drawn})
        else:
            self.stdout.write(_("The database is in use already: it is left as it is."))
        self._say_how_to_sign_in(options["port"])

    def _say_how_to_sign_in(self, port: int) -> None:
        address = f"http://localhost:{port}"
        lines = [
            "",
            _("examhall: %(address)s (interface description: %(address)s/docs/)") % {"address": address},
            "",
            _("Demo accounts, password %(password)s:") % {"password": PASSWORD},
            *(f"  {account}" for account in _ACCOUNTS),
            "",
            _("Try this first:"),
            f"  curl -X POST {address}/auth/login/ -H 'Content-Type: application/json' \\",
            f'    -d \'{{"email": "student@example.com", "password": "{PASSWORD}"}}\'',
            "",
        ]
        self.stdout.write("\n".join(lines))
