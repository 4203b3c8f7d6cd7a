"""`manage.py close_due`"""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from examhall.engine.sessions import start_session
from examhall.store.models import StartKey
from tests.builders import NOW, actor, make_world

pytestmark = pytest.mark.django_db


def _run(after: timedelta) -> str:
    shown = io.StringIO()
    with time_machine.travel(NOW + after, tick=False):
        call_command("close_due", stdout=shown)
    return shown.getvalue()


def test_it_closes_what_is_due_and_says_how_many() -> None:
    world = make_world(minutes=45)
    for student in (world.alice, world.bob):
        start_session(actor=actor(student), exam_id=world.exam.pk, now=NOW)
    assert _run(timedelta(minutes=44)) == "Closed 0 sessions.\n"
    assert _run(timedelta(minutes=46)) == "Closed 2 sessions.\n"
    assert _run(timedelta(minutes=47)) == "Closed 0 sessions.\n"


def test_it_forgets_keys_of_starts_after_their_time() -> None:
    world = make_world()
    start_session(actor=actor(world.alice), exam_id=world.exam.pk, key="key", now=NOW)
    _run(timedelta(hours=24))
    assert StartKey.objects.exists()
    _run(timedelta(hours=24, seconds=1))
    assert not StartKey.objects.exists()
