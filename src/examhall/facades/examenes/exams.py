"""Exams: begin one, look at them (certification-api.es.md, "Exámenes")."""

from django.http import HttpRequest, HttpResponse

from examhall.domain.certification import CertificationKind
from examhall.engine import certification, certification_views
from examhall.facades.examenes.base import SignedInView
from examhall.facades.examenes.images import image_address
from examhall.facades.examenes.schema import documented
from examhall.facades.examenes.wire import (
    AvailableOut,
    ExamIn,
    ExamInfoOut,
    ListOut,
    ResultOut,
    StartedOut,
    StartIn,
    info_out,
    listed_out,
    result_out,
)
from examhall.facades.examenes.wire_history import HistoryOut, history_out
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.requests import actor_of, begin_now, request_now
from examhall.facades.httpkit.responses import json_response

# The number that /get_exam_questions/ or /user_exams/ gave.
_EXAM = {"examen": 1}


class UserExamsView(SignedInView):
    """``/user_exams/``."""

    @documented(summary="All exams of the candidate", answer=ListOut)
    def get(self, request: HttpRequest) -> HttpResponse:
        """Return all exams of the candidate."""
        exams = certification_views.list_certification_exams(actor=actor_of(request), now=request_now(request))
        return json_response(ListOut(examenes=[listed_out(exam) for exam in exams]))


class ExamInfoView(SignedInView):
    """``/exam_info/``."""

    @documented(summary="What an exam came to", body=ExamIn, example=_EXAM, answer=ExamInfoOut)
    def post(self, request: HttpRequest) -> HttpResponse:
        """Return what an exam came to."""
        body = read_body(request, ExamIn)
        exam = certification_views.get_certification_exam(
            actor=actor_of(request), session_id=body.examen, now=request_now(request)
        )
        return json_response(info_out(exam))


class ExamResultView(SignedInView):
    """``/exam_result/``."""

    @documented(summary="The result of an exam", body=ExamIn, example=_EXAM, answer=ResultOut)
    def post(self, request: HttpRequest) -> HttpResponse:
        """Return what an exam came to, and when it was begun."""
        body = read_body(request, ExamIn)
        exam = certification_views.get_certification_exam(
            actor=actor_of(request), session_id=body.examen, now=request_now(request)
        )
        return json_response(result_out(exam))


class AvailableExamsView(SignedInView):
    """``/available_exams/``."""

    @documented(summary="How many exams may still be begun", answer=AvailableOut)
    def get(self, request: HttpRequest) -> HttpResponse:
        """Return how many exams of each kind may still be begun."""
        left = certification_views.count_attempts_left(actor=actor_of(request), now=request_now(request))
        return json_response(
            AvailableOut(practice=left[CertificationKind.PRACTICE], final=left[CertificationKind.FINAL])
        )


class StartView(SignedInView):
    """``/get_exam_questions/``."""

    @documented(summary="Begin an exam", body=StartIn, example={"tipo_examen": "prueba"}, answer=StartedOut)
    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin an exam, or return the one of this kind that runs."""
        body = read_body(request, StartIn)
        exam = certification.start_or_resume(actor=actor_of(request), kind=body.tipo_examen, now=begin_now(request))
        return json_response(StartedOut(examen=exam.id, preguntas=list(exam.question_ids)))


class HistoryView(SignedInView):
    """``/exam_history/``."""

    @documented(summary="An exam question by question", body=ExamIn, example=_EXAM, answer=HistoryOut)
    def post(self, request: HttpRequest) -> HttpResponse:
        """Return an exam question by question."""
        body = read_body(request, ExamIn)
        history = certification_views.get_exam_history(
            actor=actor_of(request), session_id=body.examen, now=request_now(request)
        )
        return json_response(history_out(history, image=lambda url: image_address(request, url)))
