"""Every refusal as this door answers it: the one table from an exception to a status and a sentence."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException

from examhall.domain import errors as domain
from examhall.domain.words import AuthoringFault
from examhall.facades.httpkit.refusals import WHOLE_BODY, BodyRefused

logger = logging.getLogger(__name__)

Sentence = str | Callable[[domain.DomainError], str]

# Where the document names a field otherwise than the engine does.
_WIRE_NAMES = {"password": "contraseña"}

_VALUES: Mapping[AuthoringFault, str] = {
    AuthoringFault.BLANK: "This field may not be blank.",
    AuthoringFault.TOO_LONG: "This value is too long.",
    AuthoringFault.NOT_AN_EMAIL: "Enter a valid email address.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal ready for the wire: the body is ``{"error": error}``."""

    status: int
    error: str
    headers: Mapping[str, str] = field(default_factory=dict)


def _of_field(error: domain.DomainError, sentence: str) -> str:
    name = error.field or ""
    return f"{_WIRE_NAMES.get(name, name)}: {sentence}" if name else sentence


def _value(error: domain.DomainError) -> str:
    return _of_field(error, _VALUES.get(error.context["reason"], "This value is not valid."))


def _password_weak(error: domain.DomainError) -> str:
    return _of_field(error, " ".join(error.context["messages"]))


def _attempts(error: domain.DomainError) -> str:
    return f"You have used all {error.context['max_attempts']} attempts of this exam."


def _not_enough(error: domain.DomainError) -> str:
    required, available = error.context["required"], error.context["available"]
    return f"There are not enough questions for this exam: {required} are needed, {available} are available."


# 400 is the document's status for what does not exist or is not the candidate's as well. A family answers for each of
# its members that has no row: this door's use cases do not raise those.
TABLE: Mapping[type[domain.DomainError], tuple[int, Sentence]] = {
    domain.DomainError: (400, "Request refused."),
    domain.NotFound: (400, "Not found."),
    domain.Forbidden: (403, "You do not have permission to perform this action."),
    domain.Conflict: (400, "This is not possible now."),
    domain.Invalid: (400, "This value is not valid."),
    domain.Unauthenticated: (401, "Authentication required."),
    domain.Overloaded: (503, "The server is busy. Try again in a moment."),
    # Who asks
    domain.AccountDisabled: (401, "Authentication required."),
    domain.BadCredentials: (400, "Invalid email or password."),
    domain.SignInLocked: (429, "Too many failed login attempts. Try again later."),
    domain.StaffCannotSit: (403, "Only students can take exams."),
    domain.NotEnrolled: (403, "You are not enrolled in the class of this exam."),
    # Registering
    domain.EmailTaken: (400, "A user with this email already exists."),
    domain.UsernameTaken: (400, "A user with this username already exists."),
    domain.MatriculaTaken: (400, "A user with this matricula already exists."),
    domain.PasswordWeak: (400, _password_weak),
    domain.ValueInvalid: (400, _value),
    # Beginning an exam
    domain.ExamNotFound: (400, "This exam is not available."),
    domain.ExamNotStarted: (400, "This exam has not started yet."),
    domain.ExamEnded: (400, "This exam has already ended."),
    domain.AlreadyActive: (400, "This exam is already running."),
    domain.AttemptLimitReached: (400, _attempts),
    domain.NotEnoughQuestions: (400, _not_enough),
    # Sitting it
    domain.SessionNotFound: (400, "Exam not found."),
    domain.SessionNotActive: (400, "This exam is over."),
    domain.QuestionNotInExam: (400, "This question does not belong to the exam."),
    domain.QuestionNotServed: (400, "This question has not been requested yet."),
    domain.QuestionLocked: (400, "This question has already been answered."),
    domain.QuestionTimeUp: (400, "Time limit exceeded."),
    domain.OptionNotInQuestion: (400, "This answer does not belong to the question."),
}

_NOT_JSON = Refusal(status=415, error="Send the body as application/json.")

# What Django raises itself; the first fitting type answers.
_FRAMEWORK: tuple[tuple[type[Exception], Refusal], ...] = (
    # The session was ended by another request while this one was being answered.
    (SessionInterrupted, Refusal(status=401, error="Authentication required.")),
    # A form: Django looked for the token in it before anybody looked at its type.
    (RawPostDataException, _NOT_JSON),
    (MultiPartParserError, _NOT_JSON),
    (SuspiciousOperation, Refusal(status=400, error="Bad request.")),
)


def refusal_of(error: Exception) -> Refusal:
    """Return how an exception is answered; what nobody foresaw is logged and told as 500."""
    if isinstance(error, domain.DomainError):
        return _of_domain(error)
    if isinstance(error, BodyRefused):
        return _of_body(error)
    for kind, refusal in _FRAMEWORK:
        if isinstance(error, kind):
            return refusal
    logger.error("unforeseen exception in the certification API", exc_info=error)
    return Refusal(status=500, error="Internal server error.")


def _of_domain(error: domain.DomainError) -> Refusal:
    status, sentence = next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)
    retry = {"Retry-After": str(error.context["retry_after"])} if "retry_after" in error.context else {}
    return Refusal(status=status, error=sentence if isinstance(sentence, str) else sentence(error), headers=retry)


def _of_body(refused: BodyRefused) -> Refusal:
    parts = [
        " ".join(sentences) if name == WHOLE_BODY else f"{name}: {' '.join(sentences)}"
        for name, sentences in refused.errors.items()
    ]
    return Refusal(status=refused.status, error=" ".join(parts) or f"{refused.message}.")
