"""The councils that a key can name: partners, former partners, and those that take over from one."""

from __future__ import annotations

from dataclasses import dataclass

from programme.models import Council, CouncilSuccessor, Membership, Programme
from programme.queries.partners import partner_councils
from programme.rules.membership import Abolition, Partner
from services.models import ApportionmentKey, KeyWeight
from services.queries.case_partners import case_partners

OUTSIDE = 2**15  # after every place in a partnership's order


@dataclass(frozen=True, slots=True)
class KeyCouncil:
    """A council that a key can name, and when; `is_needed` where a key must name it, if only with 0."""

    council: Council
    partner: Partner
    abolition: Abolition | None
    is_needed: bool


def key_councils(programme: Programme) -> list[KeyCouncil]:
    """Partners and former partners in the fixed order, then successors of one by name. Four queries.

    A successor that is not a partner yet can be named from vesting day on.
    """
    known = case_partners(programme).by_id
    needed = {council.pk for council in partner_councils(programme.partnership_id)}
    members = [
        KeyCouncil(one.council, one.partner, one.abolition, one.council.pk in needed)
        for one in known.values()
    ]
    successors = CouncilSuccessor.objects.filter(council__in=known).exclude(successor__in=known)
    outside: dict[int, KeyCouncil] = {}
    for row in successors.select_related("successor").order_by("successor__name", "from_on"):
        partner = Partner(str(row.successor), joined_on=row.from_on)
        outside.setdefault(row.successor_id, KeyCouncil(row.successor, partner, None, is_needed=False))
    return members + list(outside.values())


def weights_in_order(key: ApportionmentKey) -> list[KeyWeight]:
    """The weights of a key in the order of the partnership, others after them by name. Two queries."""
    memberships = Membership.objects.filter(partnership=key.pool.programme.partnership_id)
    order = dict(memberships.values_list("council", "order_index"))
    weights = key.weights.select_related("council")
    return sorted(weights, key=lambda row: (order.get(row.council_id, OUTSIDE), row.council.name))
