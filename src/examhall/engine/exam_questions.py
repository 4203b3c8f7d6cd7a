"""Single questions of an exam: adding one, changing its place, taking it out."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from examhall.domain.access import Actor
from examhall.domain.errors import ExamQuestionNotFound, QuestionAlreadyInExam, QuestionUnknown
from examhall.domain.words import Action
from examhall.engine import exam_places, papers
from examhall.engine.access import person
from examhall.engine.exam_places import PlaceValues
from examhall.engine.exam_question_rows import for_staff
from examhall.engine.locking import unit_of_work
from examhall.engine.ownership import own_exam
from examhall.engine.question_locks import lock_usable_questions
from examhall.engine.snapshots_exams import ExamQuestionSnapshot
from examhall.store.models import Exam, ExamQuestion


class PlaceChanges(TypedDict, total=False):
    """The values of a place that an author changes; what is absent stays."""

    order: int
    code: str
    points: Decimal | None


@unit_of_work
def add_exam_question(*, actor: Actor, exam_id: int, values: PlaceValues) -> ExamQuestionSnapshot:
    """Put a question into an exam; one that was taken out comes back in its old row.

    :raises RoleForbidden: when the actor is not staff.
    :raises ExamNotFound: when there is no such exam.
    :raises NotOwner: when it is of another teacher's class.
    :raises QuestionUnknown: when the question does not exist, or was deleted.
    :raises QuestionAlreadyInExam: when the exam holds it.
    :raises ValueInvalid: when a value is out of bounds or the points exceed the exam's total.
    """
    exam = own_exam(person(actor), exam_id, action=Action.ADD_EXAM_QUESTION)
    # The locked exam makes this look-up certain: whoever adds the same question at once waits for us.
    row = ExamQuestion.objects.filter(exam=exam, question_id=values.question_id).first()
    if row is not None and row.removed_at is None:
        raise QuestionAlreadyInExam(field="question_id")
    if not lock_usable_questions([values.question_id]):
        raise QuestionUnknown(field="question_id")
    places = exam_places.current(exam)
    row = row or ExamQuestion(exam=exam, question_id=values.question_id)
    exam_places.put(row, values, order=places[-1].order + 1 if places else 1)
    exam_places.check_whole(exam, [*places, row], field="points")
    row.save()
    return _changed(exam, row)


@unit_of_work
def update_exam_question(
    *, actor: Actor, exam_id: int, exam_question_id: int, changes: PlaceChanges
) -> ExamQuestionSnapshot:
    """Change a question's place in an exam.

    :raises RoleForbidden: when the actor is not staff.
    :raises ExamNotFound: when there is no such exam.
    :raises NotOwner: when it is of another teacher's class.
    :raises ExamQuestionNotFound: when the exam has no such place.
    :raises ValueInvalid: when a value is out of bounds or the points exceed the exam's total.
    """
    exam = own_exam(person(actor), exam_id, action=Action.UPDATE_EXAM_QUESTION)
    places = exam_places.current(exam)
    row = _pick(places, exam_question_id)
    values = PlaceValues(
        question_id=row.question_id,
        order=changes.get("order", row.order),
        code=changes.get("code", row.code),
        points=changes.get("points", row.points),
    )
    exam_places.put(row, values, order=row.order)
    exam_places.check_whole(exam, places, field="points")
    row.save()
    return _changed(exam, row)


@unit_of_work
def remove_exam_question(*, actor: Actor, exam_id: int, exam_question_id: int, now: datetime) -> None:
    """Take a question out of an exam; what was sat keeps it.

    :raises RoleForbidden: when the actor is not staff.
    :raises ExamNotFound: when there is no such exam.
    :raises NotOwner: when it is of another teacher's class.
    :raises ExamQuestionNotFound: when the exam has no such place.
    """
    exam = own_exam(person(actor), exam_id, action=Action.REMOVE_EXAM_QUESTION)
    row = _pick(exam_places.current(exam), exam_question_id)
    exam_places.take_away(exam, [row], now=now)
    papers.mark_changed(exam_ids=[exam.pk])


def _pick(places: list[ExamQuestion], exam_question_id: int) -> ExamQuestion:
    for row in places:
        if row.pk == exam_question_id:
            return row
    raise ExamQuestionNotFound


def _changed(exam: Exam, row: ExamQuestion) -> ExamQuestionSnapshot:
    papers.mark_changed(exam_ids=[exam.pk])
    (snapshot,) = for_staff(ExamQuestion.objects.filter(pk=row.pk))
    return snapshot
