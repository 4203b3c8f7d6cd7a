"""Rows for the tests of certification exams: a bank, a practice exam and a final exam that draw from it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from examhall.domain.certification import CertificationKind
from examhall.domain.words import Role, Weighting
from examhall.engine import certification
from examhall.engine.snapshots_certification import StartedExam
from examhall.store.models import Exam, ExamSession, Question, QuestionAnswer, SchoolClass, User
from tests.builders import CREATED, NOW, actor, make_class, make_exam, make_question, make_user

PRACTICE, FINAL = CertificationKind.PRACTICE, CertificationKind.FINAL
CLOCK = timedelta(seconds=65)
INSTANT = timedelta(microseconds=1)

_COLOURS = ("rojo", "verde", "azul", "negro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """A class that is open to all, its people, the two exams and their common bank."""

    teacher: User
    other_teacher: User
    admin: User
    alice: User
    bob: User
    charlie: User
    group: SchoolClass
    practice: Exam
    final: Exam
    bank: tuple[Question, ...]


def make_certification(bank: int = 6, draws: tuple[int, int] = (3, 4), **exam_fields: Any) -> Certification:
    """Make the usual people and two exams of so many questions out of a bank; the fields are for both exams.

    The first question of the bank has an image among our media, the second one elsewhere.
    """
    teacher = make_user("Teresa Teacher", Role.TEACHER)
    group = make_class(teacher, name="Certificación", open_enrolment=True)
    questions = tuple(_question(teacher, number) for number in range(bank))
    practice, final = (
        make_certification_exam(group, *questions, kind=kind, **{**limits, **exam_fields})
        for kind, limits in (
            (PRACTICE, {"draw_count": draws[0], "max_attempts": 20, "minutes": 60}),
            (FINAL, {"draw_count": draws[1], "max_attempts": 3, "minutes": 120}),
        )
    )
    return Certification(
        teacher=teacher,
        other_teacher=make_user("Oscar Other", Role.TEACHER),
        admin=make_user("Ada Admin", Role.ADMIN, is_staff=True),
        alice=make_user("Alice Owner"),
        bob=make_user("Bob Member"),
        charlie=make_user("Charlie Stranger"),
        group=group,
        practice=practice,
        final=final,
        bank=questions,
    )


def make_certification_exam(group: SchoolClass, *bank: Question, kind: CertificationKind, **fields: Any) -> Exam:
    """Make the exam of a kind."""
    values: dict[str, Any] = {
        "title": f"Examen {kind.value}",
        "slug": kind.value,
        "total_score": 100,
        "start_time": CREATED,
        "end_time": NOW + timedelta(days=300),
        "question_seconds": 65,
        "shuffle": True,
        "weighting": Weighting.EQUAL.value,
        "pass_mark": 70,
    }
    return make_exam(group, *bank, **{**values, **fields})


def begin(student: User, kind: CertificationKind = PRACTICE, *, at: timedelta = timedelta(0)) -> StartedExam:
    """Begin (or go on with) an exam."""
    return certification.start_or_resume(actor=actor(student), kind=kind, now=NOW + at)


def serve(student: User, exam: StartedExam, index: int = 0, *, at: timedelta = timedelta(0)) -> int:
    """Let a question of an exam be served; return its id."""
    question_id = exam.question_ids[index]
    certification.serve_question(actor=actor(student), session_id=exam.id, question_id=question_id, now=NOW + at)
    return question_id


def answer(
    student: User, exam: StartedExam, index: int = 0, *, right: bool = True, at: timedelta = timedelta(0)
) -> None:
    """Answer a question of an exam."""
    question_id = exam.question_ids[index]
    certification.answer_question(
        actor=actor(student),
        session_id=exam.id,
        question_id=question_id,
        option_id=key_of(question_id) if right else wrong_of(question_id),
        now=NOW + at,
    )


def sit(student: User, kind: CertificationKind = PRACTICE, *, right: int, at: timedelta = timedelta(0)) -> StartedExam:
    """Sit an exam to its end in an instant, so many questions answered rightly and the others wrongly."""
    exam = begin(student, kind, at=at)
    for index in range(len(exam.question_ids)):
        serve(student, exam, index, at=at)
        answer(student, exam, index, right=index < right, at=at)
    return exam


def key_of(question_id: int) -> int:
    """Return the correct option of a question."""
    return QuestionAnswer.objects.get(question_id=question_id, is_correct=True).pk


def wrong_of(question_id: int) -> int:
    """Return a wrong option of a question."""
    return QuestionAnswer.objects.filter(question_id=question_id, is_correct=False).order_by("id")[1].pk


def session_of(exam: StartedExam) -> ExamSession:
    """Return the row of an exam as it is now."""
    return ExamSession.objects.get(pk=exam.id)


def _question(teacher: User, number: int) -> Question:
    images = {0: "/media/tablas/colores.svg", 1: "https://imagenes.example/colores.png"}
    options = [(f"{colour} {number}", index == number % len(_COLOURS)) for index, colour in enumerate(_COLOURS)]
    return make_question(teacher, f"¿De qué color es {number}?", options=options, image_url=images.get(number))
