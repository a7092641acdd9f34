"""How the routes that write read what was sent."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from accounts.models import User
from accounts.signed_in import person
from benefits.models import Line
from core.errors import Refusal
from programme.models import Programme


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
