"""What the pages of the programme floor have in common."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.models import User
from programme.models import Programme
from programme.queries.partners import partner_councils


def visible_programme(user: User, key: str) -> Programme:
    """The programme, or nothing there (404) for a person who may not see it."""
    programmes = Programme.objects.visible_to(user).select_related("partnership", "sro")
    return get_object_or_404(programmes, key=key)


def programme_context(programme: Programme | None) -> dict[str, Any]:
    """The programme and its councils, for the header and the menu; nothing without a programme."""
    if programme is None:
        return {}
    return {"programme": programme, "councils": partner_councils(programme.partnership_id)}
