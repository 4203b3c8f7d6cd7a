"""The example of sessions-api.md as rows: its people, class, question and exam under their own ids."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from examhall.domain.words import Difficulty, QuestionType, RevealPolicy, Role
from examhall.store.models import Enrolment, Exam, ExamQuestion, Question, QuestionAnswer, SchoolClass, User

CREATED = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
LAST_LOGIN = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """Who calls in the example."""

    teacher: User
    student: User


def build_school(**exam: Any) -> School:
    """Make the rows of the example; ``exam`` changes fields of its exam."""
    teacher = _user(2, "teacher@example.com", "Test Teacher", Role.TEACHER)
    student = _user(3, "student@example.com", "Test Student", Role.STUDENT)
    group = SchoolClass.objects.create(id=1, class_name="Test Class 2024", teacher=teacher, created_at=CREATED)
    Enrolment.objects.create(class_obj=group, student=student, joined_at=CREATED)
    _exam(group, _question(teacher), exam)
    return School(teacher=teacher, student=student)


def _user(number: int, email: str, name: str, role: Role) -> User:
    return User.objects.create(
        id=number,
        email=email,
        email_key=email,
        full_name=name,
        role=role.value,
        created_at=CREATED,
        last_login=LAST_LOGIN,
    )


def _question(teacher: User) -> Question:
    question = Question.objects.create(
        id=41,
        question_text="What is 2 + 2?",
        type=QuestionType.MULTIPLE_CHOICE.value,
        difficulty=Difficulty.EASY.value,
        teacher=teacher,
        created_at=CREATED,
    )
    for number, text in ((120, "3"), (121, "4"), (122, "5")):
        QuestionAnswer.objects.create(
            id=number,
            question=question,
            text=text,
            is_correct=text == "4",
            created_at=CREATED,
            updated_at=CREATED,
        )
    return question


def _exam(group: SchoolClass, question: Question, changes: dict[str, Any]) -> None:
    values = {
        "title": "Midterm Exam",
        "description": "Mathematics Midterm",
        "total_score": 100,
        "minutes": 60,
        "start_time": datetime(2024, 1, 1, tzinfo=UTC),
        "end_time": datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC),
        "reveal_policy": RevealPolicy.OPEN.value,
        "created_at": CREATED,
        "created_by": group.teacher,
    }
    exam = Exam.objects.create(id=1, class_obj=group, **{**values, **changes})
    ExamQuestion.objects.create(id=27, exam=exam, question=question, order=1, code="Q1")
