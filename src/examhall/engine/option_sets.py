"""The options of one locked question: replacing the set, adding, changing and taking away single ones."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from examhall.domain import authoring as rules
from examhall.domain.errors import OptionNotFound, ValueInvalid
from examhall.domain.kinds import AuthoredOption, kind_of
from examhall.domain.words import AuthoringFault, QuestionType
from examhall.store.models import Paper, Question, QuestionAnswer

_shuffler = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionValues:
    """An option as its author gives it; ``id`` is that of the option to change, ``None`` for a new one."""

    text: str
    is_correct: bool
    tolerance: Decimal | None = None
    id: int | None = None


def check_set(kind: QuestionType, options: Sequence[OptionValues | QuestionAnswer]) -> None:
    """Refuse a set of options that does not make a question of this kind.

    :raises ValueInvalid: with ``answers`` as the field.
    """
    rules.check_number(len(options), field="answers", least=0, most=rules.OPTIONS_PER_QUESTION)
    for option in options:
        rules.check_text(option.text, field="answers", longest=rules.OPTION_TEXT_LENGTH)
        rules.check_decimal(
            option.tolerance, field="answers", most=rules.MOST_TOLERANCE, decimals=rules.TOLERANCE_DECIMALS
        )
    kind_of(kind).check_options(
        [
            AuthoredOption(text=option.text, is_correct=option.is_correct, tolerance=option.tolerance)
            for option in options
        ]
    )


def current(question: Question) -> list[QuestionAnswer]:
    """Return the options of a question by id."""
    return list(QuestionAnswer.objects.filter(question=question, archived_at=None).order_by("id"))


def insert(question: Question, options: Iterable[OptionValues], *, now: datetime) -> None:
    """Insert new options in random order, so that their ids do not tell which one the author wrote first."""
    rows = [_row(question, option, now=now) for option in options]
    _shuffler.shuffle(rows)
    QuestionAnswer.objects.bulk_create(rows)


def insert_one(question: Question, option: OptionValues, *, now: datetime) -> QuestionAnswer:
    """Insert one new option and return its row."""
    row = _row(question, option, now=now)
    row.save(force_insert=True)
    return row


def replace(question: Question, options: Sequence[OptionValues], *, now: datetime) -> None:
    """Make these the options of a question: known ids are changed, new ones inserted, what is left out goes.

    :raises ValueInvalid: when an id is not one of the question's, comes twice, or the set does not fit the kind.
    """
    before = {row.pk: row for row in current(question)}
    wanted = [option.id for option in options if option.id is not None]
    if any(option_id not in before for option_id in wanted):
        raise ValueInvalid(field="answers", reason=AuthoringFault.UNKNOWN_OPTION)
    if len(wanted) != len(set(wanted)):
        raise ValueInvalid(field="answers", reason=AuthoringFault.DUPLICATE_OPTION)
    check_set(QuestionType(question.type), options)
    for option in options:
        if option.id is not None:
            change(before[option.id], option, now=now)
    take_away(question, [row for key, row in before.items() if key not in set(wanted)], now=now)
    insert(question, [option for option in options if option.id is None], now=now)


def change(row: QuestionAnswer, values: OptionValues, *, now: datetime) -> None:
    """Write new values of an option, where they differ."""
    if (row.text, row.is_correct, row.tolerance) == (values.text, values.is_correct, values.tolerance):
        return
    row.text, row.is_correct, row.tolerance, row.updated_at = values.text, values.is_correct, values.tolerance, now
    row.save(update_fields=["text", "is_correct", "tolerance", "updated_at"])


def take_away(question: Question, rows: Sequence[QuestionAnswer], *, now: datetime) -> None:
    """Delete options; archive them where a frozen paper may offer them to somebody who is sitting it."""
    gone = QuestionAnswer.objects.filter(pk__in=[row.pk for row in rows])
    if Paper.objects.filter(exam__exam_questions__question=question).exists():
        gone.update(archived_at=now)
    else:
        gone.delete()


def pick(rows: Iterable[QuestionAnswer], option_id: int) -> QuestionAnswer:
    """Return the option with this id.

    :raises OptionNotFound: when it is not among the rows.
    """
    for row in rows:
        if row.pk == option_id:
            return row
    raise OptionNotFound


def _row(question: Question, option: OptionValues, *, now: datetime) -> QuestionAnswer:
    return QuestionAnswer(
        question=question,
        text=option.text,
        is_correct=option.is_correct,
        tolerance=option.tolerance,
        created_at=now,
        updated_at=now,
    )
