"""Who may call the Sessions API (sessions-api.md, "Permissions and Access Control")."""

from collections.abc import Callable

from examhall.engine.sessions import start_session, submit_session
from examhall.engine.snapshots import SessionSnapshot
from tests.builders import NOW, World, actor, make_world
from tests.facades.access_rows import Row, Stage, people_of


def _before() -> Stage:
    """Nobody has started."""
    world = make_world()
    return Stage(
        people=people_of(world),
        ids={"class_id": world.group.pk, "exam_id": world.exam.pk},
        body={"exam_id": world.exam.pk},
    )


def _running(body: Callable[[World], object] | None = None) -> Callable[[], Stage]:
    """The owner sits the exam."""

    def stage() -> Stage:
        world = make_world()
        session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
        return Stage(people=people_of(world), ids=_ids(session), body=body(world) if body else None)

    return stage


def _handed_in() -> Stage:
    """The owner has handed in."""
    world = make_world()
    session = start_session(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    submit_session(actor=actor(world.alice), session_id=session.id, now=NOW)
    return Stage(people=people_of(world), ids=_ids(session))


def _ids(session: SessionSnapshot) -> dict[str, int]:
    return {"session_id": session.id, "answer_id": session.answers[0].id}


def _choice(world: World) -> dict[str, object]:
    return {"exam_question_id": world.questions[0].pk, "selected_answer_id": world.key(0)}


SESSION_ROWS = (
    # nobody, owner, classmate, stranger, class teacher, other teacher, admin
    Row(method="POST", route="sessions/start/", statuses=(401, 201, 201, 403, 403, 403, 403), stage=_before),
    Row(method="GET", route="sessions/active/", statuses=(401, 200, 404, 404, 404, 404, 404), stage=_running()),
    Row(method="GET", route="sessions/my-sessions/", statuses=(401, 200, 200, 200, 200, 200, 200), stage=_running()),
    Row(
        method="GET",
        route="sessions/class/<id:class_id>/",
        statuses=(401, 403, 403, 403, 200, 404, 200),
        stage=_before,
    ),
    Row(
        method="GET",
        route="sessions/exam/<id:exam_id>/",
        statuses=(401, 403, 403, 403, 200, 404, 200),
        stage=_before,
    ),
    Row(
        method="GET",
        route="sessions/<id:session_id>/",
        statuses=(401, 200, 404, 404, 200, 404, 200),
        stage=_running(),
    ),
    Row(
        method="POST",
        route="sessions/<id:session_id>/submit/",
        statuses=(401, 200, 404, 404, 403, 404, 403),
        stage=_running(),
    ),
    Row(
        method="POST",
        route="sessions/<id:session_id>/answers/",
        statuses=(401, 201, 404, 404, 403, 404, 403),
        stage=_running(_choice),
    ),
    Row(
        method="PUT",
        route="sessions/<id:session_id>/answers/",
        statuses=(401, 200, 404, 404, 403, 404, 403),
        stage=_running(lambda world: [_choice(world)]),
    ),
    Row(
        method="PUT",
        route="sessions/<id:session_id>/answers/<id:answer_id>/",
        statuses=(401, 200, 404, 404, 403, 404, 403),
        stage=_running(lambda world: {"selected_answer_id": world.wrong(0)}),
    ),
    Row(
        method="GET",
        route="sessions/<id:session_id>/logs/",
        statuses=(401, 200, 404, 404, 200, 404, 200),
        stage=_running(),
    ),
    Row(
        method="POST",
        route="sessions/<id:session_id>/log-action/",
        statuses=(401, 200, 404, 404, 403, 404, 403),
        stage=_running(lambda _world: {"action": "page_leave"}),
    ),
    Row(
        method="GET",
        route="sessions/<id:session_id>/result/",
        statuses=(401, 200, 404, 404, 200, 404, 200),
        stage=_handed_in,
    ),
)
