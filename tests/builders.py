"""Rows for tests, each with explicit values that no default would give."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from examhall.domain.access import Actor
from examhall.domain.kinds import Response
from examhall.domain.words import Difficulty, QuestionType, Role
from examhall.store.models import (
    Enrolment,
    Exam,
    ExamQuestion,
    Question,
    QuestionAnswer,
    SchoolClass,
    User,
)

NOW = datetime(2026, 3, 10, 9, 30, 15, 123456, tzinfo=UTC)
CREATED = NOW - timedelta(days=40)
# Every user of a test has this one; the hash is made by the fast hasher of tests/settings.py.
PASSWORD = "correct horse battery"

_numbers = itertools.count(1)


def actor(user: User) -> Actor:
    """Return who asks when this user does."""
    return Actor(user_id=user.pk)


def make_user(name: str, role: Role = Role.STUDENT, **fields: Any) -> User:
    """Make a user called ``name``; the e-mail address follows from it."""
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{next(_numbers)}@School.example")
    user = User(
        email=email,
        email_key=email.casefold(),
        full_name=name,
        role=role.value,
        created_at=CREATED,
        last_login=CREATED + timedelta(days=1),
        **fields,
    )
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    return user


def make_class(teacher: User, *students: User, name: str = "Algebra 2B", open_enrolment: bool = False) -> SchoolClass:
    """Make a class with its students enrolled."""
    group = SchoolClass.objects.create(
        class_name=name, teacher=teacher, created_at=CREATED, open_enrolment=open_enrolment
    )
    Enrolment.objects.bulk_create(
        Enrolment(class_obj=group, student=student, joined_at=CREATED + timedelta(days=2)) for student in students
    )
    return group


def make_question(
    teacher: User,
    text: str = "Which of these are prime?",
    *,
    kind: QuestionType = QuestionType.MULTIPLE_CHOICE,
    difficulty: Difficulty = Difficulty.MEDIUM,
    options: Sequence[tuple[str, bool]] = (("21", False), ("23", True), ("25", False)),
    tolerance: Decimal | None = None,
    image_url: str | None = None,
) -> Question:
    """Make a question with its options (text, is it correct)."""
    question = Question.objects.create(
        question_text=text,
        type=kind.value,
        difficulty=difficulty.value,
        image_url=image_url,
        teacher=teacher,
        created_at=CREATED,
    )
    for option, correct in options:
        QuestionAnswer.objects.create(
            question=question,
            text=option,
            is_correct=correct,
            tolerance=tolerance,
            created_at=CREATED,
            updated_at=CREATED,
        )
    return question


def make_exam(group: SchoolClass, *questions: Question, points: Sequence[Decimal | None] = (), **fields: Any) -> Exam:
    """Make an exam that runs from an hour before ``NOW`` until three hours after, of 45 minutes and 80 points."""
    values: dict[str, Any] = {
        "title": "Primes and factors",
        "description": "Chapters 3 and 4",
        "total_score": 80,
        "minutes": 45,
        "start_time": NOW - timedelta(hours=1),
        "end_time": NOW + timedelta(hours=3),
        "created_at": CREATED,
        "created_by": group.teacher,
    }
    exam = Exam.objects.create(class_obj=group, **{**values, **fields})
    for index, question in enumerate(questions):
        ExamQuestion.objects.create(
            exam=exam,
            question=question,
            order=10 * (index + 1),
            code=f"P{index + 1}",
            points=points[index] if points else None,
        )
    return exam


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A class with its people and one running exam of three choice questions."""

    teacher: User
    other_teacher: User
    admin: User
    alice: User
    bob: User
    charlie: User
    group: SchoolClass
    exam: Exam
    questions: tuple[ExamQuestion, ...]

    def key(self, index: int = 0) -> int:
        """Return the id of the correct option of a question."""
        return self.options(index, correct=True)[0]

    def wrong(self, index: int = 0) -> int:
        """Return the id of a wrong option of a question."""
        return self.options(index, correct=False)[0]

    def options(self, index: int, *, correct: bool) -> list[int]:
        """Return the ids of the correct or the wrong options of a question."""
        rows = QuestionAnswer.objects.filter(question_id=self.questions[index].question_id, is_correct=correct)
        return list(rows.order_by("id").values_list("id", flat=True))


def make_world(questions: int = 3, **exam_fields: Any) -> World:
    """Make the usual people: Alice and Bob in the class, Charlie a stranger to it, and an exam of choice questions."""
    teacher = make_user("Teresa Teacher", Role.TEACHER)
    alice, bob, charlie = (make_user(name) for name in ("Alice Owner", "Bob Member", "Charlie Stranger"))
    group = make_class(teacher, alice, bob)
    asked = [make_question(teacher, f"Which one of row {index + 1} is prime?") for index in range(questions)]
    exam = make_exam(group, *asked, **exam_fields)
    return World(
        teacher=teacher,
        other_teacher=make_user("Oscar Other", Role.TEACHER),
        admin=make_user("Ada Admin", Role.ADMIN, is_staff=True),
        alice=alice,
        bob=bob,
        charlie=charlie,
        group=group,
        exam=exam,
        questions=tuple(ExamQuestion.objects.filter(exam=exam).order_by("order")),
    )


def choose(option_id: int | None) -> Response:
    """Return the response that selects one option, or clears the answer."""
    return Response(selected_answer_id=option_id, given=frozenset({"selected_answer_id"}))


def choose_many(*option_ids: int) -> Response:
    """Return the response that selects several options."""
    return Response(selected_answer_ids=option_ids, given=frozenset({"selected_answer_ids"}))


def write(text: str | None) -> Response:
    """Return the response that writes a text."""
    return Response(answer_text=text, given=frozenset({"answer_text"}))
