"""Querysets of questions and the way from their rows to snapshots."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import OuterRef, QuerySet

from examhall.domain.words import Difficulty, QuestionType, Role
from examhall.engine.access import Person
from examhall.engine.row_counts import annotated, count_of
from examhall.engine.snapshot_builders import user_snapshot
from examhall.engine.snapshots_questions import BankOption, BankQuestion, MyQuestion, QuestionDetail, QuestionUse
from examhall.store.models import ExamQuestion, Question, QuestionAnswer


def with_usage(rows: QuerySet[Question]) -> QuerySet[Question]:
    """Add what :func:`bank_questions` reads besides the options: the teacher and the number of exams."""
    places = ExamQuestion.objects.filter(question=OuterRef("pk"), removed_at=None)
    return rows.select_related("teacher").annotate(usage_count=count_of(places, by="question"))


def with_answer_counts(rows: QuerySet[Question]) -> QuerySet[Question]:
    """Add what :func:`my_questions` reads besides: the number of options."""
    options = QuestionAnswer.objects.filter(question=OuterRef("pk"), archived_at=None)
    return rows.annotate(answers_count=count_of(options, by="question"))


def bank_questions(rows: Iterable[Question]) -> Iterator[BankQuestion]:
    """Turn the rows of :func:`with_usage` into snapshots; one statement reads the options of all."""
    found = list(rows)
    options = options_of([row.pk for row in found])
    for row in found:
        yield BankQuestion(
            id=row.pk,
            question_text=row.question_text,
            type=QuestionType(row.type),
            difficulty=Difficulty(row.difficulty),
            image_url=row.image_url,
            teacher=user_snapshot(row.teacher),
            created_at=row.created_at,
            options=tuple(bank_option(option) for option in options[row.pk]),
            usage_count=annotated(row, "usage_count"),
        )


def my_questions(rows: Iterable[Question]) -> Iterator[MyQuestion]:
    """Turn the rows of :func:`with_usage` and :func:`with_answer_counts` into snapshots."""
    for row in rows:
        yield MyQuestion(
            id=row.pk,
            question_text=row.question_text,
            type=QuestionType(row.type),
            difficulty=Difficulty(row.difficulty),
            image_url=row.image_url,
            created_at=row.created_at,
            answers_count=annotated(row, "answers_count"),
            usage_count=annotated(row, "usage_count"),
        )


def bank_option(row: QuestionAnswer) -> BankOption:
    """Return an option with its key."""
    return BankOption(
        id=row.pk,
        text=row.text,
        is_correct=row.is_correct,
        tolerance=row.tolerance,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def options_of(question_ids: Iterable[int]) -> dict[int, list[QuestionAnswer]]:
    """Return the options of some questions by question id, each list by option id."""
    found: dict[int, list[QuestionAnswer]] = defaultdict(list)
    for option in QuestionAnswer.objects.filter(question__in=list(question_ids), archived_at=None).order_by("id"):
        found[option.question_id].append(option)
    return found


def question_detail(who: Person, question_id: int) -> QuestionDetail:
    """Return an existing question and its places in exams; those of other teachers' exams are not told."""
    (question,) = bank_questions(with_usage(Question.objects.filter(pk=question_id)))
    places = ExamQuestion.objects.filter(question_id=question_id, removed_at=None).select_related("exam")
    if who.role is not Role.ADMIN:
        places = places.filter(exam__class_obj__teacher_id=who.user_id)
    used_in = tuple(
        QuestionUse(exam_id=place.exam_id, title=place.exam.title, order=place.order, code=place.code)
        for place in places.order_by("exam_id", "id")
    )
    return QuestionDetail(question=question, used_in=used_in)
