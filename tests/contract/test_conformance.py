"""The server and its OpenAPI description agree: generated requests meet no 500, no status and no shape it does not name."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
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

from examhall.engine.sessions import start_session
from examhall.store.models import QuestionAnswer, User
from tests.builders import NOW, World, actor, make_world
from tests.certification import Certification, begin, key_of, make_certification, serve
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


def _certification_ids(world: Certification) -> dict[str, int]:
    """Return ids of an exam that Alice sits, and of a question that was served to her."""
    exam = begin(world.alice)
    question_id = serve(world.alice, exam)
    return {"examen": exam.id, "pregunta": question_id, "respuesta": key_of(question_id)}


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
def test_generated_requests_with_a_token_are_answered_as_the_description_says(who: str) -> None:
    with time_machine.travel(NOW, tick=False):
        world = make_world()
        ids = _ids(world)
        headers = {} if who == "nobody" else {"Authorization": f"Bearer {token_for(getattr(world, who))}"}
        for operation in _operations(certification=False):
            _send(operation.as_strategy(), ids, lambda: {"headers": dict(headers)})


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("who", ["nobody", "alice", "teacher", "admin"])
def test_generated_requests_with_a_cookie_are_answered_as_the_description_says(who: str) -> None:
    with time_machine.travel(NOW, tick=False):
        world = make_certification()
        ids = _certification_ids(world)
        user = None if who == "nobody" else getattr(world, who)
        met = {
            operation.label: _send(operation.as_strategy(), ids, partial(_cookies, user))
            for operation in _operations(certification=True)
        }
    # Somebody is signed in or not, and the token is good: otherwise the cookies would test nothing.
    assert met["GET /user_info/"] == ({401} if who == "nobody" else {200})
    assert 200 in met["POST /get_exam_questions/"] or who != "alice"
    assert 403 not in met["POST /exam_history/"]


@pytest.mark.usefixtures("_one_connection")
def test_generated_requests_with_a_cookie_alone_are_answered_as_the_description_says() -> None:
    with time_machine.travel(NOW, tick=False):
        world = make_certification()
        ids, cookies = _certification_ids(world), _session(world.alice)
        for operation in _operations(certification=True):
            _send(operation.as_strategy(), ids, lambda: {"cookies": cookies})


def _operations(*, certification: bool) -> Iterator[Any]:
    """Yield the operations of one door."""
    # Without the admission in front: it answers on threads of its own, which do not see the test's transaction.
    description = schemathesis.openapi.from_wsgi("/schema/", get_wsgi_application())
    for found in description.get_all_operations():
        assert isinstance(found, Ok)
        if (found.ok().tags == ["certification"]) is certification:
            yield found.ok()


def _session(user: User) -> dict[str, str]:
    """Return the cookie of somebody who has just signed in; nothing is sent, which would close the connection."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"sessionid": client.cookies["sessionid"].value}


def _cookies(user: User | None) -> dict[str, dict[str, str]]:
    """Return a session with the token that goes with its other cookie.

    They are new for each request: one of them may have signed out.
    """
    token = "a" * 32
    return {
        "cookies": {"csrftoken": token, **(_session(user) if user else {})},
        "headers": {"X-CSRFToken": token},
    }


def _send(
    requests: st.SearchStrategy["Case[Any]"], ids: Mapping[str, int], credentials: Callable[[], dict[str, Any]]
) -> set[int]:
    """Send generated requests; return the statuses that came back."""
    statuses: set[int] = set()

    @_settings
    @given(case=requests, existing=st.booleans())
    def send(case: "Case[Any]", existing: bool) -> None:
        if existing:
            case.path_parameters = _with_ids(case.path_parameters, ids)
            case.body = _with_ids(case.body, ids)
        statuses.add(case.call_and_validate(**credentials(), checks=CHECKS).status_code)

    send()
    return statuses
