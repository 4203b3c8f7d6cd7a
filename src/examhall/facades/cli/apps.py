"""The Django app that makes the management commands known."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Hold the management commands; it has no models."""

    name = "examhall.facades.cli"
    label = "examhall_cli"
