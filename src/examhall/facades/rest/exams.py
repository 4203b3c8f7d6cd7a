"""/exams/: making, changing and looking at exams (companion-apis.md, "Exams")."""

from typing import cast

import msgspec
from django.http import HttpResponse
from rest_framework.request import Request

from examhall.domain.words import ExamStatus
from examhall.engine import authoring, available_exams, exam_views
from examhall.engine.authoring import ExamChanges
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.partial import given_fields
from examhall.facades.httpkit.queries import choice_param, int_param, read_page, text_param
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import PAGE_PARAMS, choice_of, documented, id_param, text_of
from examhall.facades.rest.wire import PageOut, page_out
from examhall.facades.rest.wire_exam_bodies import ExamChangeIn, ExamIn, exam_values
from examhall.facades.rest.wire_exam_questions import place_values
from examhall.facades.rest.wire_exams import (
    AvailableExamOut,
    ExamDetailOut,
    ExamRowOut,
    ExamStatisticsOut,
    available_exam_out,
    exam_detail_out,
    exam_row_out,
    exam_statistics_out,
)

_FILTERS = (
    id_param("class_obj", "Only exams of this class."),
    choice_of("status", ExamStatus, "Only exams that stand so by the clock."),
)

_CREATED = "Exam created successfully"
_UPDATED = "Exam updated successfully"
_DELETED = "Exam deleted successfully"


class ExamsView(RestView):
    """``/exams/``."""

    @documented(
        summary="List the exams of one's classes; an admin sees all",
        answer=PageOut[ExamRowOut],
        errors=(403, 404),
        query=(
            *PAGE_PARAMS,
            *_FILTERS,
            text_of("search", "Only exams whose title or description contains this, in whatever case."),
        ),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of exams, the latest first."""
        page = exam_views.list_exams(
            actor=actor_of(request),
            class_id=int_param(request, "class_obj"),
            search=text_param(request, "search"),
            status=choice_param(request, "status", ExamStatus),
            page=read_page(request),
            now=request_now(request),
        )
        return self.ok(page_out(request, page, exam_row_out))

    @documented(summary="Make an exam", body=ExamIn, answer=ExamDetailOut, message=_CREATED, status=201, errors=(403,))
    def post(self, request: Request) -> HttpResponse:
        """Make an exam of one of the caller's classes."""
        body = read_body(request, ExamIn)
        detail = authoring.create_exam(
            actor=actor_of(request),
            class_id=body.class_obj,
            values=exam_values(body),
            places=[place_values(place) for place in body.questions],
            now=request_now(request),
        )
        return self.ok(exam_detail_out(detail), _CREATED, 201)


class AvailableExamsView(RestView):
    """``/exams/available/``."""

    @documented(
        summary="List the exams of one's classes with whether they can be started",
        answer=PageOut[AvailableExamOut],
        errors=(403, 404),
        query=(*PAGE_PARAMS, *_FILTERS),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of the student's exams, the latest first."""
        page = available_exams.list_available_exams(
            actor=actor_of(request),
            class_id=int_param(request, "class_obj"),
            status=choice_param(request, "status", ExamStatus),
            page=read_page(request),
            now=request_now(request),
        )
        return self.ok(page_out(request, page, available_exam_out))


class ExamView(RestView):
    """``/exams/{id}/``."""

    @documented(summary="Look at an exam", answer=ExamDetailOut)
    def get(self, request: Request, exam_id: int) -> HttpResponse:
        """Answer an exam; to a student without keys."""
        detail = exam_views.get_exam(actor=actor_of(request), exam_id=exam_id, now=request_now(request))
        return self.ok(exam_detail_out(detail))

    @documented(summary="Change an exam", body=ExamChangeIn, answer=ExamDetailOut, message=_UPDATED, errors=(403,))
    def put(self, request: Request, exam_id: int) -> HttpResponse:
        """Change what is given, leave the rest; whoever has started sits what they started."""
        body = read_body(request, ExamChangeIn)
        places = body.questions
        detail = authoring.update_exam(
            actor=actor_of(request),
            exam_id=exam_id,
            changes=cast("ExamChanges", given_fields(body, without=("class_obj", "questions"))),
            class_id=None if body.class_obj is msgspec.UNSET else body.class_obj,
            places=None if places is msgspec.UNSET else [place_values(place) for place in places],
            now=request_now(request),
        )
        return self.ok(exam_detail_out(detail), _UPDATED)

    @documented(summary="Delete an exam that nobody sat", message=_DELETED, errors=(400, 403))
    def delete(self, request: Request, exam_id: int) -> HttpResponse:
        """Delete an exam."""
        authoring.delete_exam(actor=actor_of(request), exam_id=exam_id)
        return self.ok(message=_DELETED)


class ExamStatisticsView(RestView):
    """``/exams/{id}/statistics/``."""

    @documented(summary="See how an exam went", answer=ExamStatisticsOut, errors=(403,))
    def get(self, request: Request, exam_id: int) -> HttpResponse:
        """Answer the figures of an exam."""
        found = exam_views.get_exam_statistics(actor=actor_of(request), exam_id=exam_id, now=request_now(request))
        return self.ok(exam_statistics_out(found))
