"""Plant what the load needs: a class of students and one exam of multiple-choice questions that runs now."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from rest_framework_simplejwt.tokens import AccessToken

from bench.world import Question, Student, World
from examhall.domain.words import Difficulty, QuestionType, Role
from examhall.store import models

QUESTIONS, OPTIONS = 40, 4
PASSWORD = "bench only: never a real one"
_TOKENS_LAST = timedelta(hours=6)
# Students who answer for the capture and for the profile, so that the load's own rows stay the load's.
SPARE = 64


def run(students: str) -> World:
    """Plant so many students; return what the load generator has to know."""
    now = datetime.now(UTC)
    with transaction.atomic():
        people = _people(int(students) + SPARE, now=now)
        exam = _exam(people[0], people[1:], now=now)
        questions = _questions(exam, people[0], now=now)
    known = [Student(id=person.pk, email=person.email, token=_token(person.pk, now=now)) for person in people[1:]]
    return World(exam_id=exam.pk, password=PASSWORD, questions=questions, students=known[:-SPARE], spare=known[-SPARE:])


def _people(students: int, *, now: datetime) -> list[models.User]:
    """Return the teacher and then the students; all share one hash, or hashing would take longer than the rest."""
    password = make_password(PASSWORD)
    roles = [Role.TEACHER] + [Role.STUDENT] * students
    models.User.objects.bulk_create(
        models.User(
            email=f"bench.{number:05}@example.org",
            email_key=f"bench.{number:05}@example.org",
            full_name=f"{role.value.title()} Number {number}",
            role=role.value,
            created_at=now,
            password=password,
        )
        for number, role in enumerate(roles)
    )
    # MySQL does not return the ids of what it inserted.
    return list(models.User.objects.order_by("email_key"))


def _exam(teacher: models.User, students: list[models.User], *, now: datetime) -> models.Exam:
    group = models.SchoolClass.objects.create(class_name="Bench", teacher=teacher, created_at=now)
    models.Enrolment.objects.bulk_create(
        models.Enrolment(class_obj=group, student=student, joined_at=now) for student in students
    )
    return models.Exam.objects.create(
        class_obj=group,
        title="Forty questions at once",
        description="Sat by a thousand students",
        total_score=100,
        minutes=300,
        start_time=now - timedelta(hours=1),
        end_time=now + timedelta(hours=12),
        created_at=now,
        created_by=teacher,
    )


def _questions(exam: models.Exam, teacher: models.User, *, now: datetime) -> list[Question]:
    planted = []
    for number in range(1, QUESTIONS + 1):
        question = models.Question.objects.create(
            question_text=f"Which of these is the answer to question number {number} of the exam that measures?",
            type=QuestionType.MULTIPLE_CHOICE.value,
            difficulty=Difficulty.MEDIUM.value,
            teacher=teacher,
            created_at=now,
        )
        options = [
            models.QuestionAnswer.objects.create(
                question=question,
                text=f"Answer {letter} to question {number}",
                is_correct=place == number % OPTIONS,
                created_at=now,
                updated_at=now,
            )
            for place, letter in enumerate("ABCD")
        ]
        row = models.ExamQuestion.objects.create(exam=exam, question=question, order=number, code=f"Q{number}")
        planted.append(Question(id=row.pk, options=[option.pk for option in options]))
    return planted


def _token(user_id: int, *, now: datetime) -> str:
    token = AccessToken()
    token["user_id"] = str(user_id)
    token.set_exp(from_time=now, lifetime=_TOKENS_LAST)
    return str(token)
