"""The error table of the JWT door is total, and says what the contract says."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest

from examhall.domain import errors as domain
from examhall.domain.words import Action, AuthoringFault, ResponseFault
from examhall.facades.rest.errors import TABLE, refusal
from examhall.facades.rest.sentences import (
    AUTHORING_SENTENCES,
    OWNER_SENTENCES,
    RESPONSE_SENTENCES,
    ROLE_SENTENCES,
)

# What some errors must be raised with, for the sentence to have its facts.
CONTEXT: dict[type[domain.DomainError], dict[str, Any]] = {
    domain.RoleForbidden: {"action": Action.LIST_EXAMS},
    domain.NotOwner: {"action": Action.DELETE_EXAM},
    domain.ResponseInvalid: {"reason": ResponseFault.TOO_LONG},
    domain.ValueInvalid: {"reason": AuthoringFault.BLANK},
    domain.AttemptLimitReached: {"max_attempts": 3},
    domain.PasswordWeak: {"messages": ["It is too short.", "It is common."]},
}


def _name(kind: object) -> str:
    return getattr(kind, "__name__", "")


def _subclasses(kind: type[domain.DomainError]) -> Iterator[type[domain.DomainError]]:
    for found in kind.__subclasses__():
        yield found
        yield from _subclasses(found)


EVERY_ERROR = sorted({domain.DomainError, *_subclasses(domain.DomainError)}, key=_name)


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=_name)
def test_every_error_has_an_answer(kind: type[domain.DomainError]) -> None:
    answer = refusal(kind(**CONTEXT.get(kind, {})))
    assert 400 <= answer.status < 500 or answer.status == 503
    assert answer.message
    assert set(answer.body()) == {"success", "errors", "message"}


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=_name)
def test_an_error_that_names_a_field_blames_it(kind: type[domain.DomainError]) -> None:
    assert set(refusal(kind(field="blamed", **CONTEXT.get(kind, {}))).errors) == {"blamed"}


@pytest.mark.parametrize(
    ("family", "status"), [(domain.NotFound, 404), (domain.Forbidden, 403), (domain.Unauthenticated, 401)]
)
def test_a_family_shares_its_status(family: type[domain.DomainError], status: int) -> None:
    assert {TABLE[kind].status for kind in (family, *_subclasses(family))} == {status}


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (Action, ROLE_SENTENCES),
        (Action, OWNER_SENTENCES),
        (ResponseFault, RESPONSE_SENTENCES),
        (AuthoringFault, AUTHORING_SENTENCES),
    ],
)
def test_every_reason_has_a_sentence(words: type[StrEnum], sentences: dict[StrEnum, str]) -> None:
    assert set(sentences) == set(words)


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (domain.NotEnrolled(), 403, "You are not enrolled in this class"),
        (domain.AlreadyActive(session_id=4), 400, "You already have an active session for this exam"),
        (domain.SessionNotActive(), 400, "Session is not active"),
        (domain.ExamNotStarted(), 400, "Exam has not started yet"),
        (domain.ExamEnded(), 400, "Exam has already ended"),
        (domain.OptionNotInQuestion(), 400, "Selected answer does not belong to this question"),
        (domain.QuestionNotInExam(), 400, "Question not found in this exam"),
        (domain.RoleForbidden(action=Action.LIST_QUESTIONS), 403, "Only teachers can view all questions"),
        (domain.NotOwner(action=Action.UPDATE_QUESTION), 403, "You can only update your own questions"),
        (domain.NotOwner(action=Action.DELETE_QUESTION), 403, "You can only delete your own questions"),
        (domain.NotOwner(action=Action.ADD_OPTION), 403, "You can only add answers to your own questions"),
        (domain.RoleForbidden(action=Action.LIST_EXAMS), 403, "Only teachers can view all exams"),
        (domain.NotOwner(action=Action.CREATE_EXAM), 403, "You can only create exams for your own classes"),
        (domain.NotOwner(action=Action.UPDATE_EXAM), 403, "You can only update your own exams"),
        (domain.NotOwner(action=Action.DELETE_EXAM), 403, "You can only delete your own exams"),
        (domain.NotOwner(action=Action.ADD_EXAM_QUESTION), 403, "You can only add questions to your own exams"),
        (domain.NotOwner(action=Action.ADD_STUDENT), 403, "You can only add students to your own classes"),
        (domain.NotOwner(action=Action.LIST_STUDENTS), 403, "You can only view students in your own classes"),
        (domain.StudentEmailUnknown(), 400, "Student with this email does not exist"),
        (domain.AlreadyEnrolled(), 400, "Student is already in this class"),
        (domain.QuestionAlreadyInExam(), 400, "Question is already in this exam"),
        (domain.AlreadyFavorite(), 400, "Exam is already in your favorites"),
        (domain.QuestionUnknown(), 400, "Question does not exist"),
        (domain.ClassHasSessions(), 400, "Class has exam sessions"),
    ],
)
def test_the_contracts_sentences_are_said(error: domain.DomainError, status: int, message: str) -> None:
    answer = refusal(error)
    assert (answer.status, answer.message) == (status, message)


def test_a_fault_of_a_bodys_content_is_told_by_field() -> None:
    answer = refusal(domain.ValueInvalid(field="minutes", reason=AuthoringFault.TOO_SMALL))
    assert (answer.message, answer.errors) == ("Invalid data", {"minutes": ["This value is too small."]})
