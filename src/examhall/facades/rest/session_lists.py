"""Lists of sessions: a student's own, a class's, an exam's (sessions-api.md 3)."""

from django.http import HttpResponse
from rest_framework.request import Request

from examhall.domain.words import SessionStatus
from examhall.engine import session_lists
from examhall.facades.httpkit.queries import choice_param, int_param, read_page
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.schema import PAGE_PARAMS, choice_of, documented, id_param
from examhall.facades.rest.wire import PageOut, page_out
from examhall.facades.rest.wire_sessions import ExamSessionsOut, SessionRowOut, exam_sessions_out, session_row_out

_STATUS = choice_of("status", SessionStatus, "Only sessions in this state.")
_EXAM = id_param("exam_id", "Only sessions of this exam.")


class MySessionsView(RestView):
    """A student's own sessions."""

    @documented(
        summary="List one's own sessions",
        answer=PageOut[SessionRowOut],
        errors=(404,),
        query=(*PAGE_PARAMS, _STATUS, _EXAM),
    )
    def get(self, request: Request) -> HttpResponse:
        """Answer a page of the student's sessions, newest first."""
        page = session_lists.list_my_sessions(
            actor=actor_of(request),
            page=read_page(request),
            status=choice_param(request, "status", SessionStatus),
            exam_id=int_param(request, "exam_id"),
            now=request_now(request),
        )
        return self.ok(page_out(request, page, session_row_out))


class ClassSessionsView(RestView):
    """The sessions of a class."""

    @documented(
        summary="List the sessions of a class",
        answer=PageOut[SessionRowOut],
        errors=(403,),
        query=(*PAGE_PARAMS, _STATUS, _EXAM),
    )
    def get(self, request: Request, class_id: int) -> HttpResponse:
        """Answer a page of the sessions of a class, newest first."""
        page = session_lists.list_class_sessions(
            actor=actor_of(request),
            class_id=class_id,
            page=read_page(request),
            status=choice_param(request, "status", SessionStatus),
            exam_id=int_param(request, "exam_id"),
            now=request_now(request),
        )
        return self.ok(page_out(request, page, session_row_out))


class ExamSessionsView(RestView):
    """The sessions of an exam."""

    @documented(
        summary="List the sessions of an exam with their statistics",
        answer=ExamSessionsOut,
        errors=(403,),
        query=(*PAGE_PARAMS, _STATUS),
    )
    def get(self, request: Request, exam_id: int) -> HttpResponse:
        """Answer a page of the sessions of an exam, newest first, and how all of them stand."""
        found = session_lists.list_exam_sessions(
            actor=actor_of(request),
            exam_id=exam_id,
            page=read_page(request),
            status=choice_param(request, "status", SessionStatus),
            now=request_now(request),
        )
        return self.ok(exam_sessions_out(request, found))
