"""Every refusal as this door answers it: the one table from DomainError to status, message and field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from examhall.domain import errors as domain
from examhall.facades.httpkit.idempotency import HEADER as IDEMPOTENCY_HEADER
from examhall.facades.httpkit.refusals import INVALID_DATA, BodyRefused
from examhall.facades.rest.sentences import (
    AUTHORING_SENTENCES,
    OWNER_SENTENCES,
    RESPONSE_SENTENCES,
    ROLE_SENTENCES,
)

Sentence = str | Callable[[domain.DomainError], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one refusal is answered.

    ``field`` blames an input where the error itself names none. ``form`` says that it is a fault of the body's content
    like any other: the message is then "Invalid data" and the sentence stands with its field only.
    """

    status: int
    sentence: Sentence
    field: str | None = None
    form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A refusal ready for the wire."""

    status: int
    message: str
    errors: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the contract's error body."""
        return {"success": False, "errors": self.errors, "message": self.message}


def _by(sentences: Mapping[Any, str], key: str) -> Callable[[domain.DomainError], str]:
    return lambda error: sentences[error.context[key]]


def _password_weak(error: domain.DomainError) -> str:
    return " ".join(error.context["messages"])


def _attempts(error: domain.DomainError) -> str:
    return f"You have used all {error.context['max_attempts']} attempts of this exam"


