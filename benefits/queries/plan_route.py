"""The route of a proposed plan to its decision, with the address of each step."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from benefits.enums import ProposalState
from benefits.models import PlanProposal
from benefits.queries.plan_changes import PlanChanges
from benefits.queries.plans import waits_in_words
from benefits.rules.plan_route import CouncilStanding, RouteFacts, RoutePlace, RouteStep, route
from core.rules.calendar import format_date

_ENDED = (ProposalState.WITHDRAWN, ProposalState.REFUSED)


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A step of the route and where it is taken; no address where nothing is to be done."""

    step: RouteStep
    url: str


def route_rows(proposal: PlanProposal, changes: PlanChanges) -> tuple[RouteRow, ...]:
    """Every step of the route; none of a proposal that was withdrawn or refused. No queries."""
    if proposal.state in _ENDED:
        return ()
    version = proposal.plan_version
    decision = changes.decisions[-1] if changes.decisions else None
    facts = RouteFacts(
        number=proposal.number,
        reason_code=proposal.reason_code,
        narrative=proposal.narrative,
        has_changes=bool(changes.changes or changes.moved),
        is_submitted=proposal.submitted_at is not None,
        in_effect_from=format_date(version.effective_on) if version else "",
        decision=decision.ref if decision else proposal.decision_ref,
        waits=waits_in_words(proposal, changes.decisions).rstrip("."),
        councils=[
            CouncilStanding(one.council, one.word, one.agrees)
            for one in (decision.councils if decision else ())
        ],
        planned=[str(answer.council) for answer in changes.answers if answer.is_affected],
    )
    urls = _urls(proposal, decision.url if decision else "")
    return tuple(RouteRow(step, urls[step.place]) for step in route(facts))


def _urls(proposal: PlanProposal, decision_url: str) -> dict[RoutePlace, str]:
    is_draft = proposal.state == ProposalState.DRAFT
    draft = reverse("governance:decision_create", args=[proposal.programme.key])
    return {
        RoutePlace.REASONS: reverse("benefits:plan_proposal_update", args=[proposal.pk]) if is_draft else "",
        RoutePlace.AMOUNTS: reverse("benefits:plan_proposal_amounts", args=[proposal.pk]) if is_draft else "",
        RoutePlace.PROPOSAL: "",
        RoutePlace.NEW_DECISION: "" if is_draft else f"{draft}?plan_proposal={proposal.pk}",
        RoutePlace.DECISION: decision_url,
    }
