"""Run one task with Django: ``python -m bench.inside TASK [ARGUMENT …]``; its result goes to stdout as JSON."""

import importlib
import os
import sys

import django
import msgspec


def main() -> None:
    """Set Django up first: the modules of the tasks import models."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examhall.config.settings")
    django.setup()
    task, *arguments = sys.argv[1:]
    result = importlib.import_module(f"bench.inside.{task}").run(*arguments)
    sys.stdout.buffer.write(msgspec.json.encode(result))


if __name__ == "__main__":
    main()
