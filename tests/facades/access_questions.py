"""Who may call /questions/ (companion-apis.md, "Questions"): no student, and each teacher changes the own ones."""

from tests.builders import make_world
from tests.facades.access_rows import Row, Stage, people_of

_QUESTION = {
    "question_text": "Which is even?",
    "type": "multiple_choice",
    "difficulty": "easy",
    "answers": [{"text": "7", "is_correct": False}, {"text": "8", "is_correct": True}],
}
_READ = (401, 403, 403, 403, 200, 200, 200)
_CHANGE = (401, 403, 403, 403, 200, 403, 200)


def _staged(body: object = None) -> Stage:
    world = make_world()
    ids = {"question_id": world.questions[0].question_id, "answer_id": world.wrong(0)}
    return Stage(people=people_of(world), ids=ids, body=body)


def _a_question() -> Stage:
    return _staged(_QUESTION)


def _an_answer() -> Stage:
    return _staged({"text": "31", "is_correct": True})


QUESTION_ROWS = (
    # nobody, owner, classmate, stranger, class teacher, other teacher, admin
    Row(method="GET", route="questions/", statuses=_READ, stage=_staged),
    Row(method="POST", route="questions/", statuses=(401, 403, 403, 403, 201, 201, 201), stage=_a_question),
    Row(method="GET", route="questions/my-questions/", statuses=_READ, stage=_staged),
    Row(method="GET", route="questions/<id:question_id>/", statuses=_READ, stage=_staged),
    Row(method="PUT", route="questions/<id:question_id>/", statuses=_CHANGE, stage=_a_question),
    Row(method="DELETE", route="questions/<id:question_id>/", statuses=_CHANGE, stage=_staged),
    Row(
        method="POST",
        route="questions/<id:question_id>/answers/",
        statuses=(401, 403, 403, 403, 201, 403, 201),
        stage=_an_answer,
    ),
    Row(
        method="PUT",
        route="questions/<id:question_id>/answers/<id:answer_id>/update/",
        statuses=_CHANGE,
        stage=_an_answer,
    ),
    Row(
        method="DELETE",
        route="questions/<id:question_id>/answers/<id:answer_id>/delete/",
        statuses=_CHANGE,
        stage=_staged,
    ),
)
