"""`manage.py serve` lets a class sign in at the same moment, whose passwords really are hashed."""

import json
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.builders import PASSWORD
from tests.facades.cli.serving import MANAGE, free_port, migrated, serve, stop

CLASS = 30

_PLANT = """
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from examhall.store.models import User

password, now = make_password({password!r}), datetime.now(UTC)
User.objects.bulk_create(
    User(email=f"s{{n}}@example.com", email_key=f"s{{n}}@example.com", full_name=f"Student {{n}}", role="student",
         password=password, created_at=now)
    for n in range({students})
)
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of a server with a class of students."""
    environment = migrated(tmp_path)
    plant = _PLANT.format(password=PASSWORD, students=CLASS)
    subprocess.run([sys.executable, str(MANAGE), "shell", "-c", plant], env=environment, check=True)
    port = free_port()
    process = serve(environment, port)
    yield port
    stop(process)


def _sign_in(port: int, number: int) -> int:
    body = json.dumps({"email": f"s{number}@example.com", "password": PASSWORD}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/auth/login/", data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        status: int = answer.status
    return status


def test_nobody_of_a_class_is_turned_away(port: int) -> None:
    with ThreadPoolExecutor(CLASS) as pool:
        statuses = pool.map(lambda number: _sign_in(port, number), range(CLASS))
        assert Counter(statuses) == {200: CLASS}
