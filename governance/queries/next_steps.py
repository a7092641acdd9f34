"""What one person may do about a decision now: the steps, each with its address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from governance.council_steps import COUNCIL_STEPS
from governance.decision_steps import DECISION_STEPS
from governance.enums import DecisionState
from governance.models import CouncilDecision, Decision
from governance.policies import Powers, can_draft
from governance.rules.machine import IS_TERMINAL
from governance.rules.position import Position

_DRAFTS = (DecisionState.DRAFT, DecisionState.NOTICE_OPEN)


# What a council's own officers are waited for, in the order in which it comes.
_DUE = ("record", "publish")


@dataclass(frozen=True, slots=True)
class StepLink:
    """One step that a person may take."""

    label: str
    url: str


def steps_of_decision(decision: Decision, powers: Powers) -> list[StepLink]:
    """Steps of the decision as a whole. No query."""
    links = []
    if decision.state in _DRAFTS and can_draft(powers):
        links.append(StepLink("Change the draft", reverse("governance:decision_update", args=[decision.pk])))
    links += [
        StepLink(step.label, reverse("governance:decision_step", args=[decision.pk, slug]))
        for slug, step in DECISION_STEPS.items()
        if step.is_open(decision) and step.can(powers)
    ]
    return links


def steps_of_council(asked: CouncilDecision, position: Position, powers: Powers) -> list[StepLink]:
    """Steps of one council's decision; none of one that has ended, no call-in where none applies."""
    can_be_called_in = position.call_in is not None
    return _links(asked, powers, [slug for slug in COUNCIL_STEPS if slug != "call-in" or can_be_called_in])


def due_step_of_council(asked: CouncilDecision, powers: Powers) -> StepLink | None:
    """What the person is waited for in one council's place: its record, or its publication."""
    return next(iter(_links(asked, powers, _DUE)), None)


def _links(asked: CouncilDecision, powers: Powers, slugs: Iterable[str]) -> list[StepLink]:
    if asked.decision.state in IS_TERMINAL:
        return []
    steps = [(slug, COUNCIL_STEPS[slug]) for slug in slugs]
    return [
        StepLink(step.label, reverse("governance:decision_council", args=[asked.pk, slug]))
        for slug, step in steps
        if step.is_open(asked) and step.can(powers, asked)
    ]
