"""The demo school: teachers, students, classes, questions and exams, planted in bulk."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from examhall.domain.accounts import email_key
from examhall.domain.words import RevealPolicy, Role, Weighting
from examhall.engine.demo.content import DemoClass, DemoContent, DemoExam, DemoPerson, DemoQuestion, ExamAge
from examhall.engine.demo.example import Accounts
from examhall.store.models import Enrolment, Exam, ExamQuestion, Question, QuestionAnswer, SchoolClass, User

_YEAR = timedelta(days=365)
_PAST_AGES = (timedelta(days=62), timedelta(days=20))
_OPEN_DAYS = {ExamAge.PAST: 3, ExamAge.RUNNING: 30, ExamAge.UPCOMING: 7}
_FOR_EVER = datetime(2099, 12, 31, 23, 59, 59)  # noqa: DTZ001 - takes the zone of the planting moment


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """What was planted: each exam with its age and the students of its class."""

    exams: tuple[tuple[Exam, ExamAge, tuple[User, ...]], ...]
    prueba: Exam
    final: Exam


def plant_school(
    content: DemoContent, accounts: Accounts, *, password_hash: str, rng: random.Random, now: datetime
) -> School:
    """Insert the whole school; ``rng`` decides the order of options, so the same content gives the same school."""
    teachers = {"teacher": accounts.teacher} | {
        person.key: user
        for person, user in zip(
            content.teachers,
            _people(content.teachers, Role.TEACHER, password_hash=password_hash, created_at=now - _YEAR),
            strict=True,
        )
    }
    students = _people(content.students, Role.STUDENT, password_hash=password_hash, created_at=now - _YEAR)
    owners = {group.subject: teachers[group.teacher] for group in content.classes}
    questions = _questions(content.questions, owners=owners, rng=rng, now=now)
    exams = []
    for number, group in enumerate(content.classes):
        members = [student for index, student in enumerate(students) if number in _classes_of(index)]
        row = _class(group, teachers[group.teacher], members, now=now)
        # The student of the example meets exams that nobody has sat for them yet.
        Enrolment.objects.create(class_obj=row, student=accounts.student, joined_at=now - timedelta(days=9))
        exams += [(exam, age, tuple(members)) for exam, age in _exams(group, row, questions, now=now)]
    prueba, final = _certification(content.certification, accounts.teacher, rng=rng, now=now)
    return School(exams=tuple(exams), prueba=prueba, final=final)


def _classes_of(index: int, classes: int = 6) -> tuple[int, int]:
    """Return the two classes of a student, spread so that every class gets as many and every pair occurs."""
    first = index % classes
    return first, (first + 1 + (index // classes) % (classes - 1)) % classes


def _people(people: Sequence[DemoPerson], role: Role, *, password_hash: str, created_at: datetime) -> list[User]:
    User.objects.bulk_create(
        User(
            email=person.email,
            email_key=email_key(person.email),
            full_name=person.name,
            role=role.value,
            password=password_hash,
            created_at=created_at,
        )
        for person in people
    )
    # Read again: MySQL does not tell the ids of the rows of one INSERT.
    found = User.objects.in_bulk([email_key(person.email) for person in people], field_name="email_key")
    return [found[email_key(person.email)] for person in people]


def _questions(
    questions: Sequence[DemoQuestion], *, owners: Mapping[str, User], rng: random.Random, now: datetime
) -> dict[str, Question]:
    created_at = now - timedelta(days=90)
    planted: dict[str, Question] = {}
    options: list[QuestionAnswer] = []
    for question in questions:
        row = Question.objects.create(
            question_text=question.text,
            type=question.type.value,
            difficulty=question.difficulty.value,
            image_url=question.image_url,
            teacher=owners[question.subject],
            created_at=created_at,
        )
        planted[question.key] = row
        # In random order, as the authoring use cases store them: an id must not tell which option is the key.
        options.extend(
            QuestionAnswer(
                question=row,
                text=option.text,
                is_correct=option.is_correct,
                tolerance=option.tolerance,
                created_at=created_at,
                updated_at=created_at,
            )
            for option in rng.sample(question.options, len(question.options))
        )
    QuestionAnswer.objects.bulk_create(options)
    return planted


def _class(group: DemoClass, teacher: User, students: Iterable[User], *, now: datetime) -> SchoolClass:
    row = SchoolClass.objects.create(class_name=group.name, teacher=teacher, created_at=now - timedelta(days=80))
    Enrolment.objects.bulk_create(
        Enrolment(class_obj=row, student=student, joined_at=now - timedelta(days=75)) for student in students
    )
    return row


def _exams(
    group: DemoClass, row: SchoolClass, questions: Mapping[str, Question], *, now: datetime
) -> list[tuple[Exam, ExamAge]]:
    planted = []
    past_ages = iter(_PAST_AGES)
    for exam in group.exams:
        starts_at = _starts_at(exam.age, past_ages, now=now)
        planted.append((_exam(exam, row, starts_at=starts_at, questions=questions), exam.age))
    return planted


def _starts_at(age: ExamAge, past_ages: Iterable[timedelta], *, now: datetime) -> datetime:
    today = now.replace(hour=8, minute=0, second=0, microsecond=0)
    match age:
        case ExamAge.PAST:
            return today - next(iter(past_ages))
        case ExamAge.RUNNING:
            return today - timedelta(days=1)
        case ExamAge.UPCOMING:
            return today + timedelta(days=21)


def _exam(exam: DemoExam, group: SchoolClass, *, starts_at: datetime, questions: Mapping[str, Question]) -> Exam:
    row = Exam.objects.create(
        class_obj=group,
        title=exam.title,
        description=exam.description,
        total_score=100,
        minutes=exam.minutes,
        start_time=starts_at,
        end_time=starts_at + timedelta(days=_OPEN_DAYS[exam.age]),
        created_at=starts_at - timedelta(days=10),
        created_by=group.teacher,
        shuffle=exam.age is not ExamAge.PAST,
        reveal_policy=(RevealPolicy.AFTER_CLOSE if exam.age is ExamAge.UPCOMING else RevealPolicy.AFTER_SUBMIT).value,
    )
    _place(row, [questions[key] for key in exam.questions])
    return row


def _place(exam: Exam, questions: Iterable[Question]) -> None:
    ExamQuestion.objects.bulk_create(
        ExamQuestion(exam=exam, question=question, order=order, code=f"Q{order}")
        for order, question in enumerate(questions, start=1)
    )


def _certification(
    bank: Sequence[DemoQuestion], teacher: User, *, rng: random.Random, now: datetime
) -> tuple[Exam, Exam]:
    """Plant the two exams of the certification API, both drawing from the whole bank."""
    group = SchoolClass.objects.create(
        class_name="Certificación en cómputo y datos", teacher=teacher, created_at=now - _YEAR, open_enrolment=True
    )
    owners = {question.subject: teacher for question in bank}
    questions = list(_questions(bank, owners=owners, rng=rng, now=now).values())
    exams = []
    for slug, title, draw_count, attempts, minutes in (
        ("prueba", "Examen de prueba", 20, 20, 60),
        ("final", "Examen final", 40, 3, 120),
    ):
        exam = Exam.objects.create(
            class_obj=group,
            title=title,
            description="Cómputo general y manejo de datos",
            total_score=100,
            minutes=minutes,
            start_time=now - _YEAR,
            end_time=_FOR_EVER.replace(tzinfo=now.tzinfo),
            created_at=now - _YEAR,
            created_by=teacher,
            slug=slug,
            draw_count=draw_count,
            question_seconds=65,
            max_attempts=attempts,
            shuffle=True,
            weighting=Weighting.EQUAL.value,
            pass_mark=70,
        )
        _place(exam, questions)
        exams.append(exam)
    return exams[0], exams[1]
