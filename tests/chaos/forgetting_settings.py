"""The server's settings with the faults of tests.chaos.forgetting."""

from examhall.config.settings import *  # noqa: F403
from examhall.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.forgetting.Forgetting"]
