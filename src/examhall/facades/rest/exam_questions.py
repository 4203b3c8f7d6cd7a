"""/exams/{id}/questions/: the questions of an exam, one by one (companion-apis.md, "Exams")."""

from typing import cast

from django.http import HttpResponse
from rest_framework.request import Request

from examhall.engine import exam_questions
from examhall.engine.exam_places import PlaceValues
from examhall.engine.exam_questions import PlaceChanges
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.partial import given_fields
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import documented
from examhall.facades.rest.wire_exam_questions import AddPlaceIn, ExamQuestionOut, PlaceChangeIn, exam_question_out

_ADDED = "Question added to exam successfully"
_UPDATED = "Exam question updated successfully"
_REMOVED = "Question removed from exam successfully"
_MISSING = "question_id is required"


class ExamQuestionsView(RestView):
    """``/exams/{id}/questions/``."""

    @documented(
        summary="Put a question into an exam",
        body=AddPlaceIn,
        answer=ExamQuestionOut,
        message=_ADDED,
        status=201,
        errors=(403,),
    )
    def post(self, request: Request, exam_id: int) -> HttpResponse:
        """Put a question into an exam."""
        body = read_body(request, AddPlaceIn)
        if body.question_id is None:
            # The contract has a sentence of its own for this.
            raise BodyRefused({"question_id": [_MISSING]}, message=_MISSING)
        question = exam_questions.add_exam_question(
            actor=actor_of(request),
            exam_id=exam_id,
            values=PlaceValues(question_id=body.question_id, order=body.order, code=body.code, points=body.points),
        )
        return self.ok(exam_question_out(question, staff=True), _ADDED, 201)


class ExamQuestionView(RestView):
    """``/exams/{id}/questions/{eq}/``."""

    @documented(
        summary="Change a question's place in an exam",
        body=PlaceChangeIn,
        answer=ExamQuestionOut,
        message=_UPDATED,
        errors=(403,),
    )
    def put(self, request: Request, exam_id: int, exam_question_id: int) -> HttpResponse:
        """Change what is given, leave the rest."""
        body = read_body(request, PlaceChangeIn)
        question = exam_questions.update_exam_question(
            actor=actor_of(request),
            exam_id=exam_id,
            exam_question_id=exam_question_id,
            changes=cast("PlaceChanges", given_fields(body)),
        )
        return self.ok(exam_question_out(question, staff=True), _UPDATED)


class RemoveExamQuestionView(RestView):
    """``/exams/{id}/questions/{eq}/delete/``."""

    @documented(summary="Take a question out of an exam", message=_REMOVED, errors=(403,))
    def delete(self, request: Request, exam_id: int, exam_question_id: int) -> HttpResponse:
        """Take a question out; what was sat keeps it."""
        exam_questions.remove_exam_question(
            actor=actor_of(request), exam_id=exam_id, exam_question_id=exam_question_id, now=request_now(request)
        )
        return self.ok(message=_REMOVED)