TABLE: Mapping[type[domain.DomainError], Row] = {
    # Families answer only where nothing more precise was raised.
    domain.DomainError: Row(status=400, sentence="Request refused"),
    domain.NotFound: Row(status=404, sentence="Not found"),
    domain.Forbidden: Row(status=403, sentence="You do not have permission to perform this action"),
    domain.Conflict: Row(status=400, sentence="This is not possible now"),
    domain.Invalid: Row(status=400, sentence="This value is not valid"),
    domain.Unauthenticated: Row(status=401, sentence="Authentication required"),
    domain.Overloaded: Row(status=503, sentence="The server is busy; try again in a moment"),
    # Not found
    domain.ExamNotFound: Row(status=404, sentence="Exam not found"),
    domain.SessionNotFound: Row(status=404, sentence="Session not found"),
    domain.NoActiveSession: Row(status=404, sentence="No active session found"),
    domain.AnswerNotFound: Row(status=404, sentence="Answer not found"),
    domain.ResultNotFound: Row(status=404, sentence="Result not found"),
    domain.ClassNotFound: Row(status=404, sentence="Class not found"),
    domain.StudentNotInClass: Row(status=404, sentence="Student is not in this class"),
    domain.QuestionNotFound: Row(status=404, sentence="Question not found"),
    domain.OptionNotFound: Row(status=404, sentence="Answer not found"),
    domain.ExamQuestionNotFound: Row(status=404, sentence="Question not found in this exam"),
    domain.FavoriteNotFound: Row(status=404, sentence="Exam is not in your favorites"),
    domain.InvalidPage: Row(status=404, sentence="Invalid page"),
    # Who may
    domain.AccountDisabled: Row(status=401, sentence="User account is disabled"),
    domain.BadCredentials: Row(status=401, sentence="Invalid email or password"),
    domain.InvalidToken: Row(status=401, sentence="Token is invalid or expired"),
    domain.SignInLocked: Row(status=429, sentence="Too many failed login attempts; try again later"),
    domain.RoleForbidden: Row(status=403, sentence=_by(ROLE_SENTENCES, "action")),
    domain.NotOwner: Row(status=403, sentence=_by(OWNER_SENTENCES, "action")),
    domain.NotEnrolled: Row(status=403, sentence="You are not enrolled in this class"),
    domain.StaffCannotSit: Row(status=403, sentence="Only students can take exams"),
    domain.RegistrationClosed: Row(status=403, sentence="You cannot register with this role", field="role"),
    # Sitting an exam
    domain.ExamNotStarted: Row(status=400, sentence="Exam has not started yet"),
    domain.ExamEnded: Row(status=400, sentence="Exam has already ended"),
    domain.AlreadyActive: Row(status=400, sentence="You already have an active session for this exam"),
    domain.AttemptLimitReached: Row(status=400, sentence=_attempts),
    # draft-ietf-httpapi-idempotency-key-header, section 2.7: the same key with another request.
    domain.StartKeyReused: Row(
        status=422, sentence="This key was used for a start of another exam", field=IDEMPOTENCY_HEADER
    ),
    domain.NotEnoughQuestions: Row(status=400, sentence="This exam does not have enough questions"),
    domain.SessionNotActive: Row(status=400, sentence="Session is not active"),
    domain.SessionTimeUp: Row(status=400, sentence="Session is not active"),
    domain.QuestionTimeUp: Row(status=400, sentence="The time for this question is over"),
    domain.QuestionLocked: Row(status=400, sentence="This question has already been answered"),
    domain.QuestionNotServed: Row(status=400, sentence="This question has not been served yet"),
    domain.QuestionNotInExam: Row(status=400, sentence="Question not found in this exam", field="exam_question_id"),
    domain.OptionNotInQuestion: Row(
        status=400, sentence="Selected answer does not belong to this question", field="selected_answer_id"
    ),
    domain.ResponseInvalid: Row(status=400, sentence=_by(RESPONSE_SENTENCES, "reason"), form=True),
    domain.TooManyItems: Row(status=400, sentence="There are more answers than the exam has questions"),
    domain.TooManyEvents: Row(status=429, sentence="Too many actions; try again later"),
    # Accounts
    domain.EmailTaken: Row(status=400, sentence="User with this email already exists", field="email", form=True),
    domain.UsernameTaken: Row(status=400, sentence="This username is already taken", field="username", form=True),
    domain.MatriculaTaken: Row(status=400, sentence="This matricula is already taken", field="matricula", form=True),
    domain.PasswordMismatch: Row(status=400, sentence="Passwords do not match", field="password_confirm", form=True),
    domain.PasswordWeak: Row(status=400, sentence=_password_weak, field="password", form=True),
    domain.WrongPassword: Row(status=400, sentence="Old password is incorrect", field="old_password", form=True),
    # Authoring
    domain.ValueInvalid: Row(status=400, sentence=_by(AUTHORING_SENTENCES, "reason"), form=True),
    domain.StudentEmailUnknown: Row(
        status=400, sentence="Student with this email does not exist", field="student_email"
    ),
    domain.AlreadyEnrolled: Row(status=400, sentence="Student is already in this class", field="student_email"),
    domain.QuestionAlreadyInExam: Row(status=400, sentence="Question is already in this exam", field="question_id"),
    domain.QuestionUnknown: Row(status=400, sentence="Question does not exist", field="question_id"),
    domain.ClassUnknown: Row(status=400, sentence="Class does not exist", field="class_obj"),
    domain.AlreadyFavorite: Row(status=400, sentence="Exam is already in your favorites"),
    domain.ClassHasSessions: Row(status=400, sentence="Class has exam sessions"),
    domain.ExamHasSessions: Row(status=400, sentence="Exam has exam sessions"),
}


def refusal(error: domain.DomainError) -> Refusal:
    """Return how a domain error is answered.

    Its row is that of its own type; a ``retry_after`` in its context, in seconds, becomes the header of that name.
    """
    row = TABLE[type(error)]
    sentence = row.sentence if isinstance(row.sentence, str) else row.sentence(error)
    blamed = error.field or row.field
    headers = {"Retry-After": str(error.context["retry_after"])} if "retry_after" in error.context else {}
    return Refusal(
        status=row.status,
        message=INVALID_DATA if row.form and blamed else sentence,
        errors={blamed: list(error.context.get("messages", [sentence]))} if blamed else {},
        headers=headers,
    )


def body_refusal(refused: BodyRefused) -> Refusal:
    """Return how a body or a query that cannot be read is answered."""
    return Refusal(status=refused.status, message=refused.message, errors=refused.errors)
