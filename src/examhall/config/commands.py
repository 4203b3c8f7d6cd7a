"""The entry point of the management commands."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import OperationalError, connection

from examhall.config.env import SettingsError


def main() -> None:
    """Run the command named in the arguments; a start that cannot work ends with one message that says why."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examhall.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.exit(str(error))
    except OperationalError as error:
        # With a connection it is a failure in the middle of something, and its traceback is worth having.
        if connection.connection is not None:
            raise
        sys.exit(_unreachable(error))


def _unreachable(error: OperationalError) -> str:
    place = connection.settings_dict
    where = ":".join(str(part) for part in (place["HOST"], place["PORT"]) if part)
    # Not connection.display_name: MariaDB's asks the server for it.
    name = f"{connection.vendor} database {str(place['NAME'])!r}" + (f" at {where}" if where else "")
    reason = " ".join(str(argument) for argument in error.args).strip()
    return (
        f"examhall cannot open its {name}:\n  {reason}\n"
        "Is it running, does the database exist, and is DATABASE_URL right? docs/operations/databases.md"
    )
