"""Who may call /exams/ (companion-apis.md, "Exams")."""

from examhall.engine.favorites import add_favorite
from tests.builders import NOW, actor, make_question, make_world
from tests.facades.access_classes import a_class, staged
from tests.facades.access_rows import Row, Stage
from tests.facades.rest.exams.exam_bodies import exam_body

_CHANGE = (401, 403, 403, 403, 200, 403, 200)
_OWN_CLASS = (401, 403, 403, 403, 201, 403, 201)


def _a_new_exam() -> Stage:
    world = make_world()
    return staged(world, exam_body(world))


def _a_new_question() -> Stage:
    world = make_world()
    return staged(world, {"question_id": make_question(world.teacher).pk})


def _a_place() -> Stage:
    world = make_world()
    return staged(world, {"order": 7}, exam_question_id=world.questions[0].pk)


def _a_favorite() -> Stage:
    """The owner has bookmarked the exam."""
    world = make_world()
    add_favorite(actor=actor(world.alice), exam_id=world.exam.pk, now=NOW)
    return staged(world)


EXAM_ROWS = (
    # nobody, owner, classmate, stranger, class teacher, other teacher, admin
    Row(method="GET", route="exams/", statuses=(401, 403, 403, 403, 200, 200, 200), stage=a_class),
    Row(method="POST", route="exams/", statuses=_OWN_CLASS, stage=_a_new_exam),
    Row(method="GET", route="exams/available/", statuses=(401, 200, 200, 200, 403, 403, 403), stage=a_class),
    Row(method="GET", route="exams/favorites/", statuses=(401, 200, 200, 200, 403, 403, 403), stage=_a_favorite),
    Row(method="GET", route="exams/<id:exam_id>/", statuses=(401, 200, 200, 404, 200, 404, 200), stage=a_class),
    Row(method="PUT", route="exams/<id:exam_id>/", statuses=_CHANGE, stage=_a_new_exam),
    Row(method="DELETE", route="exams/<id:exam_id>/", statuses=_CHANGE, stage=a_class),
    Row(method="POST", route="exams/<id:exam_id>/questions/", statuses=_OWN_CLASS, stage=_a_new_question),
    Row(
        method="PUT",
        route="exams/<id:exam_id>/questions/<id:exam_question_id>/",
        statuses=_CHANGE,
        stage=_a_place,
    ),
    Row(
        method="DELETE",
        route="exams/<id:exam_id>/questions/<id:exam_question_id>/delete/",
        statuses=_CHANGE,
        stage=_a_place,
    ),
    Row(
        method="POST",
        route="exams/<id:exam_id>/favorite/",
        statuses=(401, 400, 201, 404, 403, 403, 403),
        stage=_a_favorite,
    ),
    Row(
        method="DELETE",
        route="exams/<id:exam_id>/favorite/remove/",
        statuses=(401, 200, 404, 404, 403, 403, 403),
        stage=_a_favorite,
    ),
    Row(
        method="GET",
        route="exams/<id:exam_id>/statistics/",
        statuses=(401, 403, 403, 403, 200, 404, 200),
        stage=a_class,
    ),
)
