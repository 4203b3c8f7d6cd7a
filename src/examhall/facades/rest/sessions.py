"""Sessions: start, follow, answer, hand in, look at (sessions-api.md 1, 2, 4 and 5)."""

from django.http import HttpResponse
from rest_framework.request import Request

from examhall.domain.errors import DomainError
from examhall.domain.kinds import Response
from examhall.engine import answers as engine_answers
from examhall.engine import session_events, session_views
from examhall.engine import sessions as engine_sessions
from examhall.engine.snapshots import AnswerItem, SaveOutcome
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.bodies import read_body, read_list
from examhall.facades.httpkit.idempotency import read_key
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.httpkit.requests import actor_of, request_now
from examhall.facades.rest.base import RestView
from examhall.facades.rest.errors import body_refusal, refusal
from examhall.facades.rest.schema import IDEMPOTENCY_KEY, documented
from examhall.facades.rest.wire_answers import (
    AnswerIn,
    AnswerOut,
    SaveOutcomeOut,
    UpdateAnswerIn,
    answer_out,
    not_saved_out,
    response_of,
    saved_out,
)
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

# Far above any paper; the paper itself sets the true limit.
_MOST_ITEMS = 10_000

# Stands in for an item that cannot be read: it counts as an item, and no question has this id.
_UNREADABLE = AnswerItem(exam_question_id=0, response=Response())

_STARTED = "Exam session started successfully"
_SUBMITTED = "Exam submitted successfully"
_SAVED = "Answer submitted successfully"
_UPDATED = "Answer updated successfully"
_SAVED_MANY = "Answers processed"
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
            actor=actor_of(request), exam_id=body.exam_id, key=read_key(request), now=request_now(request)
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

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]  # as in RestView
        """Count what was not saved."""
        if isinstance(exc, (DomainError, BodyRefused)):
            observe.count_refused_save()
        return super().handle_exception(exc)


class AnswersView(_SavingView):
    """The answers of a session."""

    @documented(
        summary="Save the answer to a question",
        body=AnswerIn,
        answer=AnswerOut,
        message=_SAVED,
        status=201,
        errors=(403,),
    )
    def post(self, request: Request, session_id: int) -> HttpResponse:
        """Save, replace or clear one answer."""
        body = read_body(request, AnswerIn)
        answer = engine_answers.save_answer(
            actor=actor_of(request),
            session_id=session_id,
            exam_question_id=body.exam_question_id,
            response=response_of(body),
            now=request_now(request),
        )
        observe.count_saved(answer)
        return self.ok(answer_out(answer), _SAVED, 201)

    @documented(
        summary="Save many answers at once",
        body=list[AnswerIn],
        answer=list[SaveOutcomeOut],
        message=_SAVED_MANY,
        errors=(403,),
    )
    def put(self, request: Request, session_id: int) -> HttpResponse:
        """Save many answers in one transaction and answer what became of each, in the order given."""
        read = read_list(request, AnswerIn, _MOST_ITEMS)
        saved = engine_answers.save_answers(
            actor=actor_of(request),
            session_id=session_id,
            items=[_UNREADABLE if isinstance(item, BodyRefused) else _answer_item(item) for item in read],
            now=request_now(request),
        )
        outcomes = [_outcome(item, outcome) for item, outcome in zip(read, saved, strict=True)]
        return self.ok(outcomes, _SAVED_MANY)


class AnswerView(_SavingView):
    """One answer of a session."""

    @documented(summary="Change an answer", body=UpdateAnswerIn, answer=AnswerOut, message=_UPDATED, errors=(403,))
    def put(self, request: Request, session_id: int, answer_id: int) -> HttpResponse:
        """Save, replace or clear the answer that has this id."""
        body = read_body(request, UpdateAnswerIn)
        answer = engine_answers.update_answer(
            actor=actor_of(request),
            session_id=session_id,
            answer_id=answer_id,
            response=response_of(body),
            now=request_now(request),
        )
        observe.count_saved(answer)
        return self.ok(answer_out(answer), _UPDATED)


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


def _answer_item(item: AnswerIn) -> AnswerItem:
    return AnswerItem(exam_question_id=item.exam_question_id, response=response_of(item))


def _outcome(item: AnswerIn | BodyRefused, outcome: SaveOutcome) -> SaveOutcomeOut:
    if outcome.answer is not None:
        observe.count_saved(outcome.answer)
        return saved_out(outcome.answer)
    observe.count_refused_save()
    if isinstance(item, BodyRefused):
        observe.count_refused(item)
        return not_saved_out(body_refusal(item))
    if outcome.refusal is None:
        raise LookupError("an outcome holds an answer or a refusal")
    observe.count_refused(outcome.refusal)
    return not_saved_out(refusal(outcome.refusal), outcome.exam_question_id)
