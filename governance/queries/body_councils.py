"""The councils of a body, in their fixed order."""

from __future__ import annotations

from programme.models import Council, Partnership
from programme.queries.partners import partner_councils


def body_councils(owner: Partnership | Council) -> list[Council]:
    """The partners of today in the partnership's order, or the one council. At most one query."""
    return [owner] if isinstance(owner, Council) else partner_councils(owner.pk)
