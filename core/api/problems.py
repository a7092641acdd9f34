"""Errors of the API as problem details (RFC 9457): what happened and what to do, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import Refusal, Refusals, StaleEdit, StaleEdits

TITLES = {
    HTTPStatus.BAD_REQUEST: "There is a problem with what was sent",
    HTTPStatus.UNAUTHORIZED: "Sign in first",
    HTTPStatus.FORBIDDEN: "You may not do this",
    HTTPStatus.NOT_FOUND: "There is nothing here that you can see",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method",
    HTTPStatus.NOT_ACCEPTABLE: "Ask for JSON",
    HTTPStatus.CONFLICT: "Someone changed this before you",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send JSON",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests",
}


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One thing to put right."""

    field = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An error: its HTTP status, what happened, and each field to put right."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(allow_blank=True)
    errors = FieldErrorSerializer(many=True)


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    """Return a response of problem details."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase),
        "status": status,
        "detail": detail,
        "errors": errors or [],
    }
    return Response(body, status=status, content_type="application/problem+json")


def problem_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an error of a view into problem details; None lets the server's own error page answer."""
    if isinstance(error, StaleEdits):
        return problem(HTTPStatus.CONFLICT, error.message, [_field_error(one) for one in error.stale])
    if isinstance(error, StaleEdit):
        return problem(HTTPStatus.CONFLICT, error.message)
    if isinstance(error, Refusal):
        return problem(HTTPStatus.BAD_REQUEST, error.message, [_field_error(error)])
    if isinstance(error, Refusals):
        errors = [_field_error(refusal) for refusal in error.refusals]
        return problem(HTTPStatus.BAD_REQUEST, errors[0]["message"], errors)
    response = exception_handler(error, context)
    if response is None:
        return None
    errors = list(_flatten(response.data, ""))
    detail = errors[0]["message"] if errors else ""
    named = [entry for entry in errors if entry["field"]]
    answer = problem(response.status_code, detail, named)
    for name, value in response.headers.items():
        if name.lower() in {"www-authenticate", "retry-after", "allow"}:
            answer.headers[name] = value
    return answer


def _field_error(refusal: Refusal) -> dict[str, str]:
    return {"field": refusal.field or "", "message": refusal.message}


def _flatten(data: Any, path: str) -> Iterator[dict[str, str]]:
    """The messages of a validation error, each with the path of its field."""
    if isinstance(data, ErrorDetail | str):
        yield {"field": path, "message": str(data)}
    elif isinstance(data, dict):
        for name, inner in data.items():
            own = "" if name in {"detail", "non_field_errors"} else str(name)
            yield from _flatten(inner, ".".join(part for part in (path, own) if part))
    else:
        for inner in data:
            yield from _flatten(inner, path)
