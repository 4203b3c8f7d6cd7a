"""Making, changing and deleting exams."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from django.db.models import Q

from examhall.domain import authoring as rules
from examhall.domain.access import Actor
from examhall.domain.authoring import ExamValues
from examhall.domain.errors import ClassNotFound, ClassUnknown, ExamHasSessions, ValueInvalid
from examhall.domain.words import Action, AuthoringFault, RevealPolicy, Weighting
from examhall.engine import closing, exam_places, exam_removal, papers
from examhall.engine.access import Person, person
from examhall.engine.exam_places import PlaceValues
from examhall.engine.exam_rows import exam_values
from examhall.engine.exam_views import exam_detail
from examhall.engine.locking import unit_of_work
from examhall.engine.ownership import own_class, own_exam
from examhall.engine.snapshots_exams import ExamDetail
from examhall.store.models import Exam, ExamSession, SchoolClass


class ExamChanges(TypedDict, total=False):
    """The values of an exam that an author changes; what is absent stays."""

    title: str
    description: str
    total_score: int
    minutes: int
    start_time: datetime
    end_time: datetime
    reveal_policy: RevealPolicy
    max_attempts: int
    draw_count: int | None
    question_seconds: int | None
    shuffle: bool
    partial_credit: bool
    weighting: Weighting
    pass_mark: int | None


@unit_of_work
def create_exam(
    *, actor: Actor, class_id: int, values: ExamValues, places: Sequence[PlaceValues], now: datetime
) -> ExamDetail:
    """Make an exam of a class.

    :raises RoleForbidden: when the actor is not staff.
    :raises ClassUnknown: when there is no such class.
    :raises NotOwner: when it is another teacher's.
    :raises ValueInvalid: when a value is out of bounds or does not fit the others.
    :raises QuestionUnknown: when a question does not exist.
    """
    who = person(actor)
    class_obj = _class_for(who, class_id, action=Action.CREATE_EXAM)
    exam = Exam(class_obj=class_obj, created_by_id=who.user_id, created_at=now)
    _set(exam, values)
    exam.save(force_insert=True)
    placed = exam_places.replace(exam, places, now=now)
    exam_places.check_whole(exam, placed, field=exam_places.LIST)
    rules.check_draw(draw_count=exam.draw_count, question_count=len(placed))
    return exam_detail(who, exam.pk, now=now)


@unit_of_work
def update_exam(
    *,
    actor: Actor,
    exam_id: int,
    changes: ExamChanges,
    class_id: int | None,
    places: Sequence[PlaceValues] | None,
    now: datetime,
) -> ExamDetail:
    """Change an exam; ``None`` leaves class or questions. Whoever has started sits what they started.

    A new end moves the end of running sessions with it, but reopens none whose time is up.

    :raises RoleForbidden: when the actor is not staff.
    :raises ExamNotFound: when there is no such exam.
    :raises NotOwner: when the exam or the new class is another teacher's.
    :raises ClassUnknown: when there is no such class.
    :raises ValueInvalid: when a value is out of bounds or does not fit the others, or the class of an exam that
        somebody sat is to change.
    :raises QuestionUnknown: when a question does not exist.
    """
    who = person(actor)
    exam = own_exam(who, exam_id, action=Action.UPDATE_EXAM)
    if class_id is not None and class_id != exam.class_obj_id:
        _move(who, exam, class_id)
    if changes.get("end_time", exam.end_time) != exam.end_time:
        # By the old end: a session is over when its time is up, not when somebody looks.
        closing.close_due_sessions(now=now, only=Q(exam_id=exam.pk))
    _set(exam, replace(exam_values(exam), **changes))
    placed = exam_places.current(exam) if places is None else exam_places.replace(exam, places, now=now)
    exam_places.check_whole(exam, placed, field="total_score" if places is None else exam_places.LIST)
    if "draw_count" in changes or places is not None:
        rules.check_draw(draw_count=exam.draw_count, question_count=len(placed))
    exam.save(update_fields=["class_obj", *changes])
    papers.mark_changed(exam_ids=[exam.pk])
    return exam_detail(who, exam.pk, now=now)


@unit_of_work
def delete_exam(*, actor: Actor, exam_id: int) -> None:
    """Delete an exam that nobody sat.

    :raises RoleForbidden: when the actor is not staff.
    :raises ExamNotFound: when there is no such exam.
    :raises NotOwner: when it is of another teacher's class.
    :raises ExamHasSessions: when somebody sat it: what was sat is never lost by a delete.
    """
    exam = own_exam(person(actor), exam_id, action=Action.DELETE_EXAM)
    if ExamSession.objects.filter(exam=exam).exists():
        raise ExamHasSessions
    exam_removal.remove_exams([exam])


def _class_for(who: Person, class_id: int, *, action: Action) -> SchoolClass:
    try:
        return own_class(who, class_id, action=action)
    except ClassNotFound:
        raise ClassUnknown(field="class_obj") from None


def _move(who: Person, exam: Exam, class_id: int) -> None:
    class_obj = _class_for(who, class_id, action=Action.UPDATE_EXAM)
    if ExamSession.objects.filter(exam=exam).exists():
        raise ValueInvalid(field="class_obj", reason=AuthoringFault.IN_USE)
    exam.class_obj = class_obj


def _set(exam: Exam, values: ExamValues) -> None:
    rules.check_exam(values)
    exam.title = values.title.strip()
    exam.description = values.description
    exam.total_score = values.total_score
    exam.minutes = values.minutes
    exam.start_time = values.start_time
    exam.end_time = values.end_time
    exam.reveal_policy = values.reveal_policy.value
    exam.max_attempts = values.max_attempts
    exam.draw_count = values.draw_count
    exam.question_seconds = values.question_seconds
    exam.shuffle = values.shuffle
    exam.partial_credit = values.partial_credit
    exam.weighting = values.weighting.value
    exam.pass_mark = values.pass_mark
