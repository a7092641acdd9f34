"""Which decisions are about proposed plans, and what they still wait for (row 36)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benefits.queries.proposal_decisions import CouncilAnswer, ProposalDecision
from core.clock import today
from core.rules.words import listed
from governance.enums import DecisionState
from governance.models import Decision
from governance.queries.decisions import decision_rows
from governance.rules.start import Start
from governance.rules.wording import possessive

_SETTLED = (
    DecisionState.EFFECTIVE,
    DecisionState.IMPLEMENTED,
    DecisionState.SUPERSEDED,
    DecisionState.WITHDRAWN,
    DecisionState.LAPSED,
)


def decisions_of_proposals(proposals: Sequence[int]) -> Mapping[int, Sequence[ProposalDecision]]:
    """Decisions on these proposed plans, by the proposal's key, the latest last. Eight queries at most."""
    found: dict[int, list[ProposalDecision]] = {key: [] for key in proposals}
    decisions = Decision.objects.filter(plan_proposal__in=proposals).order_by("order_index", "pk")
    for row in decision_rows(decisions, as_of=today()):
        decision = row.decision
        if decision.plan_proposal_id is not None:
            found[decision.plan_proposal_id].append(
                ProposalDecision(
                    ref=decision.ref,
                    title=decision.title,
                    url=decision.get_absolute_url(),
                    state=str(decision.get_state_display()),
                    waits=waits_in_words(row.start),
                    is_live=decision.state not in _SETTLED,
                    councils=tuple(
                        CouncilAnswer(one.council, str(one.word), one.agrees) for one in row.start.required
                    ),
                )
            )
    return found


def waits_in_words(start: Start) -> str:
    """What a decision still waits for, in a sentence without its full stop; empty where it is time alone."""
    required = start.required
    if not required:
        return "No council has been asked yet"
    undecided = [one.council for one in required if not one.agrees and not one.differs]
    if undecided:
        return f"{listed(undecided)} {'has' if len(undecided) == 1 else 'have'} not decided yet"
    if any(one.differs for one in required):
        return "The councils have not approved the same text"
    called_in = [one.council for one in required if one.is_called_in]
    if called_in:
        return f"It has been called in by {listed(called_in)}, and scrutiny has still to answer"
    waiting = [possessive(one.council) for one in required if one.is_waiting]
    call_in = "call-in has" if len(waiting) == 1 else "call-ins have"
    return f"{listed(waiting)} {call_in} not closed yet" if waiting else ""
