"""Sessions: start, follow, answer, hand in, look at (sessions-api.md 1, 2, 4 and 5)."""

from django.http import HttpResponse
from rest_framework.request import Request

from examhall.engine import session_events, session_views
from examhall.engine import sessions as engine_sessions
from examhall.facades.httpkit.bodies import read_body
from examhall.facades.httpkit.idempotency import read_key
from examhall.facades.httpkit.requests import actor_of, begin_now, request_now
from examhall.facades.rest import saves
from examhall.facades.rest.base import RestView
from examhall.facades.rest.errors import Refusal
from examhall.facades.rest.schema import IDEMPOTENCY_KEY, documented
from examhall.facades.rest.wire_answers import AnswerIn, AnswerOut, SaveOutcomeOut, UpdateAnswerIn
from examhall.facades.rest.wire_results import ResultOut, result_out
from examhall.facades.rest.wire_sessions import (
    ActiveSessionOut,
    LogActionIn,
    SessionDetailOut,
    SessionLogsOut,
    StartedSessionOut,
    StartIn,
    active_out,
    detail_out,
    logs_out,
    started_out,
)

_STARTED = "Exam session started successfully"
_SUBMITTED = "Exam submitted successfully"
_LOGGED = "Action logged successfully"


class StartView(RestView):
    """Start."""

    @documented(
        summary="Start an exam session",
        body=StartIn,
        answer=StartedSessionOut,
        message=_STARTED,
        status=201,
        errors=(403, 404, 422),
        headers=(IDEMPOTENCY_KEY,),
    )
    def post(self, request: Request) -> HttpResponse:
        """Start the student's next attempt at an exam; again with the same key, answer the same session as it is now."""
        body = read_body(request, StartIn)
        session = engine_sessions.start_session(
            actor=actor_of(request), exam_id=body.exam_id, key=read_key(request), now=begin_now(request)
        )
        return self.ok(started_out(session), _STARTED, 201)


class ActiveSessionView(RestView):
    """The running session."""

    @documented(summary="Get the active session", answer=ActiveSessionOut, errors=(404,))
    def get(self, request: Request) -> HttpResponse:
        """Answer the student's running session at a glance."""
        return self.ok(active_out(session_views.get_active_session(actor=actor_of(request), now=request_now(request))))


class SessionView(RestView):
    """One session."""

    @documented(summary="Get a session with its answers and its log", answer=SessionDetailOut)
    def get(self, request: Request, session_id: int) -> HttpResponse:
        """Answer a session in full."""
        detail = session_views.get_session_detail(
            actor=actor_of(request), session_id=session_id, now=request_now(request)
        )
        return self.ok(detail_out(detail))


class SubmitView(RestView):
    """Hand in."""

    @documented(
        summary="Hand in a session",
        answer=ResultOut,
        message=_SUBMITTED,
        errors=(400, 403),
        headers=(IDEMPOTENCY_KEY,),
    )
    def post(self, request: Request, session_id: int) -> HttpResponse:
        """Close a session and answer its result; neither body nor key is looked at, so that nothing can stop a hand-in.

        Handing in again answers the same result with or without a key.
        """
        result = engine_sessions.submit_session(
            actor=actor_of(request), session_id=session_id, now=request_now(request)
        )
        return self.ok(result_out(result), _SUBMITTED)


class _SavingView(RestView):
    """Answer calls that save answers."""

    def told(self, exc: Exception) -> Refusal:
        """Count what was not saved."""
        return saves.told_unsaved(exc, where=type(self).__name__)


class AnswersView(_SavingView):
    """The answers of a session."""

    @documented(
        summary="Save the answer to a question",
        body=AnswerIn,
        answer=AnswerOut,
        message=saves.SAVED,
        status=201,
        errors=(403,),
    )
    def post(self, request: Request, session_id: int) -> HttpResponse:
        """Save, replace or clear one answer."""
        return self.ok(*saves.done(saves.read_one(request, session_id)))

    @documented(
        summary="Save many answers at once",
        body=list[AnswerIn],
        answer=list[SaveOutcomeOut],
        message=saves.SAVED_MANY,
        errors=(403,),
    )
    def put(self, request: Request, session_id: int) -> HttpResponse:
        """Save many answers in one transaction and answer what became of each, in the order given."""
        return self.ok(*saves.done(saves.read_many(request, session_id)))


class AnswerView(_SavingView):
    """One answer of a session."""

    @documented(summary="Change an answer", body=UpdateAnswerIn, answer=AnswerOut, message=saves.UPDATED, errors=(403,))
    def put(self, request: Request, session_id: int, answer_id: int) -> HttpResponse:
        """Save, replace or clear the answer that has this id."""
        return self.ok(*saves.done(saves.read_change(request, session_id, answer_id)))


class LogsView(RestView):
    """The log of a session."""

    @documented(summary="Get the log of a session", answer=SessionLogsOut)
    def get(self, request: Request, session_id: int) -> HttpResponse:
        """Answer everything that happened in a session, oldest first."""
        logs = session_views.get_session_logs(actor=actor_of(request), session_id=session_id, now=request_now(request))
        return self.ok(logs_out(logs))


class LogActionView(RestView):
    """Page actions."""

    @documented(summary="Log a page action", body=LogActionIn, message=_LOGGED, errors=(403, 429))
    def post(self, request: Request, session_id: int) -> HttpResponse:
        """Write what the student's page reports into the log."""
        body = read_body(request, LogActionIn)
        session_events.log_action(
            actor=actor_of(request), session_id=session_id, action=body.action, now=request_now(request)
        )
        return self.ok(message=_LOGGED)


class ResultView(RestView):
    """The result of a session."""

    @documented(summary="Get the result of a session", answer=ResultOut)
    def get(self, request: Request, session_id: int) -> HttpResponse:
        """Answer the result of a closed session."""
        result = session_views.get_session_result(
            actor=actor_of(request), session_id=session_id, now=request_now(request)
        )
        return self.ok(result_out(result))
