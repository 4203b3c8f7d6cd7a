"""The command that every command of ours inherits: it speaks the installation's language."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation


class SpeakingCommand(BaseCommand):
    """Speak ``EXAMHALL_LANGUAGE``; ``help`` is marked with ``gettext_noop``.

    The language is this command's only: the default one stays that of the wire, and the server's threads have that.
    """

    def run_from_argv(self, argv: list[str]) -> None:
        """Run the command, faults of its arguments included, in the language."""
        with translation.override(settings.EXAMHALL_LANGUAGE):
            super().run_from_argv(argv)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Describe the command in the language."""
        with translation.override(settings.EXAMHALL_LANGUAGE):
            parser = super().create_parser(prog_name, subcommand, **kwargs)
            parser.description = translation.gettext(self.help)
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command in the language when it is called from Python."""
        with translation.override(settings.EXAMHALL_LANGUAGE):
            return super().execute(*args, **options)
