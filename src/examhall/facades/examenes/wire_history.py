"""The history of an exam, field by field as the document prints it."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from examhall.domain.certification import CertificationKind
from examhall.engine.snapshots import OptionSnapshot
from examhall.engine.snapshots_certification import ExamHistory, HistoryLine
from examhall.facades.examenes.wire import level_of, passed_of, score_of


class HistoryExamOut(msgspec.Struct, kw_only=True):
    """The exam whose history it is."""

    id: int
    tipo_examen: CertificationKind
    calificacion: float | None
    nivel: str | None
    fecha: datetime
    aprobado: bool | None


class AskedOut(msgspec.Struct, kw_only=True):
    """The question; its text and image are null while it may not be read."""

    id: int
    descripcion: str | None
    imagen: str | None


class OptionOut(msgspec.Struct, kw_only=True):
    """An option; ``correcta`` is null while the key is hidden."""

    id: int
    descripcion: str
    correcta: bool | None


class LineOut(msgspec.Struct, kw_only=True):
    """One question of an exam; ``tiempo_respuesta`` is in seconds."""

    pregunta: AskedOut
    opciones_respuesta: list[OptionOut]
    respuesta_usuario: OptionOut | None
    respuesta_correcta: OptionOut | None
    es_correcta: bool | None
    tiempo_inicio: datetime | None
    tiempo_fin: datetime | None
    tiempo_respuesta: float | None


class SummaryOut(msgspec.Struct, kw_only=True):
    """How many questions were answered, and how."""

    total_preguntas: int
    respuestas_correctas: int | None
    respuestas_incorrectas: int | None
    sin_responder: int


class HistoryOut(msgspec.Struct, kw_only=True):
    """An exam question by question."""

    examen: HistoryExamOut
    historial: list[LineOut]
    resumen: SummaryOut


def history_out(history: ExamHistory, *, image: Callable[[str | None], str | None]) -> HistoryOut:
    """Return an exam's history; ``image`` turns a stored image into an absolute address."""
    exam, summary = history.exam, history.summary
    return HistoryOut(
        examen=HistoryExamOut(
            id=exam.id,
            tipo_examen=exam.kind,
            calificacion=score_of(exam),
            nivel=level_of(exam),
            fecha=exam.started_at,
            aprobado=passed_of(exam),
        ),
        historial=[_line(line, image(line.image_url)) for line in history.lines],
        resumen=SummaryOut(
            total_preguntas=summary.total,
            respuestas_correctas=summary.correct,
            respuestas_incorrectas=summary.wrong,
            sin_responder=summary.unanswered,
        ),
    )


def _line(line: HistoryLine, image: str | None) -> LineOut:
    return LineOut(
        pregunta=AskedOut(id=line.question_id, descripcion=line.text, imagen=image),
        opciones_respuesta=[_option(option) for option in line.options],
        respuesta_usuario=None if line.selected is None else _option(line.selected),
        respuesta_correcta=None if line.correct is None else _option(line.correct),
        es_correcta=line.is_correct,
        tiempo_inicio=line.served_at,
        tiempo_fin=line.answered_at,
        tiempo_respuesta=_seconds(line),
    )


def _option(option: OptionSnapshot) -> OptionOut:
    return OptionOut(id=option.id, descripcion=option.text, correcta=option.is_correct)


def _seconds(line: HistoryLine) -> float | None:
    if line.served_at is None or line.answered_at is None:
        return None
    return (line.answered_at - line.served_at).total_seconds()
