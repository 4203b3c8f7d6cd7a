"""Questions: be served one, answer it (certification-api.es.md, "Preguntas y Respuestas")."""

from django.http import HttpRequest, HttpResponse

from examhall.domain.errors import DomainError
from examhall.engine import certification
from examhall.facades.examenes.base import SignedInView
from examhall.facades.examenes.images import image_address
from examhall.facades.examenes.schema import documented
from examhall.facades.examenes.wire import AnswerIn, MessageOut, QuestionIn, QuestionOut, question_out
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import actor_of, begin_now, request_now
from examhall.facades.httpkit.responses import json_response


class QuestionView(SignedInView):
    """``/get_questions_answers/``."""

    @documented(
        summary="Be served a question", body=QuestionIn, example={"examen": 1, "pregunta": 101}, answer=QuestionOut
    )
    def patch(self, request: HttpRequest) -> HttpResponse:
        """Return a question with its options; its clock runs from the first time on."""
        body = read_body(request, QuestionIn)
        question = certification.serve_question(
            actor=actor_of(request), session_id=body.examen, question_id=body.pregunta, now=begin_now(request)
        )
        return json_response(question_out(question, image=image_address(request, question.image_url)))


class AnswerView(SignedInView):
    """``/update_exam_answer/``."""

    @documented(
        summary="Answer a question for good",
        body=AnswerIn,
        example={"examen": 1, "pregunta": 101, "respuesta": 201},
        answer=MessageOut,
    )
    def patch(self, request: HttpRequest) -> HttpResponse:
        """Answer a question for good."""
        try:
            body = read_body(request, AnswerIn)
            certification.answer_question(
                actor=actor_of(request),
                session_id=body.examen,
                question_id=body.pregunta,
                option_id=body.respuesta,
                now=request_now(request),
            )
        except (DomainError, BodyRefused):
            observe.count_refused_save()
            raise
        observe.count_answered()
        return json_response(MessageOut(message="Answer saved successfully."))
