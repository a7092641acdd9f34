"""The limits beyond which a programme asks for an explanation."""

from __future__ import annotations

from benefits.models import CommentaryLimit
from benefits.rules.commentary import PRODUCT_LIMITS, Limits
from programme.models import Programme


def own_limits(programme: Programme) -> CommentaryLimit | None:
    """What the programme set itself, with who did; None where it keeps the product’s. One query."""
    return CommentaryLimit.objects.filter(programme=programme).select_related("updated_by").first()


def limits_of(programme: Programme) -> Limits:
    """The limits that hold. One query."""
    found = own_limits(programme)
    return found.limits if found else PRODUCT_LIMITS
