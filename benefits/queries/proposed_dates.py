"""Which milestones the plans that are proposed name: asked by the programme floor before one is cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from benefits.enums import OPEN_PROPOSALS, ProposalState
from benefits.models import PlanProposal
from programme.models import Programme
from programme.queries.planning.plans import ProposedPlan


def proposed_dates(programme: Programme) -> Sequence[ProposedPlan]:
    """The plans proposed and not settled yet, with the last day of each milestone. Two queries."""
    rows = PlanProposal.objects.filter(programme=programme, state__in=OPEN_PROPOSALS)
    return [
        ProposedPlan(
            row.number,
            row.state == ProposalState.SUBMITTED,
            {one.milestone_id: one.date_last_on for one in row.dates.all() if one.date_last_on},
        )
        for row in rows.prefetch_related("dates")
    ]
