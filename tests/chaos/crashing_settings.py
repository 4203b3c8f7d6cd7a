"""The server's settings with the trap of tests.chaos.crashing."""

from examhall.config.settings import *  # noqa: F403
from examhall.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.crashing.Crashing"]
