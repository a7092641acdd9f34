"""Writes of the API that are done once, however often they are sent.

A client that names its request in the header Idempotency-Key can send it again after a lost answer: what was
stored is not stored twice, and the answer is the one that was given first. A request that was refused stores
nothing, not even its key.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.errors import Refusal
from core.models import KeyedRequest

HEADER = "Idempotency-Key"
LONGEST_KEY = 100
KEY_PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="A name for this request, up to 100 characters. Sent again with the same name and content, "
    "it stores nothing more and gives the same answer, for 30 days; with other content it is refused.",
)
Handler = Callable[..., Response]


def idempotent(handler: Handler) -> Handler:
    """Let a write of a view take the header: the same key and content give the first answer again.

    Key, write and answer are stored in one transaction. Refuses a key that came with other content.
    """

    @wraps(handler)
    def run(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER, "").strip()
        if not key:
            return handler(view, request, *args, **kwargs)
        with transaction.atomic():
            kept = _kept(request, key)
            if kept.status is not None:
                return Response(kept.answer, status=kept.status)
            answer = handler(view, request, *args, **kwargs)
            kept.status, kept.answer = answer.status_code, _plain(answer.data)
            kept.save(update_fields=["status", "answer"])
        return answer

    return run


def _kept(request: Request, key: str) -> KeyedRequest:
    """The request under this key: a new one, or the one that was answered. A second sender waits here."""
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Refusal(f"{HEADER} must be {LONGEST_KEY} characters or less", HEADER)
    mark = _mark(request)
    kept, _ = KeyedRequest.objects.get_or_create(
        by_id=request.user.pk, key=key, defaults={"request_hash": mark}
    )
    if kept.request_hash != mark:
        raise Refusal(f"This {HEADER} was sent before with something else. Use a new one", HEADER)
    return kept


def _mark(request: Request) -> str:
    """One mark for the same method, address and content, however its names are ordered."""
    content = json.dumps(_plain(_named(request.data)), sort_keys=True)
    return sha256(f"{request.method} {request.get_full_path()} {content}".encode()).hexdigest()


def _named(data: Any) -> Any:
    """What was sent, with the mark of what a file holds in place of the file."""
    if not isinstance(data, MultiValueDict):
        return data
    return {name: [_file_mark(value) for value in data.getlist(name)] for name in data}


def _file_mark(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    content = sha256(value.read()).hexdigest()
    value.seek(0)
    return f"{value.name} {content}"


def _plain(data: Any) -> Any:
    return json.loads(JSONRenderer().render(data) or b"null")
