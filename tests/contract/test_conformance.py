"""The server and its OpenAPI description agree: generated requests meet no 500, no status and no shape it does not name."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from examhall.config.wsgi import application
from examhall.engine.sessions import start_session
from examhall.store.models import QuestionAnswer
from tests.builders import NOW, World, actor, make_world
from tests.facades.rest.api import token_for

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

# The description is long; each operation gets a few requests of each kind, the same ones at every run.
_settings = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _ids(world: World) -> dict[str, int]:
    """Return ids that exist, under the names that addresses and bodies give them."""
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    question = world.questions[0]
    return {
        "session_id": session.id,
        "answer_id": session.answers[0].id,
        "exam_id": world.exam.pk,
        "class_id": world.group.pk,
        "class_obj": world.group.pk,
        "exam_question_id": question.pk,
        "question_id": question.question_id,
        "student_id": world.alice.pk,
        "selected_answer_id": QuestionAnswer.objects.filter(question_id=question.question_id).earliest("id").pk,
    }


def _with_ids(values: Any, ids: Mapping[str, int]) -> Any:
    if not isinstance(values, dict):
        return values
    return {name: ids.get(name, value) for name, value in values.items()}


@pytest.fixture
def _one_connection(db: None) -> Iterator[None]:
    """Keep the connection with the test's transaction, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("who", ["nobody", "alice", "teacher", "admin"])
def test_generated_requests_are_answered_as_the_description_says(who: str) -> None:
    with time_machine.travel(NOW, tick=False):
        world = make_world()
        ids = _ids(world)
        headers = {} if who == "nobody" else {"Authorization": f"Bearer {token_for(getattr(world, who))}"}
        description = schemathesis.openapi.from_wsgi("/schema/", application)
        for found in description.get_all_operations():
            assert isinstance(found, Ok)
            _send(found.ok().as_strategy(), ids, headers)


def _send(requests: st.SearchStrategy["Case[Any]"], ids: Mapping[str, int], headers: Mapping[str, str]) -> None:
    @_settings
    @given(case=requests, existing=st.booleans())
    def send(case: "Case[Any]", existing: bool) -> None:
        if existing:
            case.path_parameters = _with_ids(case.path_parameters, ids)
            case.body = _with_ids(case.body, ids)
        case.call_and_validate(headers=dict(headers), checks=CHECKS)

    send()
