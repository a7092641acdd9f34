"""Which decisions a proposed plan waits for: asked of the floor above, which holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benefits.models import PlanProposal
from core.errors import Refusal

NO_DECISION = "This plan takes effect when a decision of every council does. No decision is linked to it yet"


@dataclass(frozen=True, slots=True)
class CouncilAnswer:
    """Where one council that must approve stands on the decision: a word, and whether it agrees."""

    council: str
    word: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class ProposalDecision:
    """The decision that councils take on a proposed plan, and what it still waits for in a sentence.

    `is_live` is false once it can no longer take effect, or has.
    """

    ref: str
    title: str
    url: str
    state: str
    waits: str
    is_live: bool
    councils: tuple[CouncilAnswer, ...] = ()


DecisionFinder = Callable[[Sequence[int]], Mapping[int, Sequence[ProposalDecision]]]
_finders: list[DecisionFinder] = []


def register_proposal_decisions(finder: DecisionFinder) -> None:
    """Let a higher floor say which decisions are about proposed plans.

    The finder takes primary keys of proposals and gives their decisions by key, the latest last, in a fixed
    number of queries. It is called for people who may read the programme.
    """
    if finder not in _finders:
        _finders.append(finder)


def decisions_of_proposals(proposals: Iterable[PlanProposal]) -> dict[int, list[ProposalDecision]]:
    """Decisions on each proposed plan, by its primary key."""
    keys = sorted({proposal.pk for proposal in proposals})
    found: dict[int, list[ProposalDecision]] = {key: [] for key in keys}
    if keys:
        for finder in _finders:
            for key, decisions in finder(keys).items():
                found[key].extend(decisions)
    return found


def what_it_waits_for(decisions: Sequence[ProposalDecision]) -> str:
    """When a submitted plan takes effect and who has not decided, in the words of row 36."""
    live = [decision for decision in decisions if decision.is_live]
    if not live:
        return NO_DECISION
    said = f"This plan takes effect when decision {live[-1].ref} does"
    return f"{said}. {live[-1].waits}" if live[-1].waits else said


def check_no_live_decision(proposal: PlanProposal) -> None:
    """Refuse to take back a plan that councils are asked to approve."""
    live = [one for one in decisions_of_proposals([proposal])[proposal.pk] if one.is_live]
    if live:
        raise Refusal(f"Decision {live[-1].ref} asks the councils to approve this plan. Withdraw it first")
