"""The councils of a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from programme.models import Council, Membership, Partnership


@dataclass(frozen=True, slots=True)
class Member:
    """One council's place in a partnership."""

    membership: Membership
    council: Council
    joined: ImpreciseDate | None
    left: ImpreciseDate | None

    @property
    def financial_share(self) -> Decimal | None:
        """Per cent of the money; None where it is not stated."""
        return self.membership.financial_share_percent

    @property
    def voting_share(self) -> Decimal | None:
        """Per cent of the votes; None where it is not stated."""
        return self.membership.voting_share_percent

    @property
    def part(self) -> str:
        """Its part in the words of the source, where they say more than that it is a partner."""
        text = self.membership.role_text
        return "" if text.lower() in ("partner", "partner council") else text

    @property
    def is_partner(self) -> bool:
        """Whether the council is a partner now."""
        return self.membership.status == MemberStatus.ACTIVE


def partner_councils(partnership_id: int) -> list[Council]:
    """The partner councils of today, in the fixed order of the partnership. One query."""
    return list(
        Council.objects.filter(
            memberships__partnership=partnership_id, memberships__status=MemberStatus.ACTIVE
        ).order_by("memberships__order_index", "name")
    )


def members_of(partnership: Partnership) -> list[Member]:
    """Every council that is, was or might have been a partner, in the fixed order. One query."""
    memberships = partnership.memberships.select_related("council", "source").order_by(
        "order_index", "council__name"
    )
    return [Member(row, row.council, row.get_date("joined"), row.get_date("left")) for row in memberships]
