"""Plant a school: `python -m tests.chaos.plant PLAN` with both, the plan and the printed world, as JSON."""

import os
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import django
import msgspec

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examhall.config.settings")
django.setup()

from django.db import transaction  # noqa: E402 - models and what reads them need the set-up above

from examhall.domain.words import Difficulty, QuestionType, Role  # noqa: E402
from examhall.store.models import (  # noqa: E402
    Enrolment,
    Exam,
    ExamQuestion,
    Question,
    QuestionAnswer,
    SchoolClass,
    User,
)
from tests.chaos.world import TOTAL_SCORE, ExamPlan, Place, Plan, PlantedExam, World  # noqa: E402

_OPTIONS = 4
# No password at all: the tokens are made by whoever knows the key.
_UNUSABLE = "!"


@transaction.atomic
def plant(plan: Plan, *, now: datetime) -> World:
    """Plant a school beside whatever the database holds already."""
    tag = secrets.token_hex(6)
    teacher = _user(f"teacher.{tag}", "Teresa Teacher", Role.TEACHER, now=now)
    teacher.save(force_insert=True)
    User.objects.bulk_create(
        _user(f"student.{tag}.{number:05}", f"Student Number {number}", Role.STUDENT, now=now)
        for number in range(plan.students)
    )
    students = list(User.objects.filter(email_key__startswith=f"student.{tag}.").order_by("email_key"))
    group = SchoolClass.objects.create(class_name=f"Chaos {tag}", teacher=teacher, created_at=now)
    Enrolment.objects.bulk_create(Enrolment(class_obj=group, student=student, joined_at=now) for student in students)
    questions = [_question(number, teacher, now=now) for number in range(1, plan.questions + 1)]
    exams = [_exam(exam, group, questions, now=now) for exam in plan.exams]
    return World(exams=exams, students=[student.pk for student in students])


def _user(name: str, full_name: str, role: Role, *, now: datetime) -> User:
    email = f"{name}@example.org"
    return User(email=email, email_key=email, full_name=full_name, role=role.value, created_at=now, password=_UNUSABLE)


def _question(number: int, teacher: User, *, now: datetime) -> tuple[Question, list[QuestionAnswer]]:
    question = Question.objects.create(
        question_text=f"Which of these survives what happens to question number {number}?",
        type=QuestionType.MULTIPLE_CHOICE.value,
        difficulty=list(Difficulty)[number % len(Difficulty)].value,
        teacher=teacher,
        created_at=now,
    )
    options = [
        QuestionAnswer.objects.create(
            question=question,
            text=f"Answer {letter} to question {number}",
            is_correct=place == number % _OPTIONS,
            created_at=now,
            updated_at=now,
        )
        for place, letter in enumerate("ABCD")
    ]
    return question, options


def _exam(
    plan: ExamPlan, group: SchoolClass, questions: Sequence[tuple[Question, list[QuestionAnswer]]], *, now: datetime
) -> PlantedExam:
    exam = Exam.objects.create(
        class_obj=group,
        title="An exam among faults",
        description="Everything breaks but this",
        total_score=TOTAL_SCORE,
        minutes=plan.minutes,
        start_time=now + timedelta(seconds=plan.opens_in),
        end_time=now + timedelta(seconds=plan.closes_in),
        created_at=now,
        created_by=group.teacher,
        max_attempts=plan.max_attempts,
        shuffle=True,
    )
    places = []
    for order, (question, options) in enumerate(questions, start=1):
        row = ExamQuestion.objects.create(exam=exam, question=question, order=order, code=f"Q{order}")
        key = next(option.pk for option in options if option.is_correct)
        places.append(Place(id=row.pk, options=[option.pk for option in options], key=key))
    return PlantedExam(id=exam.pk, max_attempts=plan.max_attempts, places=places)


if __name__ == "__main__":
    planted = plant(msgspec.json.decode(sys.argv[1], type=Plan), now=datetime.now(UTC))
    sys.stdout.write(msgspec.json.encode(planted).decode())
