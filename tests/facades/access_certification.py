"""Who may call the certification API: everybody for themselves; only students sit exams, only their own exist."""

from collections.abc import Callable

from django.test import Client

from examhall.engine.snapshots_certification import StartedExam
from examhall.store.models import User
from tests.builders import PASSWORD
from tests.certification import Certification, begin, key_of, make_certification, serve
from tests.facades.access_rows import Row, Stage, Who


def _sign_in(client: Client, user: User) -> None:
    """Show credentials as this door wants them: a session cookie. (CSRF has tests of its own.)"""
    body = {"email": user.email, "contraseña": PASSWORD}
    assert client.post("/login/", body, content_type="application/json").status_code == 200


def _people(world: Certification) -> dict[Who, User | None]:
    return {
        Who.NOBODY: None,
        Who.OWNER: world.alice,
        Who.CLASSMATE: world.bob,
        Who.STRANGER: world.charlie,
        Who.CLASS_TEACHER: world.teacher,
        Who.OTHER_TEACHER: world.other_teacher,
        Who.ADMIN: world.admin,
    }


def _before(body: Callable[[Certification], object] | None = None) -> Callable[[], Stage]:
    """Nobody has begun an exam."""

    def stage() -> Stage:
        world = make_certification()
        return Stage(people=_people(world), body=body(world) if body else None)

    return stage


def _running(body: Callable[[StartedExam], object]) -> Callable[[], Stage]:
    """The owner sits an exam, its first question served."""

    def stage() -> Stage:
        world = make_certification()
        exam = begin(world.alice)
        serve(world.alice, exam)
        return Stage(people=_people(world), body=body(exam))

    return stage


def _row(
    method: str, route: str, statuses: tuple[int, int, int, int, int, int, int], stage: Callable[[], Stage]
) -> Row:
    return Row(method=method, route=route, statuses=statuses, stage=stage, sign_in=_sign_in)


def _new_candidate(_world: Certification) -> dict[str, str]:
    return {
        "matricula": "77",
        "nombre": "Dora",
        "paterno": "Nueva",
        "materno": "",
        "email": "dora@ejemplo.mx",
        "contraseña": PASSWORD,
        "username": "dora",
    }


def _credentials(world: Certification) -> dict[str, str]:
    return {"email": world.alice.email, "contraseña": PASSWORD}


def _exam(exam: StartedExam) -> dict[str, int]:
    return {"examen": exam.id}


def _question(exam: StartedExam) -> dict[str, int]:
    return {**_exam(exam), "pregunta": exam.question_ids[0]}


def _answer(exam: StartedExam) -> dict[str, int]:
    return {**_question(exam), "respuesta": key_of(exam.question_ids[0])}


_ANYBODY = (200,) * 7
_ONESELF = (401, 200, 200, 200, 200, 200, 200)
# 400 is the document's status for an exam that does not exist.
_OWN_EXAM = (401, 200, 400, 400, 400, 400, 400)
_OWN_SITTING = (401, 200, 400, 400, 403, 403, 403)

CERTIFICATION_ROWS = (
    # nobody, owner, classmate, stranger, class teacher, other teacher, admin
    _row("GET", "csrf/", _ANYBODY, _before()),
    _row("POST", "register/", (201,) * 7, _before(_new_candidate)),
    _row("POST", "login/", _ANYBODY, _before(_credentials)),
    _row("GET", "logout/", _ONESELF, _before()),
    _row("POST", "logout/", _ONESELF, _before()),
    _row("GET", "user_info/", _ONESELF, _before()),
    _row("GET", "user_exams/", _ONESELF, _before()),
    _row("GET", "available_exams/", _ONESELF, _before()),
    _row(
        "POST",
        "get_exam_questions/",
        (401, 200, 200, 200, 403, 403, 403),
        _before(lambda _world: {"tipo_examen": "final"}),
    ),
    _row("POST", "exam_info/", _OWN_EXAM, _running(_exam)),
    _row("POST", "exam_result/", _OWN_EXAM, _running(_exam)),
    _row("POST", "exam_history/", _OWN_EXAM, _running(_exam)),
    _row("PATCH", "get_questions_answers/", _OWN_SITTING, _running(_question)),
    _row("PATCH", "update_exam_answer/", _OWN_SITTING, _running(_answer)),
)
