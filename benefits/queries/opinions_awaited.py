"""Which proposed plans wait for a section 151 officer to say whether the council is in or out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from benefits.enums import ProposalState
from benefits.models import PlanAmount, PlanOpinion, PlanProposal, ProposalAmount
from benefits.policies import proposers
from benefits.queries.plan_changes import LineYear, councils_changed, sums_by_place
from programme.models import Council


@dataclass(frozen=True, slots=True)
class OpinionAwaited:
    """A submitted plan, and a council that it affects and that has not said what it thinks of it."""

    proposal: PlanProposal
    council: Council


def opinions_awaited(signed: Mapping[int, Collection[int]], *, user_id: int) -> list[OpinionAwaited]:
    """The answers that a person is asked for, in the order of programmes and councils.

    `signed` holds by programme the councils whose section 151 officer the person is. Nobody answers a plan
    that they proposed (row 35). Five queries, however many programmes; none for who signs nowhere.
    """
    programmes = [programme for programme, councils in signed.items() if councils]
    if not programmes:
        return []
    submitted = PlanProposal.objects.filter(programme__in=programmes, state=ProposalState.SUBMITTED)
    asked = [one for one in submitted.order_by("programme", "number") if user_id not in proposers(one)]
    given = set(PlanOpinion.objects.filter(proposal__in=asked).values_list("proposal", "council"))
    changed = _changed(asked)
    councils = Council.objects.order_by("short_name").in_bulk(set().union(*signed.values()))
    return [
        OpinionAwaited(proposal, council)
        for proposal in asked
        for key, council in councils.items()
        if key in signed[proposal.programme_id]
        and (not changed[proposal.pk] or key in changed[proposal.pk])
        and (proposal.pk, key) not in given
    ]


def _changed(proposals: Collection[PlanProposal]) -> dict[int, set[int]]:
    """Councils whose amounts each plan changes, by its key; none where only dates move."""
    after = _by_plan(ProposalAmount.objects.filter(proposal__in=proposals).values_list("proposal", *_PLACE))
    before = _by_plan(
        PlanAmount.objects.filter(plan_version__in=[one.based_on_id for one in proposals]).values_list(
            "plan_version", *_PLACE
        )
    )
    return {
        one.pk: councils_changed(before.get(one.based_on_id or 0, {}), after.get(one.pk, {}))
        for one in proposals
    }


_PLACE = ("line", "council", "fy", "amount_pence")


def _by_plan(rows: Iterable[tuple[int, int, int, int, int]]) -> dict[int, dict[LineYear, int]]:
    found: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    for plan, line, council, fy, pence in rows:
        found[plan].append((line, council, fy, pence))
    return {plan: sums_by_place(own) for plan, own in found.items()}
