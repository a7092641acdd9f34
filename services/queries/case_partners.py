"""Who may bear an amount of a business case, and when (rows 76 and 77)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.rules.calendar import fy_end, fy_start
from programme.enums import MemberStatus
from programme.models import Council, CouncilSuccessor, Membership, Programme
from programme.rules.membership import Abolition, Partner, check_partner_period, check_successor_chosen


@dataclass(frozen=True, slots=True)
class CasePartner:
    """A council that is or was a partner, the days it is one, and its abolition where that is known."""

    council: Council
    partner: Partner
    abolition: Abolition | None


@dataclass(frozen=True, slots=True)
class CasePartners:
    """Every council that may bear an amount, in the fixed order of the partnership, by its id."""

    by_id: Mapping[int, CasePartner]

    @property
    def councils(self) -> list[Council]:
        """The councils, in their order."""
        return [one.council for one in self.by_id.values()]

    def named(self, text: str) -> Council | None:
        """The council of that key or name, however it is capitalised; None where there is none."""
        wanted = text.strip().casefold()
        return next(
            (
                council
                for council in self.councils
                if wanted in {council.key.casefold(), str(council).casefold(), council.name.casefold()}
            ),
            None,
        )

    def check_year(self, council_id: int, fy: int, *, reason: str, field: str) -> None:
        """Refuse a year in which the council is no partner (row 76) or is abolished, unexplained (row 77)."""
        known = self.by_id.get(council_id)
        name = known.partner.name if known else "That council"
        partner = known.partner if known else None
        check_partner_period(name, partner, fy_start(fy), fy_end(fy), field=field)
        if known:
            check_successor_chosen(known.abolition, fy_end(fy), reason=reason, field=field)


def case_partners(programme: Programme) -> CasePartners:
    """The councils that are or were partners of the programme. Two queries."""
    memberships = Membership.objects.filter(
        partnership=programme.partnership_id, status__in=(MemberStatus.ACTIVE, MemberStatus.LEFT)
    )
    rows = list(memberships.select_related("council").order_by("order_index", "council__name"))
    weights: dict[int, list[CouncilSuccessor]] = {}
    for successor in CouncilSuccessor.objects.filter(council__in=[row.council_id for row in rows]):
        weights.setdefault(successor.council_id, []).append(successor)
    return CasePartners({row.council_id: _partner(row, weights.get(row.council_id, [])) for row in rows})


def _partner(row: Membership, successors: list[CouncilSuccessor]) -> CasePartner:
    council = row.council
    vesting_on = min((one.from_on for one in successors), default=council.abolished_on)
    abolition = (
        Abolition(str(council), vesting_on, tuple(one.weight for one in successors)) if vesting_on else None
    )
    return CasePartner(council, Partner(str(council), row.joined_first_on, row.left_last_on), abolition)
