"""Every refusal that the rules and the engine can give: a type with a stable code, no HTTP status and no prose."""

from typing import Any, ClassVar


class DomainError(Exception):
    """Refuse a request for a reason that the caller can act upon.

    ``code`` is stable and snake_case. ``field`` names the input that is wrong, in the words of the Sessions API
    (``None`` when no single input is). ``context`` holds the facts that a message may need, never a key of a question.
    """

    code: ClassVar[str] = "refused"

    def __init__(self, *, field: str | None = None, **context: Any) -> None:
        super().__init__(self.code)
        self.field = field
        self.context = context


# --- families: a facade may map a whole family at once -------------------------------------------------------------


class NotFound(DomainError):
    """Say that the object does not exist, or that its existence is none of the actor's business."""

    code = "not_found"


class Forbidden(DomainError):
    """Refuse an action to an actor who may know that the object exists."""

    code = "forbidden"


class Conflict(DomainError):
    """Refuse an action that the present state of things does not allow."""

    code = "conflict"


class Invalid(DomainError):
    """Refuse input that is well-formed but wrong; ``field`` names it."""

    code = "invalid"


class Unauthenticated(DomainError):
    """Refuse an actor who is not, or is no longer, somebody who may sign in."""

    code = "unauthenticated"


class Overloaded(DomainError):
    """Refuse work beyond the capacity of the server, so that the rest goes on; ``context['retry_after']`` seconds."""

    code = "overloaded"


# --- not found -----------------------------------------------------------------------------------------------------


class ExamNotFound(NotFound):
    code = "exam_not_found"


class SessionNotFound(NotFound):
    code = "session_not_found"


class NoActiveSession(NotFound):
    code = "no_active_session"


class AnswerNotFound(NotFound):
    code = "answer_not_found"


class ResultNotFound(NotFound):
    code = "result_not_found"


class ClassNotFound(NotFound):
    code = "class_not_found"


class StudentNotInClass(NotFound):
    code = "student_not_in_class"


class QuestionNotFound(NotFound):
    code = "question_not_found"


class OptionNotFound(NotFound):
    code = "option_not_found"


class ExamQuestionNotFound(NotFound):
    code = "exam_question_not_found"


class FavoriteNotFound(NotFound):
    code = "favorite_not_found"


# --- who may -------------------------------------------------------------------------------------------------------


class AccountDisabled(Unauthenticated):
    code = "account_disabled"


class BadCredentials(Unauthenticated):
    code = "bad_credentials"


class RoleForbidden(Forbidden):
    """Refuse an action that the actor's role never allows; ``context['action']`` is one of :class:`Action`."""

    code = "role_forbidden"


class NotOwner(Forbidden):
    """Refuse an action on an object of another teacher; ``context['action']`` is one of :class:`Action`."""

    code = "not_owner"


class NotEnrolled(Forbidden):
    code = "not_enrolled"


class StaffCannotSit(Forbidden):
    """Refuse to start, save or submit for somebody who is not a student."""

    code = "staff_cannot_sit"


class RegistrationClosed(Forbidden):
    """Refuse to register oneself with a role that is only given by staff."""

    code = "registration_closed"


# --- sitting an exam -----------------------------------------------------------------------------------------------


class ExamNotStarted(Conflict):
    code = "exam_not_started"


class ExamEnded(Conflict):
    code = "exam_ended"


class AlreadyActive(Conflict):
    """Refuse a second running session of one exam; ``context['session_id']`` is the running one."""

    code = "already_active"


class AttemptLimitReached(Conflict):
    """Refuse a start after the last attempt; ``context['max_attempts']``."""

    code = "attempt_limit_reached"


class StartKeyReused(Conflict):
    """Refuse a start under a key that has started another exam already."""

    code = "start_key_reused"


class NotEnoughQuestions(Conflict):
    """Refuse a start because the exam has fewer questions than it draws; ``context['required'], ['available']``."""

    code = "not_enough_questions"


class SessionNotActive(Conflict):
    code = "session_not_active"


class SessionTimeUp(SessionNotActive):
    """Refuse a change of a session whose time is over but which nobody has closed yet."""

    code = "session_time_up"


class QuestionTimeUp(Conflict):
    code = "question_time_up"


class QuestionLocked(Conflict):
    """Refuse to change or serve a question that was answered for good."""

    code = "question_locked"


class QuestionNotServed(Conflict):
    """Refuse an answer to a question whose clock never started, because it was never served."""

    code = "question_not_served"


class QuestionNotInExam(Invalid):
    code = "question_not_in_exam"


class OptionNotInQuestion(Invalid):
    code = "option_not_in_question"


class ResponseInvalid(Invalid):
    """Refuse a response that does not fit the question's kind; ``context['reason']`` is a :class:`ResponseFault`."""

    code = "response_invalid"


class TooManyItems(Invalid):
    """Refuse a bulk save with more items than the paper has questions; ``context['limit']``."""

    code = "too_many_items"


class TooManyEvents(Conflict):
    """Refuse a client event beyond the burst that one session may log; ``context['retry_after']`` seconds."""

    code = "too_many_events"


# --- accounts ------------------------------------------------------------------------------------------------------


class EmailTaken(Invalid):
    code = "email_taken"


class UsernameTaken(Invalid):
    code = "username_taken"


class MatriculaTaken(Invalid):
    code = "matricula_taken"


class PasswordMismatch(Invalid):
    code = "password_mismatch"


class PasswordWeak(Invalid):
    """Refuse a password that Django's validators refuse; ``context['messages']`` is their list of sentences."""

    code = "password_weak"


class WrongPassword(Invalid):
    code = "wrong_password"


class InvalidToken(Unauthenticated):
    code = "invalid_token"


class SignInLocked(Conflict):
    """Refuse to check a password after too many wrong ones; ``context["retry_after"]`` seconds."""

    code = "sign_in_locked"


# --- authoring -----------------------------------------------------------------------------------------------------


class ValueInvalid(Invalid):
    """Refuse a value by a rule of authoring; ``context['reason']`` is an :class:`AuthoringFault`."""

    code = "value_invalid"


class StudentEmailUnknown(Invalid):
    code = "student_email_unknown"


class AlreadyEnrolled(Invalid):
    code = "already_enrolled"


class QuestionAlreadyInExam(Invalid):
    code = "question_already_in_exam"


class QuestionUnknown(Invalid):
    """Refuse a body that names a question that does not exist."""

    code = "question_unknown"


class ClassUnknown(Invalid):
    """Refuse a body that names a class that does not exist."""

    code = "class_unknown"


class AlreadyFavorite(Invalid):
    code = "already_favorite"


class ClassHasSessions(Conflict):
    code = "class_has_sessions"


class ExamHasSessions(Conflict):
    code = "exam_has_sessions"


class InvalidPage(NotFound):
    """Say that a list has no such page."""

    code = "invalid_page"
