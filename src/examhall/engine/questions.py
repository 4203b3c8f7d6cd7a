"""The question bank: listing, writing, changing and deleting questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db.models import QuerySet

from examhall.domain import authoring as rules
from examhall.domain.access import Actor
from examhall.domain.errors import QuestionNotFound
from examhall.domain.words import Action, Difficulty, QuestionType
from examhall.engine import option_sets, papers
from examhall.engine.access import STAFF, Person, person, require_role
from examhall.engine.locking import unit_of_work
from examhall.engine.option_sets import OptionValues
from examhall.engine.ownership import own_question
from examhall.engine.paging import Page, PageRequest, paginate
from examhall.engine.question_locks import lock_question
from examhall.engine.question_rows import (
    bank_questions,
    my_questions,
    question_detail,
    with_answer_counts,
    with_usage,
)
from examhall.engine.searching import containing
from examhall.engine.snapshots_questions import BankQuestion, MyQuestion, QuestionDetail
from examhall.store.models import ExamQuestion, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFilter:
    """What a list of questions is narrowed to; ``None`` does not narrow. ``search`` looks into the question's text."""

    type: QuestionType | None = None
    difficulty: Difficulty | None = None
    search: str | None = None
    teacher_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionValues:
    """A question as its author gives it, without its options."""

    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None = None


class QuestionChanges(TypedDict, total=False):
    """The values of a question that an author changes; what is absent stays."""

    question_text: str
    type: QuestionType
    difficulty: Difficulty
    image_url: str | None


def list_questions(*, actor: Actor, wanted: QuestionFilter, page: PageRequest) -> Page[BankQuestion]:
    """Return the questions of all teachers, the newest first.

    :raises RoleForbidden: when the actor is not staff.
    :raises InvalidPage: when there is no such page.
    """
    _staff(actor, Action.LIST_QUESTIONS)
    rows = _narrowed(wanted)
    return paginate(with_usage(rows).order_by("-created_at", "-id"), page=page, build=bank_questions)


def list_my_questions(*, actor: Actor, wanted: QuestionFilter, page: PageRequest) -> Page[MyQuestion]:
    """Return the actor's own questions, the newest first.

    :raises RoleForbidden: when the actor is not staff.
    :raises InvalidPage: when there is no such page.
    """
    who = _staff(actor, Action.LIST_QUESTIONS)
    rows = with_answer_counts(with_usage(_narrowed(wanted).filter(teacher_id=who.user_id)))
    return paginate(rows.order_by("-created_at", "-id"), page=page, build=my_questions)


def get_question(*, actor: Actor, question_id: int) -> QuestionDetail:
    """Return a question of any teacher and the actor's own exams that hold it.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is none, or it was deleted.
    """
    who = _staff(actor, Action.LIST_QUESTIONS)
    if not Question.objects.filter(pk=question_id, archived_at=None).exists():
        raise QuestionNotFound
    return question_detail(who, question_id)


@unit_of_work
def create_question(
    *, actor: Actor, values: QuestionValues, options: Sequence[OptionValues], now: datetime
) -> BankQuestion:
    """Write a question of the actor's own, its options in random order.

    :raises RoleForbidden: when the actor is not staff.
    :raises ValueInvalid: when a value is out of bounds or the options do not make a question of this kind.
    """
    who = _staff(actor, Action.CREATE_QUESTION)
    question = Question(teacher_id=who.user_id, created_at=now)
    _set(question, _given(values))
    option_sets.check_set(values.type, options)
    question.save(force_insert=True)
    option_sets.insert(question, options, now=now)
    (made,) = bank_questions(with_usage(Question.objects.filter(pk=question.pk)))
    return made


@unit_of_work
def update_question(
    *,
    actor: Actor,
    question_id: int,
    changes: QuestionChanges,
    options: Sequence[OptionValues] | None,
    now: datetime,
) -> QuestionDetail:
    """Change a question; ``options`` replaces the whole set, ``None`` leaves it. What was sat stays as it was sat.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is none, or it was deleted.
    :raises NotOwner: when it is another teacher's.
    :raises ValueInvalid: when a value is out of bounds or the options do not make a question of the kind.
    """
    who = person(actor)
    require_role(who, *STAFF, action=Action.UPDATE_QUESTION)
    question, exam_ids = lock_question(who, question_id, action=Action.UPDATE_QUESTION)
    _set(question, changes)
    if options is None:
        option_sets.check_set(QuestionType(question.type), option_sets.current(question))
    else:
        option_sets.replace(question, options, now=now)
    question.save(update_fields=["question_text", "type", "difficulty", "image_url"])
    papers.mark_changed(exam_ids=exam_ids)
    return question_detail(who, question.pk)


@unit_of_work
def delete_question(*, actor: Actor, question_id: int, now: datetime) -> None:
    """Delete a question. One that an exam holds or held is archived: that exam and what was sat of it keep it.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is none, or it was deleted.
    :raises NotOwner: when it is another teacher's.
    """
    question = own_question(person(actor), question_id, action=Action.DELETE_QUESTION)
    if ExamQuestion.objects.filter(question=question).exists():
        question.archived_at = now
        question.save(update_fields=["archived_at"])
    else:
        question.delete()


def _staff(actor: Actor, action: Action) -> Person:
    who = person(actor)
    require_role(who, *STAFF, action=action)
    return who


def _narrowed(wanted: QuestionFilter) -> QuerySet[Question]:
    rows = Question.objects.filter(archived_at=None)
    if wanted.type is not None:
        rows = rows.filter(type=wanted.type.value)
    if wanted.difficulty is not None:
        rows = rows.filter(difficulty=wanted.difficulty.value)
    if wanted.teacher_id is not None:
        rows = rows.filter(teacher_id=wanted.teacher_id)
    if wanted.search:
        rows = rows.filter(containing(wanted.search, "question_text"))
    return rows


def _given(values: QuestionValues) -> QuestionChanges:
    return {
        "question_text": values.question_text,
        "type": values.type,
        "difficulty": values.difficulty,
        "image_url": values.image_url,
    }


def _set(question: Question, changes: QuestionChanges) -> None:
    if "question_text" in changes:
        rules.check_text(changes["question_text"], field="question_text", longest=rules.QUESTION_TEXT_LENGTH)
        question.question_text = changes["question_text"]
    if "type" in changes:
        question.type = changes["type"].value
    if "difficulty" in changes:
        question.difficulty = changes["difficulty"].value
    if "image_url" in changes:
        image_url = changes["image_url"] or None
        rules.check_image_url(image_url)
        question.image_url = image_url
