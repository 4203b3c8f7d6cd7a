"""The questions of an exam: as the bank has them for staff, as their own papers have them for students."""

from collections.abc import Iterable

from django.db.models import QuerySet

from examhall.domain.paper import PaperQuestion
from examhall.domain.words import QuestionType
from examhall.engine.papers import paper_by_id
from examhall.engine.question_rows import bank_questions, with_usage
from examhall.engine.snapshots import OptionSnapshot
from examhall.engine.snapshots_exams import ExamQuestionSnapshot
from examhall.engine.snapshots_questions import BankQuestion
from examhall.store.models import ExamQuestion, Question, StudentAnswer

_CHOICES = (QuestionType.MULTIPLE_CHOICE, QuestionType.TRUE_FALSE)


def for_staff(places: QuerySet[ExamQuestion]) -> tuple[ExamQuestionSnapshot, ...]:
    """Return places of an exam in their order, each with its question as the bank has it, key included."""
    rows = list(places.order_by("order", "id"))
    questions = _questions([row.question_id for row in rows])
    return tuple(_of_bank(row, questions[row.question_id]) for row in rows)


def for_student(*, exam_id: int, student_id: int) -> tuple[ExamQuestionSnapshot, ...]:
    """Return the questions of an exam that a student was served, without any key, each as the newest paper has it."""
    frozen = _served(exam_id=exam_id, student_id=student_id)
    questions = _questions([question.question_id for question in frozen])
    ordered = sorted(frozen, key=lambda question: (question.order, question.exam_question_id))
    return tuple(_of_paper(question, questions[question.question_id]) for question in ordered)


def _served(*, exam_id: int, student_id: int) -> list[PaperQuestion]:
    rows = StudentAnswer.objects.filter(session__exam_id=exam_id, session__student_id=student_id)
    found: dict[int, PaperQuestion] = {}
    for paper_id, place_id, served_at in rows.order_by("-session__attempt_number", "position").values_list(
        "session__paper_id", "exam_question_id", "served_at"
    ):
        paper = paper_by_id(paper_id)
        # With a clock of its own a question is nobody's to read before it was served.
        if served_at is not None or paper.question_seconds is None:
            found.setdefault(place_id, paper.question(place_id))
    return list(found.values())


def _questions(ids: Iterable[int]) -> dict[int, BankQuestion]:
    rows = with_usage(Question.objects.filter(pk__in=list(ids)))
    return {question.id: question for question in bank_questions(rows)}


def _of_bank(place: ExamQuestion, question: BankQuestion) -> ExamQuestionSnapshot:
    return ExamQuestionSnapshot(
        id=place.pk,
        order=place.order,
        code=place.code,
        points=place.points,
        question_id=question.id,
        question_text=question.question_text,
        type=question.type,
        difficulty=question.difficulty,
        image_url=question.image_url,
        teacher=question.teacher,
        created_at=question.created_at,
        options=tuple(
            OptionSnapshot(id=option.id, text=option.text, is_correct=option.is_correct) for option in question.options
        ),
        usage_count=question.usage_count,
    )


def _of_paper(frozen: PaperQuestion, question: BankQuestion) -> ExamQuestionSnapshot:
    options = frozen.options if frozen.type in _CHOICES else ()
    return ExamQuestionSnapshot(
        id=frozen.exam_question_id,
        order=frozen.order,
        code=frozen.code,
        points=None,
        question_id=frozen.question_id,
        question_text=frozen.text,
        type=frozen.type,
        difficulty=frozen.difficulty,
        image_url=frozen.image_url,
        teacher=question.teacher,
        created_at=question.created_at,
        options=tuple(
            OptionSnapshot(id=option.id, text=option.text, is_correct=None)
            for option in sorted(options, key=lambda option: option.id)
        ),
        usage_count=question.usage_count,
    )
