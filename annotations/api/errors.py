"""Every way of saying no, as a problem document (RFC 9457). The one place where a refusal gets its HTTP status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from annotations.claims.spans import BadSpan
from annotations.refusals import IllegalMove, Incomplete, NotAllowed, Refusal, Stale
from annotations.snapshots.reading import Unreadable

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_KINDS: dict[type[Refusal], tuple[int, str]] = {
    NotAllowed: (403, "not-allowed"),
    IllegalMove: (409, "illegal-move"),
    Incomplete: (422, "incomplete"),
    Stale: (412, "stale"),
}
_UNFIT = (DataError, UnicodeError, RecursionError, SuspiciousOperation)


class VersionRequired(exceptions.APIException):
    status_code = 428
    default_detail = "Say which version you saw: `version` in the body, or the header If-Match."
    default_code = "version-required"


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too-large"


def handle(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer to what a view raised; None (and so a 500 with a log entry) for what nobody foresaw."""
    answer = _answer(exc)
    if answer is not None:
        set_rollback()
    return answer


def problem(status: int, kind: str, detail: str, **more: Any) -> Response:
    """A problem document. `kind` is stable for programs, `detail` is a sentence for people."""
    body = {"type": f"urn:factcheck:{kind}", "title": HTTPStatus(status).phrase, "status": status}
    return Response(body | {"detail": detail} | more, status=status, content_type=MEDIA_TYPE)


def _answer(exc: Exception) -> Response | None:
    if isinstance(exc, Refusal):
        status, kind = _KINDS[type(exc)]
        return problem(status, kind, exc.reason, **_more(exc))
    if isinstance(exc, Unreadable | BadSpan):
        return problem(422, "incomplete", exc.reason, problems={"": [exc.reason]})
    if isinstance(exc, Http404):
        return problem(404, "not-found", "There is no such thing here, or it is not yours to see.")
    if isinstance(exc, PermissionDenied):
        return problem(403, "not-allowed", str(exc) or "You may not do this.")
    if isinstance(exc, exceptions.APIException):
        return _framework(exc)
    if isinstance(exc, RequestDataTooBig):
        return problem(413, "too-large", "This is more than one request may carry.")
    if isinstance(exc, _UNFIT):
        return problem(400, "unreadable", "This holds a value that cannot be stored.")
    if isinstance(exc, IntegrityError):
        log.warning("refused by the database: %s", exc)
        return problem(409, "conflict", "This contradicts what is stored. Load it again and look.")
    if isinstance(exc, OperationalError):
        log.warning("the database did not answer in time: %s", exc)
        busy = problem(503, "busy", "The database is busy. Nothing was written; try again in a moment.")
        busy["Retry-After"] = "2"
        return busy
    return None


def _more(exc: Refusal) -> dict[str, Any]:
    if isinstance(exc, IllegalMove):
        return {"legal": list(exc.legal)}
    if isinstance(exc, Incomplete):
        return {"problems": exc.problems}
    if isinstance(exc, Stale):
        return {"current": exc.current, "yours": exc.yours, "version": exc.version}
    return {}


def _framework(exc: exceptions.APIException) -> Response:
    if isinstance(exc, exceptions.ValidationError):
        answer = problem(400, "invalid", "Some of this cannot be read.", problems=_flat(exc.detail))
    else:
        answer = problem(exc.status_code, str(exc.default_code).replace("_", "-"), str(exc.detail))
    if header := getattr(exc, "auth_header", None):
        answer["WWW-Authenticate"] = header
    if wait := getattr(exc, "wait", None):
        answer["Retry-After"] = str(int(wait) + 1)
    return answer


def _flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested errors as sentences by path (`claims.0.version`), so that a client reads one shape only."""
    if isinstance(detail, Mapping):
        parts = [
            _flat(inner, path if name == "non_field_errors" else _joined(path, str(name)))
            for name, inner in detail.items()
        ]
    elif isinstance(detail, list) and any(isinstance(inner, Mapping | list) for inner in detail):
        parts = [_flat(inner, _joined(path, str(number))) for number, inner in enumerate(detail) if inner]
    else:
        return {path: [str(sentence) for sentence in (detail if isinstance(detail, list) else [detail])]}
    return {name: sentences for part in parts for name, sentences in part.items()}


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
