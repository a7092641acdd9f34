"""What several actions ask of a council and of a day."""

from __future__ import annotations

from datetime import date

from core.clock import today
from core.errors import Refusal
from core.rules.dates import check_not_future
from programme.enums import MemberStatus
from programme.models import Council, Membership, Programme


def check_partner(programme: Programme, council: Council) -> None:
    """Refuse a council that neither is nor was a partner in the programme (row 76)."""
    partners = Membership.objects.filter(
        partnership=programme.partnership_id, status__in=(MemberStatus.ACTIVE, MemberStatus.LEFT)
    )
    if not partners.filter(council=council).exists():
        raise Refusal(f"{council} is not a partner in this programme", "council", "76")


def check_day(day: date, noun: str, field: str) -> None:
    """Refuse a day in the future, on the field that holds it (row 11)."""
    try:
        check_not_future(day, today(), noun)
    except Refusal as refusal:
        raise Refusal(refusal.message, field, refusal.code) from None
