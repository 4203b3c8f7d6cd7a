"""Questions under lock, in the one order of the engine: the exams that hold them first, then the questions."""

from collections.abc import Collection, Iterable

from examhall.domain.words import Action
from examhall.engine.access import Person
from examhall.engine.ownership import own_question
from examhall.store.models import Exam, ExamQuestion, Question


def lock_question(who: Person, question_id: int, *, action: Action) -> tuple[Question, frozenset[int]]:
    """Lock a question that the actor may change, with every exam that ever held it; return both.

    While the exams are locked nobody freezes a paper of them, so whether one was frozen stays true.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    """
    before = _lock_exams_of(question_id)
    question = own_question(who, question_id, action=action)
    # Somebody may have put it into one more exam before we had the question.
    after = _exam_ids(question_id)
    if not after <= before:
        _lock_exams(after)
    return question, after


def lock_usable_questions(question_ids: Collection[int]) -> frozenset[int]:
    """Lock some questions for use in an exam that is locked; return the ids of those that exist and are not archived."""
    rows = Question.objects.select_for_update().filter(pk__in=list(question_ids), archived_at=None).order_by("id")
    return frozenset(row.pk for row in rows.only("id"))


def _lock_exams_of(question_id: int) -> frozenset[int]:
    ids = _exam_ids(question_id)
    _lock_exams(ids)
    return ids


def _exam_ids(question_id: int) -> frozenset[int]:
    return frozenset(ExamQuestion.objects.filter(question_id=question_id).values_list("exam_id", flat=True))


def _lock_exams(ids: Iterable[int]) -> None:
    list(Exam.objects.select_for_update().filter(pk__in=list(ids)).order_by("id").only("id"))
