"""How the routes that write read what was sent."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request

from accounts.models import User
from accounts.signed_in import person
from benefits.models import Line
from core.api.problems import ProblemSerializer
from core.errors import Refusal
from programme.models import Programme

CONFLICT = {409: OpenApiResponse(ProblemSerializer, "Someone changed this before you")}


def read(serializer: type[Any], request: Request) -> dict[str, Any]:
    """What was sent, checked by `serializer`."""
    sent = serializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def programme_of(request: Request, key: str) -> Programme:
    """The programme with this key; 404 for a person who may not see it."""
    user: User = person(request)
    return get_object_or_404(Programme.objects.visible_to(user).select_related("partnership"), key=key)


def line_of(programme: Programme, ref: str) -> Line:
    """The line with this reference; refuses one that the programme does not have."""
    line = programme.lines.select_related("programme", "benefit").filter(ref=ref).first()
    if line is None:
        raise Refusal(f"There is no line {ref} in this programme", "line")
    return line
