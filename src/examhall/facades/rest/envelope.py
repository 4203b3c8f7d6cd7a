"""The envelope around everything that this door answers: successes, and every exception as a refusal."""

import logging
from dataclasses import replace
from http import HTTPStatus

import msgspec
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions

from examhall.domain.errors import DomainError, Forbidden, Unauthenticated
from examhall.facades.httpkit import observe
from examhall.facades.httpkit.refusals import BodyRefused
from examhall.facades.rest.authentication import CHALLENGE, INVALID_TOKEN
from examhall.facades.rest.errors import Refusal, body_refusal, refusal

logger = logging.getLogger(__name__)


def success(data: object = msgspec.UNSET, message: str | None = None) -> dict[str, object]:
    """Return the body of a success; ``data`` and ``message`` appear only when given."""
    body: dict[str, object] = {"success": True}
    if data is not msgspec.UNSET:
        body["data"] = data
    if message is not None:
        body["message"] = message
    return body


def told(exc: Exception, *, where: str) -> Refusal:
    """Return what a client is told of an exception, and count it; what nobody foresaw is logged and told as 500."""
    observe.count_refused(exc)
    answer = refusal_of(exc)
    if answer is None:
        logger.error("unforeseen exception in %s", where, exc_info=exc)
        answer = Refusal(status=500, message="Internal server error")
    if answer.status == HTTPStatus.UNAUTHORIZED:
        return replace(answer, headers={**answer.headers, "WWW-Authenticate": CHALLENGE})
    return answer


# What Django and DRF raise themselves; the first fitting type answers.
_FRAMEWORK: tuple[tuple[type[Exception], Refusal], ...] = (
    (exceptions.NotAuthenticated, refusal(Unauthenticated())),
    (exceptions.AuthenticationFailed, Refusal(status=401, message=INVALID_TOKEN)),
    (exceptions.MethodNotAllowed, Refusal(status=405, message="Method not allowed")),
    (exceptions.NotFound, Refusal(status=404, message="Not found")),
    (Http404, Refusal(status=404, message="Not found")),
    (exceptions.PermissionDenied, refusal(Forbidden())),
    (PermissionDenied, refusal(Forbidden())),
    (SuspiciousOperation, Refusal(status=400, message="Bad request")),
)


def refusal_of(exc: Exception) -> Refusal | None:
    """Return the refusal that an exception stands for, or ``None`` when it is a fault of the server."""
    if isinstance(exc, DomainError):
        return refusal(exc)
    if isinstance(exc, BodyRefused):
        return body_refusal(exc)
    return next((answer for kind, answer in _FRAMEWORK if isinstance(exc, kind)), None)
