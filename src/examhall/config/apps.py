"""The Django app that wires examhall into Django."""

from django.apps import AppConfig

from examhall.config.databases import lift_sqlite_limit


class ConfigConfig(AppConfig):
    """Make ready what must be before the first request; it has no models."""

    name = "examhall.config"
    label = "examhall_config"

    def ready(self) -> None:
        """Import the checks, which registers them, and adjust the database backend."""
        from examhall.config import checks  # noqa: F401, PLC0415 - Django wants its apps ready before

        lift_sqlite_limit()
