"""Single options of a question: adding, changing and deleting one; the question's kind must still hold afterwards."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from examhall.domain.access import Actor
from examhall.domain.words import Action, QuestionType
from examhall.engine import option_sets, papers
from examhall.engine.access import STAFF, person, require_role
from examhall.engine.locking import unit_of_work
from examhall.engine.option_sets import OptionValues
from examhall.engine.question_locks import lock_question
from examhall.engine.question_rows import bank_option
from examhall.engine.snapshots_questions import OptionDetail
from examhall.store.models import Question, QuestionAnswer


class OptionChanges(TypedDict, total=False):
    """The values of an option that an author changes; what is absent stays."""

    text: str
    is_correct: bool
    tolerance: Decimal | None


@unit_of_work
def add_option(*, actor: Actor, question_id: int, values: OptionValues, now: datetime) -> OptionDetail:
    """Add an option to a question.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is no such question.
    :raises NotOwner: when it is another teacher's.
    :raises ValueInvalid: when the options would no longer make a question of its kind.
    """
    question, exam_ids = _locked(actor, question_id, Action.ADD_OPTION)
    option_sets.check_set(QuestionType(question.type), [*option_sets.current(question), values])
    row = option_sets.insert_one(question, values, now=now)
    papers.mark_changed(exam_ids=exam_ids)
    return _detail(question, row)


@unit_of_work
def update_option(
    *, actor: Actor, question_id: int, option_id: int, changes: OptionChanges, now: datetime
) -> OptionDetail:
    """Change an option of a question.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is no such question.
    :raises NotOwner: when it is another teacher's.
    :raises OptionNotFound: when the option is not one of the question's.
    :raises ValueInvalid: when the options would no longer make a question of its kind.
    """
    question, exam_ids = _locked(actor, question_id, Action.UPDATE_OPTION)
    rows = option_sets.current(question)
    row = option_sets.pick(rows, option_id)
    values = OptionValues(
        text=changes.get("text", row.text),
        is_correct=changes.get("is_correct", row.is_correct),
        tolerance=changes.get("tolerance", row.tolerance),
    )
    option_sets.check_set(QuestionType(question.type), [values if other is row else other for other in rows])
    option_sets.change(row, values, now=now)
    papers.mark_changed(exam_ids=exam_ids)
    return _detail(question, row)


@unit_of_work
def delete_option(*, actor: Actor, question_id: int, option_id: int, now: datetime) -> None:
    """Delete an option of a question; one that a frozen paper offers is archived.

    :raises RoleForbidden: when the actor is not staff.
    :raises QuestionNotFound: when there is no such question.
    :raises NotOwner: when it is another teacher's.
    :raises OptionNotFound: when the option is not one of the question's.
    :raises ValueInvalid: when the options would no longer make a question of its kind.
    """
    question, exam_ids = _locked(actor, question_id, Action.DELETE_OPTION)
    rows = option_sets.current(question)
    row = option_sets.pick(rows, option_id)
    option_sets.check_set(QuestionType(question.type), [other for other in rows if other is not row])
    option_sets.take_away(question, [row], now=now)
    papers.mark_changed(exam_ids=exam_ids)


def _locked(actor: Actor, question_id: int, action: Action) -> tuple[Question, frozenset[int]]:
    who = person(actor)
    require_role(who, *STAFF, action=action)
    return lock_question(who, question_id, action=action)


def _detail(question: Question, row: QuestionAnswer) -> OptionDetail:
    return OptionDetail(question_id=question.pk, question_text=question.question_text, option=bank_option(row))
