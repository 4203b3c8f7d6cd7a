"""Lock what a member of staff wants to change, or refuse: the only way to change a class, a question or an exam."""

from examhall.domain.errors import ClassNotFound, ExamNotFound, NotOwner, QuestionNotFound
from examhall.domain.words import Action, Role
from examhall.engine.access import STAFF, Person, require_role
from examhall.store.models import Exam, Question, SchoolClass


def own_class(who: Person, class_id: int, *, action: Action) -> SchoolClass:
    """Return a locked class of a teacher; an admin owns all.

    :raises RoleForbidden: when the person is not staff.
    :raises ClassNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    """
    require_role(who, *STAFF, action=action)
    row = SchoolClass.objects.select_for_update().filter(pk=class_id).first()
    if row is None:
        raise ClassNotFound
    _check_owner(who, row.teacher_id, action)
    return row


def own_question(who: Person, question_id: int, *, action: Action) -> Question:
    """Return a locked question of a teacher; an admin owns all. An archived one does not exist any more.

    :raises RoleForbidden: when the person is not staff.
    :raises QuestionNotFound: when there is none.
    :raises NotOwner: when it is another teacher's.
    """
    require_role(who, *STAFF, action=action)
    row = Question.objects.select_for_update().filter(pk=question_id, archived_at=None).first()
    if row is None:
        raise QuestionNotFound
    _check_owner(who, row.teacher_id, action)
    return row


def own_exam(who: Person, exam_id: int, *, action: Action) -> Exam:
    """Return a locked exam of a teacher: one of the own classes; an admin owns all.

    :raises RoleForbidden: when the person is not staff.
    :raises ExamNotFound: when there is none.
    :raises NotOwner: when it is of another teacher's class.
    """
    require_role(who, *STAFF, action=action)
    row = Exam.objects.select_for_update().filter(pk=exam_id).first()
    if row is None:
        raise ExamNotFound
    # Asked by itself: a join would lock the class and its teacher too (MariaDB has no FOR UPDATE OF).
    teacher_id = SchoolClass.objects.values_list("teacher_id", flat=True).get(pk=row.class_obj_id)
    _check_owner(who, teacher_id, action)
    return row


def _check_owner(who: Person, teacher_id: int, action: Action) -> None:
    if who.role is Role.TEACHER and who.user_id != teacher_id:
        raise NotOwner(action=action)
