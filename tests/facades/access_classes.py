"""Who may call /classes/ (companion-apis.md, "Classes")."""

from tests.builders import World, make_user, make_world
from tests.facades.access_rows import Row, Stage, people_of


def staged(world: World, body: object = None, **ids: int) -> Stage:
    """Return a stage about a world's class and exam."""
    return Stage(
        people=people_of(world),
        ids={"class_id": world.group.pk, "exam_id": world.exam.pk, **ids},
        body=body,
    )


def a_class() -> Stage:
    """Return a class with a student and an exam that nobody sat."""
    world = make_world()
    return staged(world, student_id=world.bob.pk)


def _a_name() -> Stage:
    return staged(make_world(), {"className": "Algebra 2C"})


def _a_newcomer() -> Stage:
    return staged(make_world(), {"student_email": make_user("Nora Newcomer").email})


CLASS_ROWS = (
    # nobody, owner, classmate, stranger, class teacher, other teacher, admin
    Row(method="GET", route="classes/", statuses=(401, 200, 200, 200, 200, 200, 200), stage=a_class),
    Row(method="POST", route="classes/", statuses=(401, 403, 403, 403, 201, 201, 201), stage=_a_name),
    Row(method="GET", route="classes/my-classes/", statuses=(401, 200, 200, 200, 200, 200, 200), stage=a_class),
    Row(method="GET", route="classes/<id:class_id>/", statuses=(401, 200, 200, 403, 200, 404, 200), stage=a_class),
    Row(method="PUT", route="classes/<id:class_id>/", statuses=(401, 403, 403, 403, 200, 403, 200), stage=_a_name),
    Row(method="DELETE", route="classes/<id:class_id>/", statuses=(401, 403, 403, 403, 200, 403, 200), stage=a_class),
    Row(
        method="GET",
        route="classes/<id:class_id>/students/",
        statuses=(401, 200, 200, 403, 200, 403, 200),
        stage=a_class,
    ),
    Row(
        method="POST",
        route="classes/<id:class_id>/students/add/",
        statuses=(401, 403, 403, 403, 201, 403, 201),
        stage=_a_newcomer,
    ),
    Row(
        method="DELETE",
        route="classes/<id:class_id>/students/<id:student_id>/",
        statuses=(401, 403, 403, 403, 200, 403, 200),
        stage=a_class,
    ),
)
