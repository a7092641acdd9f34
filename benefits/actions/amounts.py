"""What people hand to the ledger actions, and the partners it is checked against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benefits.models import Line
from benefits.rules.ledger import Entry, check_partner
from core.enums import Qualifier
from core.errors import Refusal
from core.models import Source
from core.rules.dates import ImpreciseDate
from programme.enums import MemberStatus
from programme.models import Council, Membership, Milestone, Programme
from programme.rules.membership import Partner

_PARTNERS = (MemberStatus.ACTIVE, MemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a line for a council: of month `period` (1 is April), or of the whole year when None."""

    line: Line
    council: Council
    fy: int
    period: int | None
    pence: int
    explanation: str = ""
    source: Source | None = None
    qualifier: str = Qualifier.EXACT.value

    @property
    def entry(self) -> Entry:
        """The amount as the rules read it."""
        return Entry(
            self.line.ref, self.council.short_name, self.fy, self.period, self.pence, self.explanation
        )


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """The date of one milestone in a plan version."""

    milestone: Milestone
    date: ImpreciseDate
    source: Source | None = None
    qualifier: str = Qualifier.EXACT.value


def check_belongs(programme: Programme, amounts: Iterable[Amount]) -> None:
    """Refuse a line of another programme, and a council that is no partner at that time (row 76).

    One query for the partners.
    """
    partners = partners_of(programme)
    for amount in amounts:
        if amount.line.programme_id != programme.pk:
            raise Refusal(f"{amount.line.ref} is not a line of this programme", "line")
        check_partner(amount.entry, partners.get(amount.council.pk))


def partners_of(programme: Programme) -> dict[int, Partner]:
    """The councils that are or were partners, by key. One query."""
    memberships = Membership.objects.filter(
        partnership=programme.partnership_id, status__in=_PARTNERS
    ).select_related("council")
    return {
        membership.council_id: Partner(
            membership.council.short_name, membership.joined_first_on, membership.left_last_on
        )
        for membership in memberships
    }
