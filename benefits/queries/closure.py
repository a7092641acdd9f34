"""The handover list of a programme: its open benefits, and what each still needs before it closes."""

from __future__ import annotations

from dataclasses import dataclass

from benefits.models import Benefit, BenefitHandover
from benefits.rules.closure import OpenBenefit, missing
from core.rules.words import listed
from programme.models import Programme
from programme.queries.people import possible_owners


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One open benefit, the offer that waits for an answer, and what it still needs."""

    benefit: Benefit
    facts: OpenBenefit
    offered: BenefitHandover | None
    needs: tuple[str, ...]

    @property
    def needs_text(self) -> str:
        """An owner who has an active account and a review date after 31 March 2032; empty for nothing."""
        return listed(self.needs)


def handover_list(programme: Programme) -> list[HandoverRow]:
    """Every open benefit of a programme in order. Three queries."""
    benefits = programme.benefits.open().select_related("owner").order_by("order_index", "pk")
    owners = set(possible_owners(programme).values_list("pk", flat=True))
    offers = BenefitHandover.objects.open().filter(benefit__programme=programme).select_related("to_owner")
    offered = {offer.benefit_id: offer for offer in offers}
    return [_row(benefit, owners, offered.get(benefit.pk), programme) for benefit in benefits]


def _row(
    benefit: Benefit, owners: set[int], offered: BenefitHandover | None, programme: Programme
) -> HandoverRow:
    facts = OpenBenefit(benefit.ref, benefit.title, benefit.owner_id in owners, benefit.review_on)
    return HandoverRow(benefit, facts, offered, tuple(missing(facts, programme.closes_on)))
