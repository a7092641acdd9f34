"""The councils of a partnership."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from programme.models import Council, Membership, Partnership, Programme


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


def partners_of(partnerships: Iterable[int]) -> dict[int, list[Council]]:
    """The partner councils of today of several partnerships, each in its fixed order. One query."""
    found: dict[int, list[Council]] = {key: [] for key in partnerships}
    members = Membership.objects.filter(partnership__in=found, status=MemberStatus.ACTIVE)
    for member in members.select_related("council").order_by("order_index", "council__name"):
        found[member.partnership_id].append(member.council)
    return found


def entering_councils(programme: Programme) -> list[Council]:
    """Councils that are or were partners, in the fixed order: what they entered stays. One query."""
    return partnership_councils(programme.partnership_id)


def partnership_councils(partnership_id: int) -> list[Council]:
    """Councils that are or were partners of a partnership, in its fixed order. One query."""
    return list(
        Council.objects.filter(
            memberships__partnership=partnership_id,
            memberships__status__in=(MemberStatus.ACTIVE, MemberStatus.LEFT),
        ).order_by("memberships__order_index", "name")
    )


def creatable_partnerships(user: User) -> QuerySet[Partnership]:
    """Partnerships in which `user` may start a programme, by name: all for an administrator."""
    held = RoleHeld.objects.held_by(user).current(today())
    if held.filter(role=RoleName.ADMINISTRATOR).exists():
        return Partnership.objects.order_by("name")
    managed = held.filter(role=RoleName.PROGRAMME_MANAGER, partnership__isnull=False)
    return Partnership.objects.filter(pk__in=managed.values("partnership")).order_by("name")


def members_of(partnership: Partnership) -> list[Member]:
    """Every council that is, was or might have been a partner, in the fixed order. One query."""
    memberships = partnership.memberships.select_related("council", "source").order_by(
        "order_index", "council__name"
    )
    return [Member(row, row.council, row.get_date("joined"), row.get_date("left")) for row in memberships]
