"""The example that runs through the Sessions specification, under the specification's own ids."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.management.color import no_style
from django.db import connection

from examhall.domain.words import Difficulty, QuestionType, RevealPolicy, Role
from examhall.store.models import (
    Enrolment,
    Exam,
    ExamQuestion,
    Question,
    QuestionAnswer,
    SchoolClass,
    User,
)

_CREATED = datetime(2024, 1, 15, 8, 0, tzinfo=UTC)
_LAST_LOGIN = datetime(2024, 1, 15, 10, 30, tzinfo=UTC)
# The specification's window ended in 2025; the demo is there to be sat.
_WINDOW = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC))
_ATTEMPTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The four people whose passwords are printed."""

    admin: User
    teacher: User
    student: User
    candidate: User


def plant_accounts(*, password_hash: str) -> Accounts:
    """Insert the four demo accounts, the teacher and the student under the specification's ids."""

    def account(pk: int, name: str, full_name: str, role: Role, **fields: object) -> User:
        email = f"{name}@example.com"
        values: dict[str, object] = {
            "email": email,
            "email_key": email,
            "full_name": full_name,
            "role": role.value,
            "password": password_hash,
            "created_at": _CREATED,
            "last_login": _LAST_LOGIN,
        }
        return User.objects.create(pk=pk, **{**values, **fields})

    return Accounts(
        admin=account(1, "admin", "Demo Admin", Role.ADMIN, is_staff=True, is_superuser=True),
        teacher=account(2, "teacher", "Test Teacher", Role.TEACHER),
        student=account(3, "student", "Test Student", Role.STUDENT),
        candidate=account(
            4,
            "candidato",
            "Lucía Hernández Ríos",
            Role.STUDENT,
            username="candidato",
            matricula="202400123",
            nombre="Lucía",
            paterno="Hernández",
            materno="Ríos",
        ),
    )


def plant_example(accounts: Accounts) -> Exam:
    """Insert class 1 with exam 1 "Midterm Exam": question 41 with options 120 to 122 as exam question 27."""
    group = SchoolClass.objects.create(
        pk=1, class_name="Test Class 2024", teacher=accounts.teacher, created_at=_CREATED
    )
    Enrolment.objects.create(class_obj=group, student=accounts.student, joined_at=_CREATED)
    question = Question.objects.create(
        pk=41,
        question_text="What is 2 + 2?",
        type=QuestionType.MULTIPLE_CHOICE.value,
        difficulty=Difficulty.EASY.value,
        teacher=accounts.teacher,
        created_at=_CREATED,
    )
    for pk, text, correct in ((120, "3", False), (121, "4", True), (122, "5", False)):
        QuestionAnswer.objects.create(
            pk=pk, question=question, text=text, is_correct=correct, created_at=_CREATED, updated_at=_CREATED
        )
    exam = Exam.objects.create(
        pk=1,
        class_obj=group,
        title="Midterm Exam",
        description="Mathematics Midterm",
        total_score=100,
        minutes=60,
        start_time=_WINDOW[0],
        end_time=_WINDOW[1],
        created_at=_CREATED,
        created_by=accounts.teacher,
        reveal_policy=RevealPolicy.OPEN.value,
        max_attempts=_ATTEMPTS,
    )
    ExamQuestion.objects.create(pk=27, exam=exam, question=question, order=1, code="Q1")
    _continue_sequences()
    return exam


def _continue_sequences() -> None:
    """Let generated ids go on after the explicit ones; PostgreSQL's sequences do not see those by themselves."""
    models = [User, SchoolClass, Question, QuestionAnswer, Exam, ExamQuestion]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
