"""Bodies and answers, field by field as the document prints them."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from examhall.domain.accounts import candidate_name
from examhall.domain.certification import CertificationKind
from examhall.engine.snapshots import OptionSnapshot
from examhall.engine.snapshots_accounts import CandidateSnapshot
from examhall.engine.snapshots_certification import CertificationExam, ServedQuestion
from examhall.facades.httpkit.bodies import Id

# Room for any phrase; a password of megabytes would only cost time.
Password = Annotated[str, msgspec.Meta(max_length=4096)]


class RegisterIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who registers."""

    matricula: str
    nombre: str
    paterno: str
    materno: str
    email: str
    password: Password = msgspec.field(name="contraseña")
    username: str


class LoginIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who signs in."""

    email: str
    password: Password = msgspec.field(name="contraseña")


class StartIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which exam to begin."""

    tipo_examen: CertificationKind


class ExamIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which exam to look at."""

    examen: Id


class QuestionIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which question to serve."""

    examen: Id
    pregunta: Id


class AnswerIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which option answers which question."""

    examen: Id
    pregunta: Id
    respuesta: Id


class TokenOut(msgspec.Struct, kw_only=True):
    """The token that goes into the header ``X-CSRFToken``."""

    token: str = msgspec.field(name="csrfToken")


class MessageOut(msgspec.Struct, kw_only=True):
    """That it worked."""

    message: str


class UserOut(msgspec.Struct, kw_only=True):
    """Who is signed in; ``matricula`` and ``username`` are null for somebody who registered through the other API."""

    matricula: str | None
    nombre: str
    paterno: str
    materno: str
    email: str
    username: str | None


class ListedExamOut(msgspec.Struct, kw_only=True):
    """An exam in the list: here ``aprobado`` is a word."""

    id: int
    tipo_examen: CertificationKind
    calificacion: float | None
    nivel: str | None
    fecha: datetime
    aprobado: Literal["Aprobado", "Reprobado"] | None


class ListOut(msgspec.Struct, kw_only=True):
    """All exams of a candidate."""

    examenes: list[ListedExamOut]


class ExamInfoOut(msgspec.Struct, kw_only=True):
    """What an exam came to."""

    calificacion: float | None
    nivel: str | None
    tipo_examen: CertificationKind
    aprobado: bool | None


class DatedExamOut(msgspec.Struct, kw_only=True):
    """What an exam came to, and when it was begun."""

    tipo_examen: CertificationKind
    calificacion: float | None
    nivel: str | None
    fecha: datetime
    aprobado: bool | None


class ResultOut(msgspec.Struct, kw_only=True):
    """The result of an exam."""

    examen: DatedExamOut


class AvailableOut(msgspec.Struct, kw_only=True):
    """How many exams of each kind may still be begun; the names are the document's, letter by letter."""

    practice: int = msgspec.field(name="avaible_exams_prueba")
    final: int = msgspec.field(name="avaible_exams_final")


class StartedOut(msgspec.Struct, kw_only=True):
    """A running exam and its questions."""

    examen: int
    preguntas: list[int]


class ChoiceOut(msgspec.Struct, kw_only=True):
    """An option to choose."""

    id: int
    descripcion: str


class ServedQuestionOut(msgspec.Struct, kw_only=True):
    """A question to answer; ``imagen`` is an absolute address."""

    id: int
    descripcion: str
    imagen: str | None
    respuestas: list[ChoiceOut]


class QuestionOut(msgspec.Struct, kw_only=True):
    """The question that was asked for."""

    pregunta: ServedQuestionOut


def user_out(candidate: CandidateSnapshot) -> UserOut:
    """Return somebody's own data.

    The other API knows a name in one piece only. Where somebody registered there or changed it there, it is all in
    ``nombre``.
    """
    parts = (candidate.nombre, candidate.paterno, candidate.materno)
    if candidate_name(nombre=parts[0], paterno=parts[1], materno=parts[2]) != candidate.full_name:
        parts = (candidate.full_name, "", "")
    return UserOut(
        matricula=candidate.matricula,
        nombre=parts[0],
        paterno=parts[1],
        materno=parts[2],
        email=candidate.email,
        username=candidate.username,
    )


def score_of(exam: CertificationExam) -> float | None:
    """Return an exam's ``calificacion``."""
    return None if exam.outcome is None else float(exam.outcome.percentage)


def level_of(exam: CertificationExam) -> str | None:
    """Return an exam's ``nivel``."""
    return None if exam.outcome is None else exam.outcome.level.value


def passed_of(exam: CertificationExam) -> bool | None:
    """Return whether an exam was passed."""
    return None if exam.outcome is None else exam.outcome.passed


def listed_out(exam: CertificationExam) -> ListedExamOut:
    """Return an exam as the list shows it."""
    return ListedExamOut(
        id=exam.id,
        tipo_examen=exam.kind,
        calificacion=score_of(exam),
        nivel=level_of(exam),
        fecha=exam.started_at,
        aprobado=None if exam.outcome is None else "Aprobado" if exam.outcome.passed else "Reprobado",
    )


def info_out(exam: CertificationExam) -> ExamInfoOut:
    """Return what an exam came to."""
    return ExamInfoOut(
        calificacion=score_of(exam), nivel=level_of(exam), tipo_examen=exam.kind, aprobado=passed_of(exam)
    )


def result_out(exam: CertificationExam) -> ResultOut:
    """Return what an exam came to, and when it was begun."""
    return ResultOut(
        examen=DatedExamOut(
            tipo_examen=exam.kind,
            calificacion=score_of(exam),
            nivel=level_of(exam),
            fecha=exam.started_at,
            aprobado=passed_of(exam),
        )
    )


def question_out(question: ServedQuestion, *, image: str | None) -> QuestionOut:
    """Return a question to answer."""
    return QuestionOut(
        pregunta=ServedQuestionOut(
            id=question.question_id,
            descripcion=question.text,
            imagen=image,
            respuestas=[_choice(option) for option in question.options],
        )
    )


def _choice(option: OptionSnapshot) -> ChoiceOut:
    return ChoiceOut(id=option.id, descripcion=option.text)
