"""Whether a council may be entered for a review."""

from __future__ import annotations

from core.errors import Refusal
from programme.models import Council, Programme
from programme.queries.partners import partner_councils


def check_partner(programme: Programme, council: Council) -> None:
    """Refuse a council that is not a partner of the programme today (row 76). One query."""
    if council not in partner_councils(programme.partnership_id):
        raise Refusal(f"{council} is not a partner in this programme", "council", "76")
